/** Which shop can be connected to the runtime that tests of the dashboard share? The stand-in's, with a few orders of these weeks. */
import { planShop } from '../../local/vendors/tiktok-shop/plan.ts';
import { consentPath, startStandIn } from '../../local/vendors/tiktok-shop/server.ts';

export const standInApp = { appKey: 'stand-in-app', appSecret: 'stand-in-secret-of-no-value', shopId: '7495540735365777507' };
export type StandInApp = typeof standInApp;

const aDay = 86_400;

/** `service` answers the address of the runtime, once a seller comes back. */
export async function startShop(service: () => string) {
  const from = (Math.floor(Date.now() / 1000 / aDay) - 20) * aDay;
  const plan = planShop({ seed: 'web', from, to: from + 18 * aDay, orders: 30 });
  const { stop, url } = await startStandIn(
    { plan, from, ...standInApp, shopCipher: 'stand-in-cipher', now: Date.now },
    { callback: () => `${service()}/v1/connect/tiktok-shop/callback` },
  );
  const { appKey, appSecret } = standInApp;
  const hosts = { api: url, auth: url, consent: `${url}${consentPath}` };
  return { stop, vendorKeys: { tiktokShop: { appKey, appSecret, serviceId: 'stand-in', hosts } } };
}
