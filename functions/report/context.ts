/** What do the routes of report read from? */
import type { Table } from '../../shared/store/table.ts';

export interface ReportContext {
  table: Table;
  /** Version of the service, as deployed. */
  version: string;
  /** Signs cursors, so that nobody makes one up. */
  cursorKey: string;
}
