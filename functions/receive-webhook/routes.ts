/** What does receive-webhook answer? Written by `npm run generate` from the files in routes/. */
import { tiktokShopWebhook } from './routes/tiktok-shop.ts';

export const routes = [tiktokShopWebhook];
