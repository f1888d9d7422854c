/** What do the functions of connectors open? What takes events in, and secrets, by names of their environment. */
import type { Connectors } from '../shared/connections/open-shop.ts';
import { openVendorKeys } from '../shared/connections/vendor-keys.ts';
import { openSecrets } from '../shared/store/secrets.ts';
import { openCollector } from './collector.ts';
import { required } from './required.ts';

export function openConnectors(environment: Record<string, string | undefined>): Connectors {
  const secrets = openSecrets();
  const keys = openVendorKeys(secrets, required(environment, 'VENDOR_KEYS'));
  return {
    collector: openCollector((name) => required(environment, name), keys),
    secrets,
    secretsPrefix: required(environment, 'SECRETS_PREFIX'),
    keys,
    now: Date.now,
  };
}
