/** What is a table to be exported? Columns with their types, and rows as they come, one at a time. */

/** What a cell holds: an instant is RFC 3339 text in UTC; integers are exact in JavaScript. */
export type CellType = 'text' | 'integer' | 'number' | 'flag' | 'instant';

export interface ExportColumn {
  name: string;
  type: CellType;
  /** What it means, with its unit. */
  about: string;
}

export type Cell = string | number | boolean | null;
/** Cells in the order of the columns. */
export type Row = Cell[];

/** A table without its end: however many rows there are, few are in memory. */
export interface Exportable {
  /** Of the file, without its ending. */
  name: string;
  columns: ExportColumn[];
  rows: AsyncIterable<Row>;
}
