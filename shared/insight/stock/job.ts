/** How is stock computed? Unit costs and shelves first, then what was sold of each SKU on each day of two years. */
import { addDays } from '../../time.ts';
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { historyDays, type StockDocument, stockDocuments, stockReport } from './document.ts';
import { measuredDays } from './shelf.ts';
import { costsSql, soldSql, stockSql } from './sql.ts';

export const stockJob: Job = {
  report: stockReport,
  isCostly: true,
  statements: ({ last }, named) => [
    { sql: costsSql(named.length), values: [...named] },
    // The span ends with a month: so many days before its end are looked at that the measured ones are among them.
    { sql: stockSql(named.length), values: [...named, addDays(last, -measuredDays - 32)] },
    { sql: soldSql(named.length), values: bound(addDays(last, -historyDays), named) },
  ],
  compute: ([costs = [], stock = [], sold = []], _span, { today }) => stockDocuments([costs, stock, sold], today),
  empty: (): StockDocument => ({ today: '', totals: null, rows: [] }),
};
