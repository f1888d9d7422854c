/** Where does a number stand, and where does it go? */
import { getTrends } from '../../../shared/api/trends.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { reportTrends } from '../../../shared/reports/trends.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const trends = route(getTrends, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportTrends(query, await openScope(table, creatorId, now)),
}));
