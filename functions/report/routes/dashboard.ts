/** What does the first screen show? */
import { getDashboard } from '../../../shared/api/dashboard.ts';
import { reportDashboard } from '../../../shared/reports/dashboard.ts';
import { markOf } from '../../../shared/reports/mark.ts';
import { openGlance, openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const dashboard = route(getDashboard, async ({ creatorId, query, now }, { table, version }: ReportContext) => ({
  mark: async () => markOf(await openGlance(table, creatorId, now), [version, query]),
  async make() {
    // Read before the numbers: what is counted in between is in the answer, and its mark is older than it, which only asks for it again.
    const scope = await openScope(table, creatorId, now);
    return { json: await reportDashboard(scope, query), mark: markOf(scope, [version, query]) };
  },
}));
