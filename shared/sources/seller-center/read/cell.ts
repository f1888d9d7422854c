/** What does a cell hold? Text as it stands, or the number of a numeric cell of a workbook. */
export type Cell = string | number;

/** A row of a sheet as it stands in the file, before anything of it is known. */
export interface RawRow {
  /** Name of the sheet; '' in a CSV file. */
  sheet: string;
  /** From 1. */
  line: number;
  cells: Cell[];
}

/** Text without blanks, tabs and a byte order mark around it. */
export const trimmed = (cell: Cell | undefined): string =>
  typeof cell === 'number' ? plainNumber(cell) : (cell ?? '').replaceAll(/^[\s\uFEFF\u200B]+|[\s\uFEFF\u200B]+$/g, '');

/** A number without an exponent, and without what floating point adds far behind its decimals. */
function plainNumber(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return value.toFixed(6).replace(/\.?0+$/, '');
}
