/** What does receive-webhook answer? Written by `npm run generate` from the files in routes/. */
import { afterShipWebhook, easyPostWebhook, shippoWebhook } from './routes/carriers.ts';
import { shopifyWebhook } from './routes/shopify.ts';
import { tiktokShopWebhook } from './routes/tiktok-shop.ts';

export const routes = [tiktokShopWebhook, easyPostWebhook, afterShipWebhook, shippoWebhook, shopifyWebhook];
