/** What do the routes of connect work with? */
import type { Connectors } from '../../shared/connections/open-shop.ts';
import type { Start } from '../../shared/jobs/start.ts';
import type { Table } from '../../shared/store/table.ts';

export interface ConnectContext extends Connectors {
  table: Table;
  /** Starts a run of poll-shops. */
  start: Start;
  /** How shops of Shopify are asked; over the network where absent. */
  fetchShopify?: typeof fetch;
}
