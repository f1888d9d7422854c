/** How far do orders come, which sources fail, and how new are they? */
import { getOperations } from '../../../shared/api/operations.ts';
import { reportOperations } from '../../../shared/reports/operations.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const operations = route(getOperations, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportOperations(query, await openScope(table, creatorId, now)),
}));
