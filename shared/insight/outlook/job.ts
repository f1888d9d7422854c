/** How is the outlook computed? From every day's sales and the creator's calendar; forecasts of the shop, and of its products. */
import { addDays } from '../../time.ts';
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { outlookDocuments, outlookReport } from './document.ts';
import { historyDays } from './series.ts';
import { daysSql } from './sql.ts';

export const outlookJob: Job = {
  report: outlookReport,
  isCostly: true,
  statements: ({ last }, named) => {
    const first = addDays(last, -historyDays);
    return [{ sql: daysSql(named.length), values: bound(first, named, 2) }];
  },
  compute: ([days = []], _span, { today, calendar }) => outlookDocuments(days, calendar, today),
  empty: () => [],
};
