/** How is profit computed? Costs and adjustments first, samples, then the orders; documents for each month. */

import { sentSql } from '../free-samples/sql.ts';
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { openProfit, type ProfitMonth, profitReport } from './document.ts';
import { ledgerSql, spendSql } from './ledger-sql.ts';

export const profitJob: Job = {
  report: profitReport,
  statements: ({ first }, named) => [
    { sql: spendSql(named.length), values: bound(first, named, 2) },
    { sql: sentSql(named.length), values: bound(first, named) },
    { sql: ledgerSql(named.length), values: bound(first, named) },
  ],
  compute([spends = [], samples = [], orders = []], { first, last }) {
    const profit = openProfit(first, last);
    for (const row of spends) profit.addSpend(row);
    for (const row of samples) profit.addSample(row);
    for (const row of orders) profit.addOrders(row);
    return profit.documents();
  },
  empty: (key): ProfitMonth => ({ month: key.slice(key.indexOf('#') + 1), amounts: {} }),
};
