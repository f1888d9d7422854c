/** Where do the rows of an export come from? The one place to change when a source is swapped: the lake for the kpi table. */
import type { ExportRequest } from '../api/exports.ts';
import { ApiError } from '../errors.ts';
import type { Scope } from '../reports/scope.ts';
import type { Exportable } from './columns.ts';
import { entityTables } from './entity-columns.ts';
import { entityTable } from './entity-rows.ts';
import { kpiTable } from './kpi-rows.ts';
import { readReportQuery } from './report-query.ts';
import { reports } from './reports.ts';

/** The table that was asked for, as of now. Throws bad_request for what can no longer be asked. */
export function rowsOf({ kpis, report, query = {}, entities = '', ...days }: ExportRequest['what'], scope: Scope): Exportable {
  if (kpis) return kpiTable(kpis, scope);
  if (report) {
    const read = readReportQuery(report, query);
    if (read.issues) throw new ApiError('bad_request', `The report ${report} cannot be asked this any more:`, read.issues);
    return reports[report].table(read.query, scope);
  }
  const table = entityTables.get(entities);
  if (!table) throw new ApiError('bad_request', `There are no entities ${entities} any more.`);
  return entityTable(table, days, scope);
}
