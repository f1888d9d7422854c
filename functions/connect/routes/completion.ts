/** How is a consent completed? By the person who began it, signed in, with what the vendor sent along. */
import { postConnection } from '../../../shared/api/connections.ts';
import { finishShopify } from '../../../shared/connections/connect-shopify.ts';
import { type Connected, finishConsent } from '../../../shared/connections/connect-tiktok-shop.ts';
import { tiktokShop } from '../../../shared/connections/waiting.ts';
import { ApiError } from '../../../shared/errors.ts';
import { TikTokShopError } from '../../../shared/sources/tiktok-shop/error.ts';
import { route } from '../../http.ts';
import type { ConnectContext } from '../context.ts';

export const completeConsent = route(postConnection, async ({ creatorId, identity, body }, context: ConnectContext) => {
  const person = { creatorId, subject: identity.sub };
  const query = Object.fromEntries(new URLSearchParams(body.back));
  const isTikTokShop = body.vendor === tiktokShop;
  const connected = isTikTokShop
    ? await finishConsent(context, person, query).catch(explained)
    : await finishShopify(context, person, query, context.fetchShopify);
  if (!connected.ok) throw new ApiError('conflict', connected.says);
  const { granted, says } = connected;
  if (isTikTokShop) for (const { vendor, shopId } of granted) await context.start({ vendor, shopId });
  return { json: { says, shops: granted.map(({ shopId, name }) => ({ shopId, shop: name })) } };
});

function explained(error: unknown): Connected {
  if (error instanceof TikTokShopError) return { ok: false, says: `It could not be connected: ${error.message}.` };
  throw error;
}
