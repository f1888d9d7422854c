/** What events lie in your own CSV files? One file per entity with documented columns; whatever is wrong is named by file, line and column. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CloudEvent } from '../../events/parse.ts';
import type { Encoding } from '../files/decode-text.ts';
import { type ImportOptions, type ImportReport, tally } from '../files/import-report.ts';
import { type CsvOptions, findCsv, isFolder, type Row, readCsv, titleOf } from '../files/read-csv.ts';
import { type CsvTable, csvTables } from './columns.ts';
import { type CsvCreator, entityOf, type Problem, withRow } from './entity.ts';
import { recogniseExport } from './exports.ts';
import { type Evidence, evidenceOf, type Mark, saidMark } from './number.ts';
import { added, evidenceIn, exportedIn, type FromFile } from './refused.ts';
import { keyOf, type Survey, surveyCsv } from './survey.ts';

export interface CsvImport extends ImportOptions {
  encoding?: Encoding | undefined;
  /** Where decimals begin in every amount, for files that do not show it. */
  decimalMark?: Mark | undefined;
  /** When the files were exported (ms); the time at which each was changed last where absent. */
  exportedAt?: number | undefined;
  /** Told of every entity that is left out, with its rows. */
  onRefused?: (left: FromFile, problems: Problem[]) => void;
  /** Told of every event with the rows that it is made of. */
  onEvent?: (event: CloudEvent, from: FromFile) => void;
}

interface Source {
  table: CsvTable;
  path: string;
  bytes: number;
  exportedAt: number;
}

const nameOf = (path: string): string => basename(path).replace(/\.csv(\.gz)?$/, '');
const known = csvTables.map(({ file }) => `${file}.csv`).join(', ');
const optionsOf = ({ columns }: CsvTable, { encoding }: CsvImport): CsvOptions => ({
  columns: columns.filter((column) => column.isRequired).map(({ name }) => name),
  optional: [...columns.filter((column) => !column.isRequired).map(({ name }) => name), ...added],
  encoding,
  recognise: recogniseExport,
});

async function sourcesOf(path: string, { report, exportedAt }: CsvImport): Promise<Source[]> {
  if (/\.(xlsx?|ods|numbers)$/i.test(path)) throw new Error(`${path} is a workbook: open it, and save each sheet as "CSV UTF-8"`);
  const isWhole = await isFolder(path);
  const pathOf = ({ file }: CsvTable) => (isWhole ? findCsv(path, [file]) : nameOf(path) === file ? path : undefined);
  const sources: Source[] = [];
  for (const table of csvTables) {
    const found = pathOf(table);
    if (!found) continue;
    if (isWhole && existsSync(join(path, `${table.file}.csv`)) && existsSync(join(path, `${table.file}.csv.gz`)))
      throw new Error(`${path} holds ${table.file}.csv and ${table.file}.csv.gz: take the one away that is not to be read`);
    const { size, mtimeMs } = await stat(found);
    // A clock that runs ahead must not make rows newer than all that comes.
    sources.push({ table, path: found, bytes: size, exportedAt: exportedAt ?? Math.min(Math.floor(mtimeMs), Date.now()) });
  }
  const files = isWhole ? await readdir(path) : [basename(path)];
  const others = files.filter(
    (name) => /\.(csv(\.gz)?|xlsx?)$/i.test(name) && !csvTables.some(({ file }) => file === nameOf(name)),
  );
  if (sources.length === 0) throw new Error(await refusalOf(path, isWhole, others));
  for (const name of others)
    if (/\.xlsx?$/i.test(name)) tally(report.notes, 'file not read: a workbook; save each sheet as "CSV UTF-8"', name);
    else tally(report.notes, `file not read: its name is none of ${known}`, name);
  return sources;
}

/** Why nothing in a folder can be read; a file that another system wrote is recognised by its titles. */
async function refusalOf(path: string, isWhole: boolean, others: string[]): Promise<string> {
  for (const name of others) {
    const file = isWhole ? `${path}/${name}` : path;
    try {
      await readCsv(file, { columns: [], recognise: recogniseExport }).next();
    } catch (error) {
      return (error as Error).message;
    }
  }
  return `${path} is none of ${known} (.gz may follow), nor a folder that holds one: rename the file after what it holds`;
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

/** Surveys every file before the first event is made: one that cannot be read is named before anything is sent. */
async function surveyAll(sources: Source[], options: CsvImport) {
  const surveys = new Map<CsvTable, Survey>();
  const currencies = new Map<string, string>();
  const problems: string[] = [];
  for (const { table, path } of sources) {
    try {
      if (table.entity === 'creator')
        for await (const { cells } of readCsv(path, optionsOf(table, options)))
          currencies.set(cells.creator_id?.trim() ?? '', cells.currency?.trim() ?? '');
      surveys.set(table, await surveyCsv(path, table, optionsOf(table, options), (creator) => currencies.get(creator)));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length) throw new Error(`${problems.join('\n')}\nNothing was sent.`);
  return { surveys, currencies };
}

/**
 * Events of a folder (or of one file) with the documented columns: creators first, then products, orders and their parts.
 * Entities with a wrong cell are left out and counted under `report.wrong`. Throws, before the first event, where a file cannot be read
 * or lacks a column.
 */
export async function* csvEvents(path: string, options: CsvImport): AsyncGenerator<CloudEvent> {
  const { report, decimalMark, onRefused, onEvent } = options;
  const creators = new Map<string, CsvCreator>();
  const sources = await sourcesOf(path, options);
  const { surveys, currencies } = await surveyAll(sources, options);
  const currencyOf = ({ cells }: Row): string => cells.currency?.trim() || (currencies.get(cells.creator_id?.trim() ?? '') ?? '');
  report.of = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const { table, path: file, bytes, exportedAt: ofFile } of sources) {
    const survey = surveys.get(table) as Survey;
    for (const name of survey.header)
      if (!table.columns.some((column) => column.name === name) && !added.includes(titleOf(name)))
        tally(report.notes, 'column not read: its name is none of those documented', `${basename(file)}: ${name}`);
    /** Of a currency or `rate`: as the one who imports says, or rows that came back (of amounts alone), or else the file. */
    const decimalsIn = (group: Row[], of: string): Evidence => {
      if (decimalMark) return saidMark(decimalMark);
      return (of === 'rate' ? undefined : evidenceIn(group)) ?? evidenceOf(survey.marks.get(of));
    };
    const rows = readCsv(file, {
      ...optionsOf(table, options),
      onBytes: (read) => Object.assign(report, { done: before + read }),
    });
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
      const note = (what: string, column: string, text: string) =>
        tally(report.notes, what, `${first.where}, column ${column}: ${text}`);
      const decimals = (of: string) => decimalsIn(group, of);
      const { exportedAt = ofFile, problems } = exportOf(group);
      const from: FromFile = { table, rows: group, exportedAt, decimals: decimals(currencyOf(first)) };
      const made = problems
        ? { problems }
        : (tornProblem(table, group, survey) ?? entityOf(table, group, { creators, exportedAt, decimals, note }));
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
