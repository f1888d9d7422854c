/** Where does a seller give consent, and what comes back? ("Authorization overview (202407)".) */
import { timingSafeEqual } from 'node:crypto';
import { hosts } from './rules/apis.ts';

/** The page to send a seller to. `state` is drawn by the caller, hard to guess, and kept until the seller comes back. */
export const consentUrl = (serviceId: string, state: string, isInUs: boolean, page?: string): string =>
  `${page ?? (isInUs ? hosts.consentUs : hosts.consent)}?${new URLSearchParams({ service_id: serviceId, state })}`;

/** The page to send a creator to who sells for others; named by the key of the app, not by its service. */
export const creatorConsentUrl = (appKey: string, state: string, page: string = hosts.consentCreator): string =>
  `${page}?${new URLSearchParams({ app_key: appKey, state })}`;

export type Consent = { ok: true; code: string } | { ok: false; says: string };

/**
 * Reads the query with which a seller comes back. A code is good once, for half an hour. Installations that begin in the vendor's app store
 * carry no state: they are refused here, since anybody could send such a link; the seller begins again from our side.
 */
export function readConsent(query: URLSearchParams, state: string): Consent {
  const [given, expected] = [Buffer.from(query.get('state') ?? ''), Buffer.from(state)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return { ok: false, says: 'this did not begin here: connect the shop from its settings' };
  const code = query.get('code');
  // A refusal comes as code=null&error=auth_denied.
  if (!code || code === 'null' || query.has('error')) return { ok: false, says: 'the seller did not give consent' };
  return { ok: true, code };
}
