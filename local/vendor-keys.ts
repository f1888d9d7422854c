/** Which keys of vendors has the embedded runtime? Those of its flags, and those of an earlier start. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { VendorKeys } from '../shared/connections/vendor-keys.ts';
import type { SecretsFile } from './servers/secrets.ts';

export type VendorKeyFlags = Partial<Omit<VendorKeys, 'ownKey'>>;

/** Puts the keys into the secret that functions read. Its own key is drawn at the first start and stays: buyers are hashed with it. */
export function keepVendorKeys(secrets: SecretsFile, name: string, flags: VendorKeyFlags = {}): void {
  const known = JSON.parse(secrets.get(name) ?? '{}') as { ownKey?: string };
  const keys = { ...known, ...flags, ownKey: known.ownKey ?? randomBytes(36).toString('base64url') };
  if (JSON.stringify(keys) !== JSON.stringify(known)) secrets.put(name, randomUUID(), JSON.stringify(keys));
}
