/** What is in the files, and what would be counted? Shown before anything is. */
import type { SurveyAnswer } from '../../../shared/api/imports.ts';
import { DataTable } from '../../components/data-table.tsx';
import { formatInstant, formatRange } from '../../formatting/dates.ts';
import { say, sayIfKnown, sayList } from '../../formatting/say.ts';
import { ChangeCounts } from './changes.tsx';
import { Counts } from './counts.tsx';

type FileFound = SurveyAnswer['files'][number];
type TableFound = FileFound['tables'][number];

const kindOf = (kind: string): string => sayIfKnown(`import.kind.${kind}`) ?? kind;

function FirstRows({ name, table }: { name: string; table: TableFound }) {
  return (
    <div className="overflow-x-auto">
      <DataTable
        caption={say('import.firstRows', { name })}
        rows={table.first}
        keyOf={(cells) => cells.join('|')}
        columns={table.columns.map((column, i) => ({
          title: sayIfKnown(`import.column.${column}`) ?? column,
          cell: (cells: string[]) => <span className="text-xs whitespace-nowrap">{cells[i]}</span>,
        }))}
      />
    </div>
  );
}

function FoundFile({ file, zone }: { file: FileFound; zone: string }) {
  return (
    <li className="grid grid-cols-1 gap-2 border-b border-line py-3">
      <p className="text-sm break-all">
        <span className="font-medium">{file.name}</span>
        <span className="block text-xs text-soft">
          {say('import.exported', { instant: formatInstant(file.exportedAt, zone) })}
        </span>
      </p>
      {file.tables.map((table) => (
        <details key={table.sheet + table.kind} className="text-sm">
          <summary className="cursor-pointer">
            {say('import.table', { kind: kindOf(table.kind), rows: table.rows, ids: table.ids })}
          </summary>
          {table.dates && (
            <p lang="en" className="my-1 text-xs text-soft">
              {table.dates}
            </p>
          )}
          <FirstRows name={file.name} table={table} />
        </details>
      ))}
    </li>
  );
}

export function Recognised({ survey }: { survey: SurveyAnswer }) {
  const { market, currency, zone, days, files, entities } = survey;
  const counted = entities.map(({ entity, count }) =>
    say('import.countOf', { what: sayIfKnown(`import.entity.${entity}`) ?? entity, count }),
  );
  return (
    <div className="grid grid-cols-1 gap-4">
      <p className="text-sm">
        {market ? say('import.shop', { market, currency, zone }) : say('import.ownShop', { currency, zone })}
        {days && <span className="block">{say('import.days', { days: formatRange(days.from, days.to) })}</span>}
      </p>
      <ul>
        {files.map((file) => (
          <FoundFile key={`${file.name} ${file.exportedAt}`} file={file} zone={zone} />
        ))}
      </ul>
      <p className="text-sm">
        <span className="font-medium">{say('import.wouldCount')}</span> {sayList(counted)}
        <span className="block text-xs text-soft">{say('import.unchanged')}</span>
      </p>
      <ChangeCounts changes={survey.changes} />
      <Counts title={say('import.wrong')} counts={survey.wrong} isBad />
      <Counts title={say('import.skipped')} counts={survey.skipped} />
      <Counts title={say('import.notes')} counts={survey.notes} />
    </div>
  );
}
