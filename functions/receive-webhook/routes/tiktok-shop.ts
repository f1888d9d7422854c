/** What does TikTok Shop say has changed? */
import { postTikTokShopWebhook } from '../../../shared/api/webhooks.ts';
import { receiveTikTokShop } from '../../../shared/connections/receive-tiktok-shop.ts';
import { tiktokShop } from '../../../shared/connections/waiting.ts';
import { route } from '../../http.ts';
import { answerOf } from '../answer.ts';
import type { WebhookContext } from '../context.ts';

export const tiktokShopWebhook = route(postTikTokShopWebhook, async ({ rawBody, headers }, { send, keys }: WebhookContext) =>
  answerOf(tiktokShop, await receiveTikTokShop({ send, keys: await keys() }, rawBody, headers.authorization)),
);
