/** What does TikTok Shop say has changed? */
import { postTikTokShopWebhook } from '../../../shared/api/webhooks.ts';
import { receiveTikTokShop } from '../../../shared/connections/receive-tiktok-shop.ts';
import { route } from '../../http.ts';
import { metric } from '../../metric.ts';
import type { WebhookContext } from '../context.ts';

export const tiktokShopWebhook = route(
  postTikTokShopWebhook,
  async ({ rawBody, headers, now }, { table, send, keys }: WebhookContext) => {
    const received = await receiveTikTokShop({ table, send, keys: await keys() }, rawBody, headers.authorization, now);
    if (received === 'refused') console.log(metric('RefusedWebhooks', 1));
    // Genuine and yet no webhook: sent again it would be no better, so it is answered as taken.
    if (received === 'unreadable') console.log(JSON.stringify({ level: 'warn', webhook: 'tiktok-shop', outcome: received }));
    return { empty: received === 'refused' ? 401 : 200 };
  },
);
