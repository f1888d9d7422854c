/** What does the first screen show? */
import { getDashboard } from '../../../shared/api/dashboard.ts';
import { reportDashboard } from '../../../shared/reports/dashboard.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const dashboard = route(getDashboard, async ({ creatorId, now }, { table }: ReportContext) => ({
  json: await reportDashboard(await openScope(table, creatorId, now)),
}));
