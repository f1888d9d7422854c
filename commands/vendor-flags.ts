/** Which keys of vendors does a start name? Flags for TikTok Shop's app, Shopify's app, and the secrets of carrier services. */
import type { VendorKeyFlags } from '../local/vendor-keys.ts';

export const vendorUsage = `  --tiktok-app-key, --tiktok-app-secret, --tiktok-service-id
                     the app at TikTok Shop whose shops are connected; kept in the data folder for later starts, as are those below
  --tiktok-url       another server than TikTok Shop's, such as that of npm run simulate
  --easypost-secret, --aftership-secret, --shippo-secret
                     with which these services sign their webhooks about parcels
  --shopify-client-id, --shopify-client-secret, --shopify-callback
                     the app at Shopify whose shops are connected, and its redirect address …/v1/connect/shopify/callback
  --shopify-url      another server than the shops' own`;

/** For parseArgs. */
export const vendorOptions = {
  'tiktok-app-key': { type: 'string' },
  'tiktok-app-secret': { type: 'string' },
  'tiktok-service-id': { type: 'string' },
  'tiktok-url': { type: 'string' },
  'easypost-secret': { type: 'string' },
  'aftership-secret': { type: 'string' },
  'shippo-secret': { type: 'string' },
  'shopify-client-id': { type: 'string' },
  'shopify-client-secret': { type: 'string' },
  'shopify-callback': { type: 'string' },
  'shopify-url': { type: 'string' },
} as const;

type Given = { [flag in keyof typeof vendorOptions]?: string | undefined };

function tiktokShopOf(given: Given): VendorKeyFlags {
  const { 'tiktok-app-key': appKey, 'tiktok-app-secret': appSecret, 'tiktok-service-id': serviceId, 'tiktok-url': url } = given;
  if (appKey === undefined && appSecret === undefined && serviceId === undefined && url === undefined) return {};
  if (!appKey || !appSecret) throw new Error('--tiktok-app-key and --tiktok-app-secret belong together: give both.');
  if (url !== undefined && !URL.canParse(url))
    throw new Error(`--tiktok-url ${url} is no address: such as http://127.0.0.1:9191.`);
  const base = url?.replace(/\/$/, '');
  const hosts = base === undefined ? undefined : { api: base, auth: base, consent: `${base}/open/authorize` };
  return { tiktokShop: { appKey, appSecret, serviceId, hosts } };
}

function carriersOf(given: Given): VendorKeyFlags {
  const services = ['easypost', 'aftership', 'shippo'] as const;
  return Object.fromEntries(
    services.flatMap((service) => {
      const webhookSecret = given[`${service}-secret`];
      if (webhookSecret === '') throw new Error(`--${service}-secret is empty: give the secret that ${service} signs with.`);
      return webhookSecret === undefined ? [] : [[service, { webhookSecret }]];
    }),
  );
}

function shopifyOf(given: Given): VendorKeyFlags {
  const {
    'shopify-client-id': clientId,
    'shopify-client-secret': clientSecret,
    'shopify-callback': callback,
    'shopify-url': url,
  } = given;
  if (clientId === undefined && clientSecret === undefined && callback === undefined && url === undefined) return {};
  if (!clientId || !clientSecret || !callback)
    throw new Error('--shopify-client-id, --shopify-client-secret and --shopify-callback belong together: give all three.');
  for (const [flag, address] of Object.entries({ 'shopify-callback': callback, 'shopify-url': url }))
    if (address !== undefined && !URL.canParse(address))
      throw new Error(`--${flag} ${address} is no address: such as http://127.0.0.1:8787/v1/connect/shopify/callback.`);
  return { shopify: { clientId, clientSecret, callback, url: url?.replace(/\/$/, '') } };
}

/** The keys that flags name. Throws Error in words for those that are no good. */
export const vendorKeysOf = (given: Given): VendorKeyFlags => ({
  ...tiktokShopOf(given),
  ...carriersOf(given),
  ...shopifyOf(given),
});
