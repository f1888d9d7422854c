/** What must be known of a file before its first row is read? Its titles, which entities have rows that stand apart, and how it writes amounts. */
import { isCurrency } from '../../money.ts';
import { type CsvOptions, type Row, readCsv } from '../files/read-csv.ts';
import type { CsvTable } from './columns.ts';
import { type Marks, noteMark } from './number.ts';

export interface Survey {
  /** Titles as they stand in the file. */
  header: string[];
  /** By key of an entity, how many rows it has, where they do not stand together. */
  apart: Map<string, number>;
  /** By currency ('' where the file and creators.csv name none; `rate` in exchange rates), what cells show of where decimals begin. */
  marks: Map<string, Marks>;
  /** Ids of the entities of which a row may be one that cannot be read, each with where that stands. */
  torn: Map<string, string>;
}

/** Rows that stand apart are kept until the last of their entity; more than these are not kept. */
const mostKept = 200_000;

/** What tells the entities of a table apart. */
export const keyOf = ({ key }: CsvTable, { cells }: Row): string =>
  key.map((column) => cells[column]?.trim() ?? '').join('\u0000');

function noteMarks(table: CsvTable, row: Row, currency: string, marks: Survey['marks']): void {
  for (const { name, kind } of table.columns) {
    const cell = row.cells[name]?.trim();
    if (!cell || (kind !== 'money' && kind !== 'rate')) continue;
    const of = kind === 'rate' ? 'rate' : currency;
    const known = marks.get(of) ?? {};
    marks.set(of, known);
    noteMark(known, cell, row.where);
  }
}

/**
 * Ids that may stand in a row that cannot be parted into the header's cells: in its place from the left, from the right, or between, as a cell
 * too many or too few stands behind, before, or on both sides of it.
 */
function idsIn({ problem }: Row, table: CsvTable, header: string[]): string[] {
  if (!problem) return [];
  const place = header.indexOf(table.key.at(-1) ?? '');
  const { cells } = problem;
  const fromRight = place + cells.length - header.length;
  return cells.slice(Math.max(0, Math.min(place, fromRight)), Math.max(place, fromRight) + 1).map((cell) => cell.trim());
}

/** Reads a file once, before anything of it is sent. Throws with file, line and remedy where it cannot be read at all. */
export async function surveyCsv(
  path: string,
  table: CsvTable,
  options: CsvOptions,
  currencyOf: (creatorId: string) => string | undefined,
): Promise<Survey> {
  const hasLines = table.columns.some(({ line }) => line);
  const survey: Survey = { header: [], apart: new Map(), marks: new Map(), torn: new Map() };
  const rows = new Map<string, number>();
  // The first row of an entity says its currency; the others may leave it empty.
  let entityCurrency = '';
  let before = '';
  const onHeader = (header: string[]) => {
    survey.header = header;
  };
  for await (const row of readCsv(path, { ...options, onHeader })) {
    if (row.problem) {
      if (hasLines) for (const id of idsIn(row, table, survey.header)) survey.torn.set(id, row.where);
      continue;
    }
    const key = keyOf(table, row);
    const own = row.cells.currency?.trim() || (hasLines && key === before ? entityCurrency : '');
    entityCurrency = own;
    const currency = own && isCurrency(own) ? own : (currencyOf(row.cells.creator_id?.trim() ?? '') ?? '');
    noteMarks(table, row, currency, survey.marks);
    if (!hasLines) continue;
    if (key !== before && rows.has(key)) survey.apart.set(key, 0);
    rows.set(key, (rows.get(key) ?? 0) + 1);
    before = key;
  }
  let kept = 0;
  for (const key of survey.apart.keys()) {
    survey.apart.set(key, rows.get(key) ?? 0);
    kept += rows.get(key) ?? 0;
  }
  if (kept > mostKept)
    throw new Error(
      `${path}: ${kept} rows stand apart from others of their ${table.entity}, more than the ${mostKept} that are put together here; sort the file by ${table.key.at(-1)}`,
    );
  return survey;
}
