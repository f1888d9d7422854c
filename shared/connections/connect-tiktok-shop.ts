/** How does a seller connect a shop? Sent to the vendor's page of consent, come back with a code, which is good for tokens of the seller's shops. */
import { randomUUID } from 'node:crypto';
import { noSuchCreator } from '../api/refusals.ts';
import { encodeId } from '../events/subject.ts';
import { type Raw, requireText, textOf } from '../sources/record.ts';
import { type Client, exchangeCode, openClient, shopsOf } from '../sources/tiktok-shop/client.ts';
import { consentUrl, creatorConsentUrl } from '../sources/tiktok-shop/consent.ts';
import { apis } from '../sources/tiktok-shop/rules/apis.ts';
import { markets } from '../sources/tiktok-shop/rules/markets.ts';
import type { Token, TokenStore } from '../sources/tiktok-shop/token.ts';
import { type Granted, putConnection } from '../store/connections.ts';
import { readProfiles } from '../store/profiles.ts';
import { openTokenStore } from '../store/vendor-tokens.ts';
import { makeState, notBegun, type Person, readState, requireBeginner, stateLastsMs, useOnce } from './consent-state.ts';
import type { Connectors } from './open-shop.ts';
import { derivedKey, requireTikTokShop, type VendorKeys } from './vendor-keys.ts';
import { tiktokShop } from './waiting.ts';

const stateKey = (keys: VendorKeys): string => derivedKey(keys, 'consent');

/** A seller has shops; a creator sells for the shops of others. */
export type Persona = 'seller' | 'creator';

/** The page to send someone to, and until when (ms) coming back is good. Throws not_found for an unknown creator, conflict without an app. */
export async function beginConsent(
  connectors: Connectors,
  person: Person,
  persona: Persona = 'seller',
): Promise<{ url: string; until: number }> {
  const { collector, now } = connectors;
  const [profiles, keys] = await Promise.all([readProfiles(collector.table, [person.creatorId]), connectors.keys()]);
  const profile = profiles.get(person.creatorId);
  if (!profile) throw noSuchCreator();
  const { appKey, serviceId = '', hosts } = requireTikTokShop(keys);
  const state = makeState(person, stateKey(keys), now());
  const until = now() + stateLastsMs;
  if (persona === 'creator') return { url: creatorConsentUrl(appKey, state, hosts?.consent), until };
  return { url: consentUrl(serviceId, state, profile.data.country === 'US', hosts?.consent), until };
}

/** What came of a consent, in a sentence. */
export type Connected = { says: string } & ({ ok: true; granted: Granted[] } | { ok: false });

const no = (says: string): Connected => ({ ok: false, says });

export interface Returned {
  code?: string | undefined;
  state?: string | undefined;
  error?: string | undefined;
}

/** Whose consent comes back; undefined where it did not begin here. Nothing is connected by this. */
export async function whoseConsent({ keys, now }: Connectors, { state = '' }: Returned): Promise<string | undefined> {
  return readState(state, stateKey(await keys()), now())?.creatorId;
}

/** A refusal comes as code=null&error=auth_denied. */
export const isDenied = ({ code, error }: Returned): boolean => !code || code === 'null' || Boolean(error);
export const denied = 'The seller did not give consent; nothing was connected.';

/**
 * What comes of a seller who comes back, completed by the person who began it. Installations that begin in the vendor's app store carry no
 * state and are refused: anybody could send such a link. Throws forbidden for another person, conflict for a state that was used before,
 * and what the vendor's client throws.
 */
export async function finishConsent(connectors: Connectors, person: Person, query: Returned): Promise<Connected> {
  const { collector, now, client: more = {} } = connectors;
  const { creatorId } = person;
  const keys = await connectors.keys();
  const begun = readState(query.state ?? '', stateKey(keys), now());
  if (!begun) return no(notBegun);
  requireBeginner(begun, person, stateKey(keys));
  if (!query.code || isDenied(query)) return no(denied);
  await useOnce(collector.table, begun);
  const app = requireTikTokShop(keys);
  const token = await exchangeCode(query.code, { ...app, fetch: more.fetch });
  const profile = (await readProfiles(collector.table, [creatorId])).get(creatorId);
  if (!profile) return no('The creator is no longer there.');
  const just: TokenStore = { get: async () => ({ token, version: '' }), put: async () => true };
  const client = openClient({ ...more, ...app, tokens: just, now });
  const found = token.isCreator ? [await creatorOf(client)] : (await shopsOf(client)).map(shopOf);
  const authorisation = encodeId(token.openId ?? randomUUID());
  const granted: Granted[] = [];
  const left: string[] = [];
  for (const { name, region, ...grant } of found) {
    const currency = markets[region ?? '']?.currency;
    if (currency !== undefined && currency !== profile.currency) {
      left.push(`${name} sells in ${currency}, the creator counts in ${profile.currency}`);
      continue;
    }
    const each: Granted = {
      vendor: tiktokShop,
      ...grant,
      creatorId,
      name,
      authorisation,
      scopes: token.scopes,
      connectedAt: now(),
      refreshExpiresAt: token.refreshExpiresAt,
    };
    granted.push(each);
  }
  // The token is there before a connection leads to it.
  if (granted.length) await keepToken(connectors, creatorId, authorisation, token);
  const kept: Granted[] = [];
  for (const each of granted) {
    if (await putConnection(collector.table, each)) kept.push(each);
    else left.push(`${each.name} is connected to another creator`);
  }
  const reasons = left.length ? ` Not connected: ${left.join('; ')}.` : '';
  if (!kept.length) return no(found.length ? `No shop was connected.${reasons}` : 'The seller has no shop.');
  return {
    ok: true,
    granted: kept,
    says: `Connected: ${kept.map(({ name }) => name).join(', ')}. Its history is read now.${reasons}`,
  };
}

type Found = Pick<Granted, 'shopId' | 'name' | 'cipher' | 'isCreator'> & { region: string | undefined };

const shopOf = (shop: Raw): Found => ({
  shopId: requireText(shop, 'id'),
  name: requireText(shop, 'name').slice(0, 200),
  cipher: requireText(shop, 'cipher'),
  region: textOf(shop.region),
});

async function creatorOf(client: Client): Promise<Found> {
  const profile = await client.call(apis.creatorProfile);
  return {
    shopId: requireText(profile, 'creator_user_open_id'),
    name: requireText(profile, 'username').slice(0, 200),
    cipher: '',
    isCreator: true,
    region: textOf(profile.register_region),
  };
}

async function keepToken(
  { collector, secrets, secretsPrefix, now }: Connectors,
  creatorId: string,
  authorisation: string,
  token: Token,
) {
  const store = openTokenStore<Token>(
    { table: collector.table, secrets, prefix: secretsPrefix, now },
    { creatorId, vendor: tiktokShop, authorisation },
  );
  // A refresh at the same moment put one more: the new consent holds.
  for (let tries = 0; tries < 5; tries++) if (await store.put(token, (await store.get())?.version)) return;
  throw new Error('the token could not be kept: others put one again and again');
}
