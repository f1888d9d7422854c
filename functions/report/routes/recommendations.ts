/** What should be done today, and what came of what was done? */
import { getRecommendations } from '../../../shared/api/recommendations.ts';
import { reportRecommendations } from '../../../shared/reports/recommendations.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const recommendations = route(getRecommendations, async ({ creatorId, now }, { table }: ReportContext) => ({
  json: await reportRecommendations(await openScope(table, creatorId, now)),
}));
