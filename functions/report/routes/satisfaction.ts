/** How content are buyers, and which products disappoint them? */
import { getSatisfaction } from '../../../shared/api/satisfaction.ts';
import { reportSatisfaction } from '../../../shared/reports/satisfaction.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const satisfaction = route(getSatisfaction, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportSatisfaction(query, await openScope(table, creatorId, now)),
}));
