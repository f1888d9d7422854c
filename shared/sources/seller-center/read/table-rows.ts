/** What are the rows of a table that was surveyed? Cells by column; columns that are not listed, personal ones among them, are not handed on. */
import { type Cell, trimmed } from './cell.ts';
import type { FileSurvey, TableSurvey } from './survey.ts';
import { readRows } from './survey.ts';

export interface TableRow {
  /** `income_….xlsx line 12`, for messages. */
  where: string;
  line: number;
  cells: { [key: string]: Cell };
  /** Cells of fee columns, by their place in the header's list. */
  fees: Cell[];
}

/** Rows of one table, from the file anew; what explains the titles and empty rows are left out. */
export async function* tableRows(survey: FileSurvey, table: TableSurvey): AsyncGenerator<TableRow> {
  for await (const { sheet, line, cells } of readRows(survey.path, survey.encoding)) {
    if (sheet !== table.sheet || line <= table.line || line === table.explained) continue;
    if (cells.every((cell) => trimmed(cell) === '')) continue;
    const known = Object.entries(table.columns).map(([key, index]): [string, Cell] => [key, cells[index] ?? '']);
    const where = `${survey.file}${sheet && survey.tables.length > 1 ? `, sheet ${sheet},` : ''} line ${line}`;
    yield { where, line, cells: Object.fromEntries(known), fees: table.fees.map(({ index }) => cells[index] ?? '') };
  }
}
