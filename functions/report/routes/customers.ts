/** Who comes back, and what do they bring? */
import { getCustomers } from '../../../shared/api/customers.ts';
import { reportCustomers } from '../../../shared/reports/customers.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const customers = route(getCustomers, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportCustomers(query, await openScope(table, creatorId, now)),
}));
