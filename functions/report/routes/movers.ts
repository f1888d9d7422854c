/** Why did a number change? */
import { getMovers } from '../../../shared/api/movers.ts';
import { reportMovers } from '../../../shared/reports/movers.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const movers = route(getMovers, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportMovers(query, await openScope(table, creatorId, now)),
}));
