/** What did samples cost, and what did they bring? */
import { getSamples } from '../../../shared/api/samples.ts';
import { reportSamples } from '../../../shared/reports/samples.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const samples = route(getSamples, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportSamples(query, await openScope(table, creatorId, now)),
}));
