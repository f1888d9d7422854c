/** How does a seller connect a shop of Shopify? Sent to the shop's page of consent, come back with a signed query; from then on the shop's webhooks are the creator's. */
import { noSuchCreator } from '../api/refusals.ts';
import { exchangeShopifyCode, isShopifyRedirect, scopes, shopifyConsentUrl } from '../sources/shopify/consent.ts';
import { putConnection } from '../store/connections.ts';
import { readProfiles } from '../store/profiles.ts';
import type { Connected } from './connect-tiktok-shop.ts';
import { makeState, notBegun, type Person, readState, requireBeginner, stateLastsMs, useOnce } from './consent-state.ts';
import type { Connectors } from './open-shop.ts';
import { derivedKey, requireShopify, type VendorKeys } from './vendor-keys.ts';
import { shopify } from './waiting.ts';

/** Of Shopify alone: a state of another vendor is none here. */
const stateKey = (keys: VendorKeys): string => derivedKey(keys, 'consent of shopify');

/** The page to send a seller to, and until when (ms) coming back is good. Throws not_found for an unknown creator, conflict without an app. */
export async function beginShopify(
  { collector, now, ...connectors }: Connectors,
  person: Person,
  shop: string,
): Promise<{ url: string; until: number }> {
  const [profiles, keys] = await Promise.all([readProfiles(collector.table, [person.creatorId]), connectors.keys()]);
  if (!profiles.has(person.creatorId)) throw noSuchCreator();
  const state = makeState(person, stateKey(keys), now(), shop);
  return { url: shopifyConsentUrl(requireShopify(keys), shop, state), until: now() + stateLastsMs };
}

const no = (says: string): Connected => ({ ok: false, says });

type Query = { readonly [name: string]: string | undefined };

const foreign = 'This does not come from Shopify; nothing was connected.';

/** Whose consent comes back, or why it is none. Nothing is connected by this. */
export async function whoseShopify({ keys, now }: Connectors, query: Query): Promise<{ creatorId: string } | { says: string }> {
  const known = await keys();
  if (!isShopifyRedirect(query, requireShopify(known).clientSecret)) return { says: foreign };
  const begun = readState(query.state ?? '', stateKey(known), now());
  return begun && begun.shop === query.shop ? { creatorId: begun.creatorId } : { says: notBegun };
}

/**
 * What comes of a seller who comes back, completed by the person who began it; the query with every parameter that Shopify has sent. Throws
 * forbidden for another person, conflict for a state that was used before, and what the network throws.
 */
export async function finishShopify(
  { collector, now, ...connectors }: Connectors,
  person: Person,
  query: Query,
  send: typeof fetch = fetch,
): Promise<Connected> {
  const { creatorId } = person;
  const keys = await connectors.keys();
  const app = requireShopify(keys);
  if (!isShopifyRedirect(query, app.clientSecret)) return no(foreign);
  const begun = readState(query.state ?? '', stateKey(keys), now());
  if (!begun || begun.shop !== query.shop) return no(notBegun);
  requireBeginner(begun, person, stateKey(keys));
  await useOnce(collector.table, begun);
  const { shop } = begun;
  const granted = query.code ? await exchangeShopifyCode(app, shop, query.code, send) : undefined;
  if (!granted)
    return no(
      'The seller did not give consent, the code was used before, or Shopify does not answer; nothing was connected. Connect the shop again.',
    );
  const missing = scopes.filter((scope) => !granted.includes(scope));
  if (missing.length) return no(`The shop does not let the app read its orders (${missing.join(', ')}); nothing was connected.`);
  if (!(await readProfiles(collector.table, [creatorId])).has(creatorId)) return no('The creator is no longer there.');
  const connection = {
    vendor: shopify,
    shopId: shop,
    creatorId,
    name: shop.split('.', 1)[0] ?? shop,
    cipher: '',
    authorisation: '',
    scopes: granted,
    connectedAt: now(),
    refreshExpiresAt: 0,
  };
  if (!(await putConnection(collector.table, connection))) return no(`${shop} is connected to another creator.`);
  return {
    ok: true,
    granted: [connection],
    says: `Connected: ${shop}. What happens from now on comes by itself; for what was before, import the export of orders.`,
  };
}
