/** What runs out first, and when must how much be ordered? */
import { getInventory } from '../../../shared/api/inventory.ts';
import { reportInventory } from '../../../shared/reports/inventory.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const inventory = route(getInventory, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportInventory(query, await openScope(table, creatorId, now)),
}));
