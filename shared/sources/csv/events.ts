/** What events lie in your own files? One table per entity with documented columns; whatever is wrong is named by file, line and column. */
import { basename } from 'node:path';
import type { CloudEvent } from '../../events/parse.ts';
import type { Encoding } from '../files/decode-text.ts';
import { type ImportOptions, type ImportReport, tally } from '../files/import-report.ts';
import { type Row, titleOf } from '../files/read-csv.ts';
import { type CsvTable, ofCreator } from './columns.ts';
import { type CsvCreator, entityOf, type Problem, withRow } from './entity.ts';
import { recogniseExport } from './exports.ts';
import { type Evidence, evidenceOf, type Mark, saidMark } from './number.ts';
import { readTable, type TableOptions } from './read-table.ts';
import { neededOf } from './recognise.ts';
import { added, asWritten, evidenceIn, exportedIn, type FromFile } from './refused.ts';
import { type Source, sourcesOf } from './sources.ts';
import { keyOf, type Survey, surveyCsv } from './survey.ts';
import { isExampleOf } from './templates.ts';

export interface CsvImport extends ImportOptions {
  encoding?: Encoding | undefined;
  /** Where decimals begin in every amount, for files that do not show it. */
  decimalMark?: Mark | undefined;
  /** When the files were exported (ms); the time at which each was changed last where absent. */
  exportedAt?: number | undefined;
  /** Whose rows are that do not say it; those of others are refused then. */
  creatorId?: string | undefined;
  /** Creators that the service knows: their zone and currency hold where no file says it. */
  known?: ReadonlyMap<string, CsvCreator> | undefined;
  /** Why the service would not take an event; undefined where it would. */
  refusalOf?: ((event: CloudEvent) => string | undefined) | undefined;
  /** Told of every entity that is left out, with its rows. */
  onRefused?: (left: FromFile, problems: Problem[]) => void;
  /** Told of every event with the rows that it is made of. */
  onEvent?: (event: CloudEvent, from: FromFile) => void;
}

const optionsOf = ({ table, sheet }: Source, { encoding, creatorId }: CsvImport): TableOptions => {
  const needed = neededOf(table);
  const columns = creatorId === undefined ? [ofCreator, ...needed] : needed;
  return {
    columns,
    optional: [...table.columns.map(({ name }) => name).filter((name) => !columns.includes(name)), ...added],
    encoding,
    sheet,
    recognise: recogniseExport,
  };
};

/** Rows of a source, each with its creator where that is known, and as it was written before it came back. */
async function* rowsIn(source: Source, options: CsvImport, more: Partial<TableOptions> = {}): AsyncGenerator<Row> {
  const { creatorId } = options;
  for await (const row of readTable(source.path, { ...optionsOf(source, options), ...more })) {
    const cells = asWritten(row.cells);
    if (creatorId !== undefined && !cells[ofCreator]?.trim()) cells[ofCreator] = creatorId;
    yield { ...row, cells };
  }
}

/** Rows of one entity: as they stand together in the file, and where they do not, when the last of them has come. */
async function* groupRows(
  rows: AsyncIterable<Row>,
  table: CsvTable,
  { apart }: Survey,
  report: ImportReport,
): AsyncGenerator<Row[]> {
  const hasLines = table.columns.some((column) => column.line);
  const waiting = new Map<string, Row[]>();
  let open: Row[] = [];
  let openKey: string | undefined;
  for await (const row of rows) {
    report.rows++;
    // Whose it is cannot be known.
    if (row.problem) {
      yield [row];
      continue;
    }
    const key = keyOf(table, row);
    const count = apart.get(key);
    if (count !== undefined) {
      const group = [...(waiting.get(key) ?? []), row];
      waiting.set(key, group);
      if (group.length < count) continue;
      waiting.delete(key);
      yield group;
      continue;
    }
    if (hasLines && key === openKey) {
      open.push(row);
      continue;
    }
    if (open.length > 0) yield open;
    open = [row];
    openKey = key;
  }
  if (open.length > 0) yield open;
}

/** Why an entity is left out: one of the rows that cannot be read may be a row of it, and it would be less than it was without that row. */
function tornProblem({ entity, key }: CsvTable, [first]: Row[], { torn }: Survey): { problems: Problem[] } | undefined {
  const column = String(key.at(-1));
  const where = first && !first.problem ? torn.get(first.cells[column]?.trim() ?? '') : undefined;
  if (!first || !where) return undefined;
  const message = `may have one row more, ${where}, which cannot be read; mend that one, and import both: the ${entity} is taken whole or not at all`;
  return { problems: [{ where: first.where, column, message }] };
}

/** How new rows that came back say they are, or what is wrong with that; nothing where they say nothing. */
function exportOf(rows: Row[]): { exportedAt?: number; problems?: Problem[] } {
  try {
    const exportedAt = exportedIn(rows);
    return exportedAt === undefined ? {} : { exportedAt };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ where: rows[0]?.where ?? '', column: 'exported_at', message: error.message }] };
  }
}

/** Whose rows they are is known, and they say another one: nothing of one creator gets to another. */
function strangerIn([first]: Row[], { creatorId }: CsvImport): { problems: Problem[] } | undefined {
  const said = first?.cells[ofCreator]?.trim();
  if (!first || first.problem || creatorId === undefined || !said || said === creatorId) return undefined;
  const message = `${said} is another creator than ${creatorId}, who imports this; import it for its own, or leave the cell empty`;
  return { problems: [{ where: first.where, column: ofCreator, message }] };
}

/** Surveys every file before the first event is made: one that cannot be read is named before anything is sent. */
async function surveyAll(sources: Source[], options: CsvImport) {
  const surveys = new Map<Source, Survey>();
  const currencies = new Map([...(options.known ?? [])].map(([creator, { currency }]) => [creator, currency]));
  const problems: string[] = [];
  for (const source of sources) {
    try {
      if (source.table.entity === 'creator')
        for await (const { cells } of rowsIn(source, options))
          currencies.set(cells.creator_id?.trim() ?? '', cells.currency?.trim() ?? '');
      const rows = (onHeader: (header: string[]) => void) => rowsIn(source, options, { onHeader });
      surveys.set(source, await surveyCsv(source.path, rows, source.table, (creator) => currencies.get(creator)));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length) throw new Error(`${problems.join('\n')}\nNothing was sent.`);
  return { surveys, currencies };
}

/** What the service would say of a whole entity. */
function refusedOf(event: CloudEvent, [first]: Row[], { refusalOf }: CsvImport): { problems: Problem[] } | undefined {
  const message = refusalOf?.(event);
  return message === undefined ? undefined : { problems: [{ where: first?.where ?? '', column: '', message }] };
}

/** Events of a folder (or of one file) with the documented columns, as `tableEvents` makes them. */
export async function* csvEvents(path: string, options: CsvImport): AsyncGenerator<CloudEvent> {
  yield* tableEvents(await sourcesOf(path, options), options);
}

/**
 * Events of tables: creators first, then products, orders and their parts.
 * Entities with a wrong cell are left out and counted under `report.wrong`. Throws, before the first event, where a file cannot be read
 * or lacks a column.
 */
export async function* tableEvents(sources: Source[], options: CsvImport): AsyncGenerator<CloudEvent> {
  const { report, decimalMark, onRefused, onEvent } = options;
  const creators = new Map<string, CsvCreator>(options.known);
  const { surveys, currencies } = await surveyAll(sources, options);
  const currencyOf = ({ cells }: Row): string => cells.currency?.trim() || (currencies.get(cells.creator_id?.trim() ?? '') ?? '');
  report.of = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const source of sources) {
    const { table, path: file, bytes, exportedAt: ofFile } = source;
    const survey = surveys.get(source) as Survey;
    for (const name of survey.header)
      if (!table.columns.some((column) => column.name === name) && !added.includes(titleOf(name)))
        tally(report.notes, 'column not read: its name is none of those documented', `${basename(file)}: ${name}`);
    /** Of a currency or `rate`: as the one who imports says, or rows that came back (of amounts alone), or else the file. */
    const decimalsIn = (group: Row[], of: string): Evidence => {
      if (decimalMark) return saidMark(decimalMark);
      return (of === 'rate' ? undefined : evidenceIn(group)) ?? evidenceOf(survey.marks.get(of));
    };
    const rows = rowsIn(source, options, { onBytes: (read) => Object.assign(report, { done: before + read }) });
    const hasLines = table.columns.some(({ line }) => line);
    const seen = new Map<string, number>();
    // Of two rows of one entity that say no time, the later in the file is the newer, whether the other was taken or not.
    const later = (row: Row, version: number): number => {
      const place = `${keyOf(table, row)} ${version}`;
      const times = seen.get(place) ?? 0;
      seen.set(place, times + 1);
      return version + times;
    };
    for await (const group of groupRows(rows, table, survey, report)) {
      const first = group[0] as Row;
      if (isExampleOf(table, group)) {
        tally(report.skipped, 'the example of the template', first.where);
        continue;
      }
      const note = (what: string, column: string, text: string) =>
        tally(report.notes, what, `${first.where}, column ${column}: ${text}`);
      const decimals = (of: string) => decimalsIn(group, of);
      const { exportedAt = ofFile, problems } = exportOf(group);
      const from: FromFile = { table, titles: survey.header, rows: group, exportedAt, decimals: decimals(currencyOf(first)) };
      const wrong = problems ? { problems } : (strangerIn(group, options) ?? tornProblem(table, group, survey));
      const read = wrong ?? entityOf(table, group, { creators, exportedAt, decimals, note });
      const made = ('event' in read ? refusedOf(read.event, group, options) : undefined) ?? read;
      if ('problems' in made) {
        for (const { where, column, message } of made.problems)
          tally(report.wrong, `${table.file}: ${column || 'row'}`, `${where}${column ? `, column ${column}` : ''}: ${message}`);
        // A row that cannot be read may be a line of the next entity, and is as new as that one then.
        onRefused?.({ ...from, exportedAt: first.problem && hasLines ? exportedAt : later(first, exportedAt) }, made.problems);
        continue;
      }
      const { event } = made;
      const { entityversion } = event;
      event.entityversion = later(first, entityversion);
      if (table.entity === 'creator') creators.set(event.creatorid, withRow(creators.get(event.creatorid), event));
      onEvent?.(event, { ...from, exportedAt: exportedAt + event.entityversion - entityversion });
      yield event;
    }
    before += bytes;
  }
}
