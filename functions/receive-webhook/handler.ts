/** What does receive-webhook do? Checks signatures of vendors' webhooks and leaves what they name on the queue; it reads nothing of a shop. */
import { openVendorKeys } from '../../shared/connections/vendor-keys.ts';
import { openQueue } from '../../shared/jobs/queue.ts';
import { openSecrets } from '../../shared/store/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { serve } from '../http.ts';
import { required } from '../required.ts';
import { routes } from './routes.ts';

export const handler = serve(routes, (environment) => ({
  table: openTable(required(environment, 'TABLE_NAME')),
  send: openQueue(required(environment, 'WEBHOOK_QUEUE')),
  keys: openVendorKeys(openSecrets(), required(environment, 'VENDOR_KEYS')),
}));
