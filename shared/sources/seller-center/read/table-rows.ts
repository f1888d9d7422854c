/** What are the rows of a table that was surveyed? Cells by column; columns that are not listed, personal ones among them, are not handed on. */
import { type Cell, trimmed } from './cell.ts';
import type { FileSurvey, TableSurvey } from './survey.ts';
import { readRows } from './survey.ts';

export interface TableRow {
  /** `income_….xlsx line 12`, for messages. */
  where: string;
  line: number;
  cells: { [key: string]: Cell };
  /** What is wrong with the row as a whole: in a CSV file, a cell too many or too few. */
  problem: string | undefined;
  /** Cells of fee columns, by their place in the header's list. */
  fees: Cell[];
}

/** A row of a CSV file has as many cells as the titles; a workbook leaves out empty ones. What is empty behind the last title is no cell. */
function problemOf(sheet: string, cells: Cell[], width: number): string | undefined {
  const isTorn = sheet === '' && (cells.length < width || cells.slice(width).some((cell) => trimmed(cell) !== ''));
  return isTorn
    ? `has ${cells.length} cells where the titles are ${width}: the file is cut off here, or was changed after its download; download it again`
    : undefined;
}

/** Rows of one table, from the file anew; what explains the titles and empty rows are left out. */
export async function* tableRows(survey: FileSurvey, table: TableSurvey): AsyncGenerator<TableRow> {
  for await (const { sheet, line, cells } of readRows(survey.path, survey.encoding)) {
    if (sheet !== table.sheet || line <= table.line || line === table.explained) continue;
    if (cells.every((cell) => trimmed(cell) === '')) continue;
    const known = Object.entries(table.columns).map(([key, index]): [string, Cell] => [key, cells[index] ?? '']);
    const where = `${survey.file}${sheet && survey.tables.length > 1 ? `, sheet ${sheet},` : ''} line ${line}`;
    const fees = table.fees.map(({ index }) => cells[index] ?? '');
    yield { where, line, cells: Object.fromEntries(known), fees, problem: problemOf(sheet, cells, table.width) };
  }
}
