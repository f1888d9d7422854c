/** What do the routes of quarantine work with? */
import type { Collector } from '../../shared/ingest/accept.ts';
import type { Lake } from '../../shared/lake/store.ts';
import type { Table } from '../../shared/store/table.ts';

export interface QuarantineContext {
  table: Table;
  /** The door that events come in by. */
  collector: Collector;
  bucket: Lake;
}
