/** What do the numbers say, and what do they mean? */
import { getDictionary, getKpis } from '../../../shared/api/kpis.ts';
import { describeKpis } from '../../../shared/reports/dictionary.ts';
import { mostPoints, reportKpis } from '../../../shared/reports/kpis.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const kpis = route(getKpis, async ({ creatorId, query, now }, { table }: ReportContext) => ({
  json: await reportKpis(query, await openScope(table, creatorId, now), mostPoints),
}));

export const kpiDictionary = route(getDictionary, (_call, _reader: ReportContext) => ({ json: describeKpis() }));
