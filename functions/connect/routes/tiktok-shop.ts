/** How is a shop of TikTok Shop connected? */
import { getTikTokShopCallback, postTikTokShopConnection } from '../../../shared/api/connections.ts';
import { beginConsent, type Connected, finishConsent } from '../../../shared/connections/connect-tiktok-shop.ts';
import { consentPage } from '../../../shared/connections/consent-page.ts';
import { TikTokShopError } from '../../../shared/sources/tiktok-shop/error.ts';
import { route } from '../../http.ts';
import type { ConnectContext } from '../context.ts';

export const beginTikTokShop = route(postTikTokShopConnection, async ({ creatorId, query }, context: ConnectContext) => {
  const { url, until } = await beginConsent(context, creatorId, query.as);
  return { json: { url, until: new Date(until).toISOString() } };
});

export const finishTikTokShop = route(getTikTokShopCallback, async ({ query }, context: ConnectContext) => {
  const connected = await finishConsent(context, query).catch((error: unknown): Connected => {
    if (error instanceof TikTokShopError) return { ok: false, says: `It could not be connected: ${error.message}.` };
    throw error;
  });
  if (connected.ok) for (const { vendor, shopId } of connected.granted) await context.start({ vendor, shopId });
  return { html: consentPage(connected.says, 'TikTok Shop', connected.creatorId) };
});
