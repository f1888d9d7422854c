/** What does a cell hold? Text as it stands, or the number of a numeric cell of a workbook. */
export type Cell = string | number;

/** A row of a sheet as it stands in the file, before anything of it is known. */
export interface RawRow {
  /** Name of the sheet; '' in a CSV file. */
  readonly sheet: string;
  /** From 1. */
  readonly line: number;
  /** Cells that it has. */
  readonly width: number;
  /** A cell by its place; '' where the row has none there. */
  cell(index: number): Cell;
  readonly cells: Cell[];
}

/** A row whose cells are known. */
export class PlainRow implements RawRow {
  readonly sheet: string;
  readonly line: number;
  readonly cells: Cell[];

  constructor(sheet: string, line: number, cells: Cell[]) {
    this.sheet = sheet;
    this.line = line;
    this.cells = cells;
  }

  get width(): number {
    return this.cells.length;
  }

  cell(index: number): Cell {
    return this.cells[index] ?? '';
  }
}

const tab = 0x09;
/** A sign that is no blank of any kind, without asking a pattern. */
const isSolid = (code: number): boolean => code > 0x20 && code < 0x7f;

function trimmedText(text: string): string {
  const last = text.length - 1;
  if (last < 0) return '';
  if (isSolid(text.charCodeAt(0))) {
    if (isSolid(text.charCodeAt(last))) return text;
    if (text.charCodeAt(last) === tab && isSolid(text.charCodeAt(last - 1))) return text.slice(0, last);
  }
  return text.replaceAll(/^[\s\uFEFF\u200B]+|[\s\uFEFF\u200B]+$/g, '');
}

const zero = 0x30;
/** The number of the digits between two places; NaN where other signs stand there, or more digits than a number holds. */
export function digits(text: string, from: number, to: number): number {
  if (from === to || to - from > 15) return Number.NaN;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - zero;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Text without blanks, tabs and a byte order mark around it. */
export const trimmed = (cell: Cell | undefined): string =>
  typeof cell === 'number' ? plainNumber(cell) : trimmedText(cell ?? '');

/** Nothing but blanks. */
export const isBlank = (cell: Cell): boolean => cell === '' || trimmed(cell) === '';

/** No cell of it holds anything. */
export function isEmptyRow(row: RawRow): boolean {
  for (let i = 0; i < row.width; i++) if (!isBlank(row.cell(i))) return false;
  return true;
}

/**
 * The same text by itself. A piece of a text keeps all of it in memory for as long as it lives: whatever is kept beyond its row is detached
 * from the text that was read.
 */
export const detached = (text: string): string => Buffer.from(text).toString();

/** A number without an exponent, and without what floating point adds far behind its decimals. */
function plainNumber(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return value.toFixed(6).replace(/\.?0+$/, '');
}
