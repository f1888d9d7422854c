/** Which files came in before, and what became of them? */
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { formatInstant, formatRange } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import type { ImportJobAnswer } from './use-imports.ts';

export interface HistoryProps {
  imports: ImportJobAnswer[];
  timeZone: string;
  onLook: (id: string) => void;
}

export function History({ imports, timeZone, onLook }: HistoryProps) {
  return (
    <Card title={say('import.history')}>
      {imports.length === 0 ? (
        <Empty title={say('import.noneTitle')}>{say('import.none')}</Empty>
      ) : (
        <DataTable
          caption={say('import.history')}
          rows={imports}
          keyOf={({ id }) => id}
          columns={[
            {
              title: say('import.files'),
              cell: ({ files }) => (
                <span className="text-sm break-all">
                  {files[0]?.name}
                  {files.length > 1 && (
                    <span className="block text-xs text-soft">{say('import.more', { count: files.length - 1 })}</span>
                  )}
                </span>
              ),
            },
            { title: say('import.when'), isWide: true, cell: ({ requestedAt }) => formatInstant(requestedAt, timeZone) },
            {
              title: say('import.about'),
              isWide: true,
              cell: ({ survey }) => survey?.days && formatRange(survey.days.from, survey.days.to),
            },
            {
              title: say('import.state'),
              cell: ({ status, accepted }) => (
                <span>
                  {say(`import.status.${status}`)}
                  {status === 'done' && (
                    <span className="block text-xs text-soft">{say('import.entries', { count: accepted })}</span>
                  )}
                </span>
              ),
            },
            {
              title: <span className="sr-only">{say('import.look')}</span>,
              isNumber: true,
              cell: ({ id, files }) => (
                <Button onClick={() => onLook(id)} aria-label={say('import.lookAt', { name: files[0]?.name })}>
                  {say('import.look')}
                </Button>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
