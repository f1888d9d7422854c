/** What are the products called? */
import { getProducts } from '../../../shared/api/products.ts';
import { reportProducts } from '../../../shared/reports/products.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const products = route(getProducts, async ({ creatorId, query, now }, { table, cursorKey }: ReportContext) => ({
  json: await reportProducts(query, await openScope(table, creatorId, now), cursorKey),
}));
