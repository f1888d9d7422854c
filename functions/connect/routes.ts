/** What does connect answer? Written by `npm run generate` from the files in routes/. */
import { connections, sources } from './routes/connections.ts';
import { beginTikTokShop, finishTikTokShop } from './routes/tiktok-shop.ts';

export const routes = [connections, sources, beginTikTokShop, finishTikTokShop];
