/** What events lie in your own CSV files? One file per entity with documented columns; whatever is wrong is named by file, line and column. */
import { readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CloudEvent } from '../shared/events/parse.ts';
import { type CsvTable, csvTables } from './csv-columns.ts';
import { type CsvCreator, entityOf } from './csv-entity.ts';
import { type ImportOptions, type ImportReport, tally } from './import-report.ts';
import { findCsv, isFolder, type Row, readCsv } from './read-csv.ts';

interface Source {
  table: CsvTable;
  path: string;
  bytes: number;
  /** When the file was changed last: the version of rows without any time. */
  changedAt: number;
}

const nameOf = (path: string): string => basename(path).replace(/\.csv(\.gz)?$/, '');
const known = csvTables.map(({ file }) => `${file}.csv`).join(', ');

async function sourcesOf(path: string, report: ImportReport): Promise<Source[]> {
  const isWhole = await isFolder(path);
  const pathOf = ({ file }: CsvTable) => (isWhole ? findCsv(path, [file]) : nameOf(path) === file ? path : undefined);
  const sources: Source[] = [];
  for (const table of csvTables) {
    const found = pathOf(table);
    if (!found) continue;
    const { size, mtimeMs } = await stat(found);
    sources.push({ table, path: found, bytes: size, changedAt: Math.floor(mtimeMs) });
  }
  if (sources.length === 0)
    throw new Error(
      `${path} is none of ${known} (.gz may follow), nor a folder that holds one: rename the file after what it holds`,
    );
  const others = isWhole
    ? (await readdir(path)).filter((name) => /\.csv(\.gz)?$/.test(name) && !csvTables.some(({ file }) => file === nameOf(name)))
    : [];
  for (const name of others) tally(report.notes, `file not read: its name is none of ${known}`, name);
  return sources;
}

/** Rows of one entity, as they stand together in the file. */
async function* together(rows: AsyncIterable<Row>, table: CsvTable, report: ImportReport): AsyncGenerator<Row[]> {
  const hasLines = table.columns.some((column) => column.line);
  const seen = new Map<string, string>();
  let open: Row[] = [];
  let openKey = '';
  for await (const row of rows) {
    report.rows++;
    const key = table.key.map((column) => row.cells[column]?.trim() ?? '').join('\u0000');
    if (hasLines && key === openKey) {
      open.push(row);
      continue;
    }
    if (open.length > 0) yield open;
    open = [];
    const earlier = hasLines ? seen.get(key) : undefined;
    if (earlier) {
      const column = String(table.key.at(-1));
      tally(
        report.wrong,
        `${table.file}: ${column}`,
        `${row.where}, column ${column}: belongs to ${earlier}; rows of one ${table.entity} stand together, sort the file by ${column}`,
      );
      openKey = '';
      continue;
    }
    if (hasLines) seen.set(key, row.where);
    open = [row];
    openKey = key;
  }
  if (open.length > 0) yield open;
}

/**
 * Events of a folder (or of one file) with the documented columns: creators first, then products, orders and their parts.
 * Entities with a wrong cell are left out and counted under `report.wrong`. Throws where a file or a column is missing.
 */
export async function* csvEvents(path: string, { report }: ImportOptions): AsyncGenerator<CloudEvent> {
  const creators = new Map<string, CsvCreator>();
  const sources = await sourcesOf(path, report);
  report.of = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const { table, path: file, bytes, changedAt } of sources) {
    const columns = table.columns.filter((column) => column.isRequired).map(({ name }) => name);
    const onHeader = (header: string[]) => {
      for (const name of header.filter((each) => !table.columns.some((column) => column.name === each)))
        tally(report.notes, 'column not read: its name is none of those documented', `${basename(file)}: ${name}`);
    };
    const rows = readCsv(file, { onHeader, columns, onBytes: (read) => Object.assign(report, { done: before + read }) });
    for await (const group of together(rows, table, report)) {
      const made = entityOf(table, group, { creators, fallback: changedAt });
      if ('problems' in made) {
        for (const { where, column, message } of made.problems)
          tally(report.wrong, `${table.file}: ${column}`, `${where}, column ${column}: ${message}`);
        continue;
      }
      const { timeZone, currency } = made.event.data;
      if (table.entity === 'creator') creators.set(made.event.creatorid, { zone: String(timeZone), currency: String(currency) });
      yield made.event;
    }
    before += bytes;
  }
}
