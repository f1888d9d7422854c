/** What do units cost? */
import { getUnitCosts } from '../../../shared/api/unit-costs.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { reportUnitCosts } from '../../../shared/reports/unit-costs.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const unitCosts = route(getUnitCosts, async ({ creatorId, now }, { table }: ReportContext) => ({
  json: await reportUnitCosts(await openScope(table, creatorId, now)),
}));
