/** How does what was refused come back? As a folder of the same files with what was wrong beside each row, and with the creators that the rows need: mended, it is imported like any other. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeFormula, unescapeFormula } from '../../exports/escape-formula.ts';
import { type Row, titleOf } from '../files/read-csv.ts';
import type { CsvTable } from './columns.ts';
import type { Evidence, Mark, Shown } from './number.ts';
import { readTime } from './time.ts';

/** Rows of one entity as they stand in a file, with what the rest of the file says of them. */
export interface FromFile {
  table: CsvTable;
  /** Titles of the file. */
  titles: string[];
  rows: Row[];
  /** How new they are (ms) where they do not say so themselves. */
  exportedAt: number;
  /** What shows where decimals begin in their amounts. */
  decimals: Evidence;
}

export interface RefusedFiles {
  /** Rows of an entity that was left out, and why. */
  add: (from: FromFile, problem: string) => void;
  /** A creator as it stands in the file: comes back beside the rows that need it. */
  know: (creator: FromFile) => void;
  /** Writes what is still to be written; answers the folder and its files, none where nothing was refused. */
  close: () => { folder: string; files: string[] };
}

/** Columns that say what is wrong; an import does not read them. */
const comments = ['line', 'as_it_stands', 'problem'];
/** Columns that say of a row what its file said, so that it means the same in another file. */
const carried = ['exported_at', 'decimal_mark'];
/** Columns of these files that are not the source's. */
export const added = [...carried, ...comments];

/** When rows of an entity that came back were exported (ms), by the newest of them; undefined where none says so. Throws RangeError. */
export function exportedIn(rows: Row[]): number | undefined {
  const said = rows.flatMap(({ cells, problem }) => (problem ? [] : [cells.exported_at?.trim() ?? ''])).filter(Boolean);
  return said.length > 0 ? Math.max(...said.map((text) => readTime(text, { allowsDay: false }))) : undefined;
}

/** Words for where decimals begin. */
export const markWords = { point: '.', comma: ',' } as const;
const wordOf = { '.': 'point', ',': 'comma' } as const;

/** Evidence as a word: `comma`, or where a file shows both marks `mostly comma` or `mixed`. */
function wordFor({ mark, first }: Evidence): string {
  const isMixed = first['.'] !== undefined && first[','] !== undefined;
  if (!mark) return isMixed ? 'mixed' : '';
  return isMixed ? `mostly ${wordOf[mark]}` : wordOf[mark];
}

/** What rows of an entity that came back say of where decimals begin; undefined where none does. */
export function evidenceIn(rows: Row[]): Evidence | undefined {
  const words = rows.map(({ cells }) => cells.decimal_mark?.trim().toLowerCase() ?? '');
  const word = words.find((each) => /^((mostly )?(point|comma)|mixed)$/.test(each));
  if (word === undefined) return undefined;
  const mark = word === 'mixed' ? undefined : word.endsWith('point') ? '.' : ',';
  const shown: Mark[] = mark && !word.startsWith('mostly') ? [mark] : ['.', ','];
  const first = Object.fromEntries(
    shown.map((each): [Mark, Shown] => [each, { mark: each, cell: word, where: 'column decimal_mark' }]),
  );
  return { mark, first };
}

/** Numbers are no formulas, below zero neither. */
const harmless = (cell: string): string => (/^\s*[-+]?[\d.,]+\s*$/.test(cell) ? cell : escapeFormula(cell));

/** Cells of a row that came back as they were before they were written so that no spreadsheet runs them. */
export const asWritten = (cells: Row['cells']): Row['cells'] =>
  Object.keys(cells).some((name) => titleOf(name) === 'problem')
    ? Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, unescapeFormula(cell)]))
    : cells;

const quoted = (cell: string): string => (/[",;|\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const stringify = (rows: string[][]): string =>
  rows.map((cells) => `${cells.map((cell) => quoted(harmless(cell))).join()}\r\n`).join('');

/** The titles of the source, then what is carried of its file, then the comments. */
function titlesOf({ table, titles }: FromFile): string[] {
  const own = titles.filter((name) => !added.includes(titleOf(name)));
  const hasAmounts = table.columns.some(({ kind }) => kind === 'money');
  return [...own, ...added.filter((name) => name !== 'decimal_mark' || hasAmounts)];
}

const isTime = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function cellsOf(titles: string[], { rows, exportedAt, decimals }: FromFile, problem: string): string[][] {
  return rows.map(({ cells, where, problem: whole }) => {
    const said: { [title: string]: string } = {
      ...cells,
      // What came back once and was refused again keeps what it said first, if that can be read.
      exported_at:
        (whole && !isTime.test(cells.exported_at ?? '') ? '' : cells.exported_at) || new Date(exportedAt).toISOString(),
      // Which currency a row is in that cannot be read is not known.
      decimal_mark: whole ? '' : cells.decimal_mark || wordFor(decimals),
      line: where,
      problem,
      as_it_stands: whole?.asItStands ?? '',
    };
    return titles.map((title) => said[title] ?? '');
  });
}

/** Opens the folder when the first row comes: `open` makes it and says where it is. */
export function refusedFiles(open: () => string): RefusedFiles {
  const written = new Map<string, string[]>();
  // Creators in the order of their file, with what is wrong; they are written last: a service refuses them late.
  const creators = new Map<Row, { from: FromFile; problem: string }>();
  const needed = new Set<string>();
  const idOf = ({ cells }: Row): string => cells.creator_id?.trim() ?? '';
  /** Whose a row is; in one that cannot be read any cell may say it. */
  const creatorsOf = (row: Row): string[] =>
    row.problem ? [...Object.values(row.cells), ...row.problem.cells].map((cell) => cell.trim()) : [idOf(row)];
  let folder = '';
  const pathOf = (file: string): string => join(folder, `${file}.csv`);

  function write(from: FromFile, problem: string): void {
    const { file } = from.table;
    const titles = written.get(file) ?? titlesOf(from);
    if (!written.has(file)) writeFileSync(pathOf(file), stringify([titles]), { flag: 'wx' });
    written.set(file, titles);
    appendFileSync(pathOf(file), stringify(cellsOf(titles, from, problem)));
  }
  const keep = (from: FromFile, problem: string): void => {
    for (const row of from.rows) creators.set(row, { from: { ...from, rows: [row] }, problem });
  };

  return {
    add(from, problem) {
      folder ||= open();
      for (const id of from.rows.flatMap(creatorsOf)) needed.add(id);
      if (from.table.entity === 'creator') keep(from, problem);
      else write(from, problem);
    },
    know: (creator) => keep(creator, ''),
    close() {
      if (folder) for (const [row, { from, problem }] of creators) if (needed.has(idOf(row))) write(from, problem);
      return { folder, files: [...written.keys()].map(pathOf) };
    },
  };
}
