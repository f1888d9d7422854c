/** Does the service answer, and how far behind is what feeds it? */
import { getHealth } from '../../../shared/api/description.ts';
import { describeHealth } from '../../../shared/reports/health.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const health = route(getHealth, async ({ now }, { table, version }: ReportContext) => ({
  json: await describeHealth(table, version, now),
}));
