/** What is left of sales after everything? */
import { getProfitability } from '../../../shared/api/profitability.ts';
import { reportProfitability } from '../../../shared/reports/profitability.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const profitability = route(getProfitability, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportProfitability(query, await openScope(table, creatorId, now)),
}));
