/** How is a shop of Shopify connected? */
import { getShopifyCallback, postShopifyConnection } from '../../../shared/api/connections.ts';
import { beginShopify, finishShopify } from '../../../shared/connections/connect-shopify.ts';
import { consentPage } from '../../../shared/connections/consent-page.ts';
import { route } from '../../http.ts';
import type { ConnectContext } from '../context.ts';

export const beginShop = route(postShopifyConnection, async ({ creatorId, body }, context: ConnectContext) => {
  const { url, until } = await beginShopify(context, creatorId, body.shop);
  return { json: { url, until: new Date(until).toISOString() } };
});

export const finishShop = route(getShopifyCallback, async ({ query }, context: ConnectContext) => {
  const { says } = await finishShopify(context, query as Record<string, string | undefined>, context.fetchShopify);
  return { html: consentPage(says, 'Shopify') };
});
