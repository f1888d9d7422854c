/** What is paid out, and what is still to come? */
import { getPayouts } from '../../../shared/api/payouts.ts';
import { reportPayouts } from '../../../shared/reports/payouts.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const payouts = route(getPayouts, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportPayouts(query, await openScope(table, creatorId, now)),
}));
