/** What does Shopify say has changed, or has to be done? */
import { postShopifyWebhook } from '../../../shared/api/webhooks.ts';
import { receiveShopify } from '../../../shared/connections/receive-shopify.ts';
import { shopify } from '../../../shared/connections/waiting.ts';
import { route } from '../../http.ts';
import { answerOf } from '../answer.ts';
import type { WebhookContext } from '../context.ts';

export const shopifyWebhook = route(postShopifyWebhook, async ({ rawBody, headers }, { table, send, keys }: WebhookContext) =>
  answerOf(shopify, await receiveShopify({ table, send, keys: await keys() }, rawBody, headers)),
);
