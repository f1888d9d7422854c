/** What is a table to be exported? Columns with their types, and rows as they come, one at a time. */

/**
 * What a cell holds: an `instant` is RFC 3339 text in UTC; a `day` a day, or a local time with its offset; a `quantity` a number as reports
 * answer it (money in minor units, a ratio as a share), told in its unit; a `unit` names the one of other columns. Integers are exact in
 * JavaScript.
 */
export type CellType = 'text' | 'integer' | 'number' | 'flag' | 'instant' | 'day' | 'unit' | 'quantity';

export interface ExportColumn {
  /** For programs: the key in json and parquet. */
  name: string;
  /** For people: the header in csv and xlsx; the name where absent. */
  title?: string;
  type: CellType;
  /** Of a quantity: the column that names its unit, or the unit. */
  unit?: { column: string } | string;
  /** Written in json and parquet alone: what people read stands in another column. */
  isForPrograms?: boolean;
  /** What it means. */
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

/** A column with its place in a row and, of a quantity, how its unit is found there. */
export interface Placed {
  column: ExportColumn;
  place: number;
  unitOf: (row: Row) => string;
}

function unitIn(columns: ExportColumn[], { name, unit }: ExportColumn): (row: Row) => string {
  if (typeof unit !== 'object') return () => unit ?? '';
  const at = columns.findIndex((other) => other.name === unit.column);
  if (at < 0) throw new Error(`column ${name}: no column ${unit.column} names its unit`);
  return (row) => String(row[at] ?? '');
}

/** The columns that are written for programs, or for people. */
export const columnsFor = (columns: ExportColumn[], readers: 'programs' | 'people'): Placed[] =>
  columns
    .map((column, place) => ({ column, place, unitOf: unitIn(columns, column) }))
    .filter(({ column }) => readers === 'programs' || !column.isForPrograms);

const quantiles: { readonly [name: string]: string } = { p50: 'median', p90: '90th percentile' };

/** `paid_at_local` → Paid at (local), `order_id` → Order ID: the title of a column that has none of its own. */
export function titleOf({ name, type }: Pick<ExportColumn, 'name' | 'type'>): string {
  if (name === 'n') return name;
  const words = name
    .replace(/(^|_)(p50|p90)$/, (_, before: string, quantile: string) => before + (quantiles[quantile] ?? quantile))
    .replaceAll('_', ' ')
    .replaceAll(/\b(id|sku|gmv|kpi)\b/g, (word) => word.toUpperCase())
    .replace(/ local$/, ' (local)');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${type === 'instant' ? ' (UTC)' : ''}`;
}
