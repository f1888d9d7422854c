/** How are customers computed? From every order there ever was: whoever came before is not new. */
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { customersDocuments, customersReport } from './document.ts';
import { buyersSql } from './sql.ts';

const everSince = '0001-01-01';

export const customersJob: Job = {
  report: customersReport,
  isCostly: true,
  statements: (_span, named) => [{ sql: buyersSql(named.length), values: bound(everSince, named) }],
  compute: ([orders = []], _span, { today }) => customersDocuments(orders, today),
  empty: () => [],
};
