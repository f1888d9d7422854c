/** How is fulfilment computed? From every paid order; a document for each month. */
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { type FulfilmentMonth, fulfilmentMonths, fulfilmentReport } from './document.ts';
import { fulfilmentSql } from './sql.ts';

export const fulfilmentJob: Job = {
  report: fulfilmentReport,
  statements: ({ first }, named) => [{ sql: fulfilmentSql(named.length), values: bound(first, named) }],
  compute: ([steps = []]) => fulfilmentMonths(steps),
  empty: (month): FulfilmentMonth => ({ month, days: {} }),
};
