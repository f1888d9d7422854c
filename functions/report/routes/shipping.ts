/** What do parcels cost, and which carrier would have been cheaper? */
import { getShipping } from '../../../shared/api/shipping.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { reportShipping } from '../../../shared/reports/shipping.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const shipping = route(getShipping, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportShipping(query, await openScope(table, creatorId, now)),
}));
