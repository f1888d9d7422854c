/** Which orders stand behind a number, and which run out of time? */
import { getOrders } from '../../../shared/api/orders.ts';
import { reportOrders } from '../../../shared/reports/orders.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const orders = route(getOrders, async ({ creatorId, query, now }, { table, cursorKey }: ReportContext) => ({
  json: await reportOrders(query, await openScope(table, creatorId, now), cursorKey),
}));
