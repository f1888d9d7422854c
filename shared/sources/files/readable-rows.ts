/** Which rows of a public data set can be read? The others are skipped, counted with what is wrong. */
import { type ImportReport, tally } from './import-report.ts';
import type { Row } from './read-csv.ts';

export async function* readableRows(rows: AsyncIterable<Row>, report: ImportReport): AsyncGenerator<Row> {
  for await (const row of rows)
    if (row.problem) tally(report.skipped, 'row that cannot be read', `${row.where}: ${row.problem.message}`);
    else yield row;
}
