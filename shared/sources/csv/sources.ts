/** Which of the files that somebody gives hold which table? Those of a folder by name, others and workbooks by their titles. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tally } from '../files/import-report.ts';
import { findCsv, isFolder, readCsv } from '../files/read-csv.ts';
import { type CsvTable, csvTables } from './columns.ts';
import type { CsvImport } from './events.ts';
import { recogniseExport } from './exports.ts';
import { isWorkbook, titlesIn } from './read-table.ts';
import { recogniseTable } from './recognise.ts';
import { explanationSheet } from './templates.ts';

/** A file, or a sheet of a workbook, that holds rows of a table. */
export interface Source {
  table: CsvTable;
  path: string;
  /** Of a workbook with several sheets. */
  sheet?: string | undefined;
  bytes: number;
  /** How new its rows are (ms) that do not say so themselves. */
  exportedAt: number;
}

const nameOf = (path: string): string => basename(path).replace(/\.(csv(\.gz)?|xlsx)$/i, '');
const known = csvTables.map(({ file }) => `${file}.csv`).join(', ');

type Wanted = Pick<CsvImport, 'report' | 'exportedAt' | 'encoding'>;

async function sourceOf(table: CsvTable, path: string, { exportedAt }: Wanted, sheet?: string): Promise<Source> {
  const { size, mtimeMs } = await stat(path);
  // A clock that runs ahead must not make rows newer than all that comes.
  return { table, path, sheet, bytes: size, exportedAt: exportedAt ?? Math.min(Math.floor(mtimeMs), Date.now()) };
}

/** Creators first, then what stands on them; of one table the older file first. */
const inOrder = (sources: Source[]): Source[] =>
  sources.toSorted((a, b) => csvTables.indexOf(a.table) - csvTables.indexOf(b.table) || a.exportedAt - b.exportedAt);

/** The tables in a file, by its titles; none where it is a file of another kind. Sheets that are none are noted. */
export async function tablesIn(path: string, options: Wanted): Promise<Source[]> {
  const tableOf = (header: string[]) => recogniseTable(header, nameOf(path));
  const titles = await titlesIn(path, options, (header) => tableOf(header) !== undefined);
  const sources: Source[] = [];
  const others: string[] = [];
  for (const [sheet, header] of titles) {
    const table = tableOf(header);
    if (table && sheet !== explanationSheet)
      sources.push(await sourceOf(table, path, options, titles.size > 1 ? sheet : undefined));
    else if (sheet !== explanationSheet) others.push(sheet);
  }
  if (sources.length > 0)
    for (const sheet of others)
      tally(options.report.notes, 'sheet not read: its titles are those of no table', `${basename(path)}: ${sheet}`);
  return sources;
}

/** The tables of files under whatever names. `others` hold none, or cannot be read, which `reason` says then. */
export async function sourcesOfFiles(
  paths: string[],
  options: Wanted,
): Promise<{ sources: Source[]; others: { path: string; reason?: string }[] }> {
  const sources: Source[] = [];
  const others: { path: string; reason?: string }[] = [];
  for (const path of paths)
    try {
      const inside = await tablesIn(path, options);
      sources.push(...inside);
      if (inside.length === 0) others.push({ path });
    } catch (error) {
      others.push({ path, reason: (error as Error).message });
    }
  return { sources: inOrder(sources), others };
}

/** The tables of a folder, or of one file. Throws with the remedy where there is none. */
export async function sourcesOf(path: string, options: Wanted): Promise<Source[]> {
  const { report } = options;
  if (/\.(xls|ods|numbers)$/i.test(path))
    throw new Error(`${path} is a workbook of another form: open it, and save it as .xlsx, or each sheet as "CSV UTF-8"`);
  const isWhole = await isFolder(path);
  const sources: Source[] = [];
  for (const table of csvTables) {
    const found = isWhole ? findCsv(path, [table.file]) : !isWorkbook(path) && nameOf(path) === table.file ? path : undefined;
    if (!found) continue;
    if (isWhole && existsSync(join(path, `${table.file}.csv`)) && existsSync(join(path, `${table.file}.csv.gz`)))
      throw new Error(`${path} holds ${table.file}.csv and ${table.file}.csv.gz: take the one away that is not to be read`);
    sources.push(await sourceOf(table, found, options));
  }
  const files = isWhole ? await readdir(path) : [basename(path)];
  const others = files.filter(
    (name) =>
      /\.(csv(\.gz)?|xlsx?)$/i.test(name) && !(/\.csv/i.test(name) && csvTables.some(({ file }) => file === nameOf(name))),
  );
  const unread: string[] = [];
  for (const name of others) {
    const file = isWhole ? join(path, name) : path;
    const inside = isWorkbook(name) || !isWhole ? await tablesIn(file, options) : [];
    if (inside.length === 0) unread.push(name);
    sources.push(...inside);
  }
  if (sources.length === 0) throw new Error(await refusalOf(path, isWhole, unread));
  for (const name of unread)
    if (/\.xlsx?$/i.test(name)) tally(report.notes, 'file not read: a workbook without the titles of a table', name);
    else tally(report.notes, `file not read: its name is none of ${known}`, name);
  return inOrder(sources);
}

/** Why nothing in a folder can be read; a file that another system wrote is recognised by its titles. */
async function refusalOf(path: string, isWhole: boolean, others: string[]): Promise<string> {
  for (const name of others.filter((each) => !isWorkbook(each))) {
    const file = isWhole ? `${path}/${name}` : path;
    try {
      await readCsv(file, { columns: [], recognise: recogniseExport }).next();
    } catch (error) {
      return (error as Error).message;
    }
  }
  return `${path} is none of ${known} (.gz may follow, .xlsx may stand for .csv), nor a folder that holds one, and its titles are those of no table: rename the file after what it holds, or fill in an empty one (npm run import -- template costs)`;
}
