/** What do the functions of connectors open? Table, stream and secrets, by names of their environment. */
import type { Connectors } from '../shared/connections/open-shop.ts';
import { openVendorKeys } from '../shared/connections/vendor-keys.ts';
import { openSecrets } from '../shared/store/secrets.ts';
import { openTable } from '../shared/store/table.ts';
import { openStream } from '../shared/stream/put.ts';
import { required } from './required.ts';

export function openConnectors(environment: Record<string, string | undefined>): Connectors {
  const secrets = openSecrets();
  return {
    collector: {
      table: openTable(required(environment, 'TABLE_NAME')),
      stream: openStream(required(environment, 'STREAM_NAME')),
      epoch: Number(required(environment, 'STREAM_EPOCH')),
      latestMarks: new Map(),
    },
    secrets,
    secretsPrefix: required(environment, 'SECRETS_PREFIX'),
    keys: openVendorKeys(secrets, required(environment, 'VENDOR_KEYS')),
    now: Date.now,
  };
}
