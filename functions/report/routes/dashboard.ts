/** What does the first screen show? */
import { getDashboard } from '../../../shared/api/dashboard.ts';
import { reportDashboard } from '../../../shared/reports/dashboard.ts';
import { markOf } from '../../../shared/reports/mark.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const dashboard = route(getDashboard, async ({ creatorId, query, now }, { table, version }: ReportContext) => {
  const scope = await openScope(table, creatorId, now);
  return { mark: markOf(scope, [version, query]), make: () => reportDashboard(scope, query) };
});
