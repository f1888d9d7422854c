/** What does the first screen show? */
import { getDashboard } from '../../../shared/api/dashboard.ts';
import { reportDashboard } from '../../../shared/reports/dashboard.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { Reader } from '../reader.ts';

export const dashboard = route(getDashboard, async ({ creatorId, now }, { table }: Reader) => ({
  json: await reportDashboard(await openScope(table, creatorId, now)),
}));
