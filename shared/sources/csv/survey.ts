/** What must be known of a file before its first row is read? Its titles, which entities have rows that stand apart, and how it writes amounts. */
import { isCurrency } from '../../money.ts';
import type { Row } from '../files/read-csv.ts';
import { isNoId, shortenedId, unseen } from './cell.ts';
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

/** The id at the end of a key. */
const idOf = (key: string): string => key.slice(key.lastIndexOf('\u0000') + 1);

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

/** Is a whole id what a spreadsheet rounded to these digits? */
function isShortened(known: string, digits: string, length: number): boolean {
  const isLong = known.length === length && /^\d+$/.test(known);
  return isLong && Math.round(Number(known.slice(0, digits.length + 1)) / 10) === Number(digits);
}

/** What a row without an id of its own may be a row of: one entity by its id, or all that a spreadsheet may have shortened to its digits. */
type Owner = { id: string } | { digits: string; length: number } | { nobody: true };

const creatorOf = ({ cells }: Row): string => cells.creator_id?.trim() ?? '';
const isSameCreator = (one: Row, other: Row): boolean =>
  creatorOf(one) === creatorOf(other) || !creatorOf(one) || !creatorOf(other);

/** Is a row without an id more than a further line? Merged cells leave empty what is the entity's own. */
const saysOfEntity = ({ columns, key }: CsvTable, { cells }: Row): boolean =>
  isNoId(cells[key.at(-1) ?? '']?.trim() ?? '') &&
  columns.some(({ name, line }) => !line && !key.includes(name) && Boolean(cells[name]?.trim()));

/**
 * Whose row may it be, where it does not say so itself? One without an id continues the entity `above`, as merged cells are exported; one
 * whose id holds what nobody sees is of the same without it; one without its creator is of the entity that it names.
 */
function ownerOf(table: CsvTable, row: Row, above: Row | undefined): Owner | undefined {
  const { cells } = row;
  const idIn = (of: Row): string => of.cells[table.key.at(-1) ?? '']?.trim() ?? '';
  const id = idIn(row);
  if (isNoId(id)) return above && isSameCreator(row, above) ? { id: idIn(above) } : { nobody: true };
  const [, first = '', more = '', power = ''] = shortenedId.exec(id) ?? [];
  if (first) return { digits: first + more, length: Number(power) + first.length };
  if (unseen.test(id)) return { id: id.replaceAll(new RegExp(unseen, 'g'), '').trim() };
  return table.key.some((name) => !cells[name]?.trim()) ? { id } : undefined;
}

/** Reads a file once, before anything of it is sent. Throws with file, line and remedy where it cannot be read at all. */
export async function surveyCsv(
  path: string,
  rowsOf: (onHeader: (header: string[]) => void) => AsyncIterable<Row>,
  table: CsvTable,
  currencyOf: (creatorId: string) => string | undefined,
): Promise<Survey> {
  const hasLines = table.columns.some(({ line }) => line);
  const survey: Survey = { header: [], apart: new Map(), marks: new Map(), torn: new Map() };
  const rows = new Map<string, number>();
  // The first row of an entity says its currency; the others may leave it empty.
  let entityCurrency = '';
  let before = '';
  /** By shortened digits and length, where the first such row stands. */
  const shortened = new Map<string, { digits: string; length: number; where: string }>();
  /** The last row with an id of its own, and one without that may be the first of the entity below it. */
  let above: Row | undefined;
  let below: Row | undefined;
  const onHeader = (header: string[]) => {
    survey.header = header;
  };
  for await (const row of rowsOf(onHeader)) {
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
    const owner = ownerOf(table, row, above);
    if (owner && saysOfEntity(table, row)) below = row;
    if (!owner) {
      if (below && isSameCreator(row, below)) survey.torn.set(idOf(key), below.where);
      below = undefined;
      above = row;
    } else if ('id' in owner) survey.torn.set(owner.id, row.where);
    else if ('digits' in owner) shortened.set(`${owner.digits} ${owner.length}`, { ...owner, where: row.where });
    if (key !== before && rows.has(key)) survey.apart.set(key, 0);
    rows.set(key, (rows.get(key) ?? 0) + 1);
    before = key;
  }
  if (shortened.size)
    for (const id of rows.keys().map(idOf))
      for (const { digits, length, where } of shortened.values()) if (isShortened(id, digits, length)) survey.torn.set(id, where);
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
