/** What do the routes of receive-webhook work with? */
import type { VendorKeys } from '../../shared/connections/vendor-keys.ts';
import type { Send } from '../../shared/jobs/queue.ts';
import type { Table } from '../../shared/store/table.ts';

export interface WebhookContext {
  table: Table;
  /** The queue of notifications. */
  send: Send;
  keys: () => Promise<VendorKeys>;
}
