/** How does a seller let an app into a shop of Shopify? Asked on a page of the shop, sent back with a signed query, whose code is good once. */
import { createHmac } from 'node:crypto';
import { isSameDigest } from '../digest.ts';
import { objectOf, textOf } from '../record.ts';

/** What the app asks for: orders with their refunds and fulfillments, and nothing it could change. */
export const scopes = ['read_orders'];

export interface ShopifyApp {
  clientId: string;
  clientSecret: string;
  /** Where the seller comes back to; the vendor knows it too. */
  callback: string;
  /** Another address than the shop's own: a stand-in. */
  url?: string | undefined;
}

const baseOf = ({ url }: ShopifyApp, shop: string): string => url ?? `https://${shop}`;

/** The shop's page of consent (shopify.dev, authorization code grant). */
export const shopifyConsentUrl = (app: ShopifyApp, shop: string, state: string): string =>
  `${baseOf(app, shop)}/admin/oauth/authorize?${new URLSearchParams({
    client_id: app.clientId,
    scope: scopes.join(','),
    redirect_uri: app.callback,
    state,
  })}`;

/** Does a query come from Shopify? `hmac` is hex over the other parameters, decoded, in the order of their names. */
export function isShopifyRedirect(query: { readonly [name: string]: string | undefined }, clientSecret: string): boolean {
  const said = Object.entries(query)
    .filter(([name]) => name !== 'hmac')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return isSameDigest(createHmac('sha256', clientSecret).update(said).digest('hex'), query.hmac ?? '');
}

/** What the seller granted. The token that comes along is not kept: nothing is asked of a shop. Undefined where the code is not good or the shop does not answer. */
export async function exchangeShopifyCode(
  app: ShopifyApp,
  shop: string,
  code: string,
  send: typeof fetch = fetch,
): Promise<string[] | undefined> {
  const response = await send(`${baseOf(app, shop)}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ client_id: app.clientId, client_secret: app.clientSecret, code }),
    signal: AbortSignal.timeout(10_000),
    redirect: 'error',
  }).catch(() => undefined);
  if (!response?.ok) return undefined;
  const { scope, access_token } = objectOf(await response.json().catch(() => undefined));
  return textOf(access_token) === undefined ? undefined : (textOf(scope) ?? '').split(',');
}
