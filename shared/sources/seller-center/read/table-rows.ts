/** What are the rows of a table that was surveyed? Cells by column; columns that are not listed, personal ones among them, are not handed on. */
import { type Cell, isEmptyRow, type RawRow, trimmed } from './cell.ts';
import type { FileSurvey, TableSurvey } from './survey.ts';
import { readRows } from './survey.ts';

/** A row of a table; its cells are looked up when they are asked for. */
export class TableRow {
  readonly #raw: RawRow;
  readonly #table: TableSurvey;
  readonly #file: string;

  constructor(raw: RawRow, table: TableSurvey, file: string) {
    this.#raw = raw;
    this.#table = table;
    this.#file = file;
  }

  get line(): number {
    return this.#raw.line;
  }

  /** `income_….xlsx line 12`, for messages. */
  get where(): string {
    return `${this.#file} line ${this.#raw.line}`;
  }

  /** The cell of a column; '' where the row or the file has none. */
  cell(key: string): Cell {
    return this.#raw.cell(this.#table.columns[key] ?? -1);
  }

  /** The cell of a fee column, by its place in the header's list. */
  fee(place: number): Cell {
    return this.#raw.cell(this.#table.fees[place]?.index ?? -1);
  }

  /** What is wrong with the row as a whole: in a CSV file, a cell too many or too few. */
  get problem(): string | undefined {
    return problemOf(this.#raw, this.#table.width);
  }
}

/** A row of a CSV file has as many cells as the titles; a workbook leaves out empty ones. What is empty behind the last title is no cell. */
function problemOf(row: RawRow, width: number): string | undefined {
  if (row.sheet !== '' || row.width === width) return undefined;
  const { cells } = row;
  const isTorn = cells.length < width || cells.slice(width).some((cell) => trimmed(cell) !== '');
  return isTorn
    ? `has ${cells.length} cells where the titles are ${width}: the file is cut off here, or was changed after its download; download it again`
    : undefined;
}

/** Rows of one table, many at a time, from the file anew; what explains the titles and empty rows are left out. */
export async function* tableRows(survey: FileSurvey, table: TableSurvey): AsyncGenerator<TableRow[]> {
  const named = table.sheet !== '' && survey.tables.length > 1 ? `${survey.file}, sheet ${table.sheet},` : survey.file;
  const isOwn = (row: RawRow): boolean =>
    row.sheet === table.sheet && row.line > table.line && row.line !== table.explained && !isEmptyRow(row);
  for await (const rows of readRows(survey.path, survey.encoding)) {
    const own = rows.filter(isOwn).map((raw) => new TableRow(raw, table, named));
    if (own.length > 0) yield own;
  }
}

/** The same rows one by one. */
export async function* eachRow(rows: AsyncIterable<TableRow[]>): AsyncGenerator<TableRow> {
  for await (const some of rows) yield* some;
}

/** The first few rows of a table. */
export async function firstRows(survey: FileSurvey, table: TableSurvey, most: number): Promise<TableRow[]> {
  const first: TableRow[] = [];
  for await (const rows of tableRows(survey, table)) {
    first.push(...rows.slice(0, most - first.length));
    if (first.length >= most) break;
  }
  return first;
}
