/** What are the rows of one of your own files? Those of a CSV file, or of a sheet of a workbook, read as one and the same table. */
import { basename } from 'node:path';
import { type CsvOptions, type Row, readCsv, readHeader } from '../files/read-csv.ts';
import type { Cell, RawRow } from '../seller-center/read/cell.ts';
import { readWorkbookRows } from '../seller-center/read/xlsx.ts';

export const isWorkbook = (path: string): boolean => /\.xlsx$/i.test(path);

/** From here on a number of a workbook has lost digits: it is written as a spreadsheet shows it, which no id is read from. */
const inexact = 1e15;

/** A number as a person would have typed it: all digits that a cell holds, and none that floating point adds. */
function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) >= inexact) return value.toExponential().replace('e+', 'E+');
  const [digits = '', power] = String(Number(value.toPrecision(15))).split('e-');
  return power === undefined
    ? digits
    : value
        .toFixed(Math.min(100, Number(power) + 15))
        .replace(/0+$/, '')
        .replace(/\.$/, '');
}

export const textOfCell = (cell: Cell | undefined): string =>
  typeof cell === 'number' ? plainNumber(cell) : (cell ?? '').trim();

async function* workbookRows(path: string): AsyncGenerator<RawRow> {
  for await (const rows of readWorkbookRows(path)) yield* rows;
}

const isEmpty = ({ cells }: RawRow): boolean => cells.every((cell) => textOfCell(cell) === '');

export interface TableOptions extends CsvOptions {
  /** Of a workbook: which of its sheets. */
  sheet?: string | undefined;
}

/** Behind a sheet of another kind that has more rows nothing is looked for: it is an export, and long. */
const mostRowsOfOthers = 200;

/**
 * Titles of each sheet of a workbook; those of a CSV file stand under ''. Sheets without a row are left out, and so are those behind a long
 * sheet that `isTable` says is none.
 */
export async function titlesIn(
  path: string,
  options: Pick<CsvOptions, 'encoding'>,
  isTable: (titles: string[]) => boolean,
): Promise<Map<string, string[]>> {
  const titles = new Map<string, string[]>();
  if (!isWorkbook(path)) {
    const onHeader = (header: string[]) => void titles.set('', header);
    await readCsv(path, { columns: [], ...options, onHeader }).next();
    return titles;
  }
  let rows = 0;
  for await (const row of workbookRows(path)) {
    const known = titles.get(row.sheet);
    if (known === undefined && isEmpty(row)) continue;
    if (known === undefined) titles.set(row.sheet, row.cells.map(textOfCell));
    rows = known === undefined ? 1 : rows + 1;
    if (rows > mostRowsOfOthers && !isTable(known ?? [])) break;
  }
  return titles;
}

function rowOf(names: string[], { cells: raw }: RawRow, where: string): Row {
  const texts = raw.map(textOfCell);
  const cells = Object.fromEntries(names.map((name, i) => [name, texts[i] ?? '']));
  const surplus = texts.slice(names.length).filter((text) => text !== '');
  if (surplus.length === 0) return { where, cells };
  const message = `has ${surplus[0]} behind the last title; move it under its title, or take it away`;
  return { where, cells, problem: { column: '', message, cells: texts, asItStands: texts.join(' | ') } };
}

async function* readSheet(path: string, options: TableOptions): AsyncGenerator<Row> {
  const file = basename(path);
  const place = options.sheet === undefined ? file : `${file}, sheet ${options.sheet},`;
  let names: string[] | undefined;
  for await (const row of workbookRows(path)) {
    if ((options.sheet !== undefined && row.sheet !== options.sheet) || isEmpty(row)) continue;
    const where = `${place} line ${row.line}`;
    if (names) yield rowOf(names, row, where);
    else {
      const titles = row.cells.map(textOfCell);
      // A spreadsheet keeps cells that were emptied behind the last title.
      names = readHeader(titles.slice(0, titles.findLastIndex((title) => title !== '') + 1), options, place);
    }
  }
  if (!names) throw new Error(`${place} is empty: its first line must name the columns`);
}

/** Rows in the order of the file, as `readCsv` answers them. Throws where the file cannot be read or lacks a column. */
export const readTable = (path: string, options: TableOptions): AsyncGenerator<Row> =>
  isWorkbook(path) ? readSheet(path, options) : readCsv(path, options);
