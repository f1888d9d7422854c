/** How does a consent to hear a shop of Shopify begin, and where does it come back to? */
import { getShopifyCallback, postShopifyConnection } from '../../../shared/api/connections.ts';
import { beginShopify, whoseShopify } from '../../../shared/connections/connect-shopify.ts';
import { consentPage, onwardPage } from '../../../shared/connections/consent-page.ts';
import { shopify } from '../../../shared/connections/waiting.ts';
import { route } from '../../http.ts';
import type { ConnectContext } from '../context.ts';

const name = 'Shopify';

export const beginShop = route(postShopifyConnection, async ({ creatorId, identity, body }, context: ConnectContext) => {
  const { url, until } = await beginShopify(context, { creatorId, subject: identity.sub }, body.shop);
  return { json: { url, until: new Date(until).toISOString() } };
});

export const returnFromShop = route(getShopifyCallback, async ({ query }, context: ConnectContext) => {
  const returned = query as Record<string, string | undefined>;
  const whose = await whoseShopify(context, returned);
  if ('says' in whose) return { html: consentPage(whose.says, name) };
  return { html: onwardPage({ vendor: shopify, name }, whose.creatorId, returned) };
});
