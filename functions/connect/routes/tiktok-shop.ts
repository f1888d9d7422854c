/** How does a consent to read a shop of TikTok Shop begin, and where does it come back to? */
import { getTikTokShopCallback, postTikTokShopConnection } from '../../../shared/api/connections.ts';
import { beginConsent, denied, isDenied, whoseConsent } from '../../../shared/connections/connect-tiktok-shop.ts';
import { consentPage, onwardPage } from '../../../shared/connections/consent-page.ts';
import { notBegun } from '../../../shared/connections/consent-state.ts';
import { tiktokShop } from '../../../shared/connections/waiting.ts';
import { route } from '../../http.ts';
import type { ConnectContext } from '../context.ts';

const name = 'TikTok Shop';

export const beginTikTokShop = route(
  postTikTokShopConnection,
  async ({ creatorId, identity, query }, context: ConnectContext) => {
    const { url, until } = await beginConsent(context, { creatorId, subject: identity.sub }, query.as);
    return { json: { url, until: new Date(until).toISOString() } };
  },
);

export const returnFromTikTokShop = route(getTikTokShopCallback, async ({ query }, context: ConnectContext) => {
  const creatorId = await whoseConsent(context, query);
  if (creatorId === undefined) return { html: consentPage(notBegun, name) };
  if (isDenied(query)) return { html: consentPage(denied, name, creatorId) };
  return { html: onwardPage({ vendor: tiktokShop, name }, creatorId, query) };
});
