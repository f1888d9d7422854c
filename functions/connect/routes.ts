/** What does connect answer? Written by `npm run generate` from the files in routes/. */
import { completeConsent } from './routes/completion.ts';
import { connections, privacyRequests, sources } from './routes/connections.ts';
import { beginShop, returnFromShop } from './routes/shopify.ts';
import { beginTikTokShop, returnFromTikTokShop } from './routes/tiktok-shop.ts';

export const routes = [
  connections,
  sources,
  beginTikTokShop,
  privacyRequests,
  beginShop,
  completeConsent,
  returnFromShop,
  returnFromTikTokShop,
];
