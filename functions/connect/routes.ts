/** What does connect answer? Written by `npm run generate` from the files in routes/. */
import { connections, privacyRequests, sources } from './routes/connections.ts';
import { beginShop, finishShop } from './routes/shopify.ts';
import { beginTikTokShop, finishTikTokShop } from './routes/tiktok-shop.ts';

export const routes = [connections, sources, beginTikTokShop, finishTikTokShop, privacyRequests, beginShop, finishShop];
