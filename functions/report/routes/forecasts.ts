/** What comes next, and how sure is that? */
import { getForecasts } from '../../../shared/api/forecasts.ts';
import { reportForecasts } from '../../../shared/reports/forecasts.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const forecasts = route(getForecasts, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportForecasts(query, await openScope(table, creatorId, now)),
}));
