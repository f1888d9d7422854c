/** Which notices do vendors send here? Their own signature over the body stands in place of a token. */
import * as z from 'zod';
import { endpoint } from './endpoint.ts';

const noToken =
  'The vendor has no token of ours: its signature over the bytes of the body is the proof, and is checked before anything is read.';

/** What the vendor may add to the address is no business of ours. */
const anyQuery = z.object({});

export const postTikTokShopWebhook = endpoint({
  method: 'POST',
  path: '/v1/webhooks/tiktok-shop',
  gate: { to: 'receive-webhook', rate: 200, burst: 400 },
  summary:
    'A webhook of TikTok Shop: 200 and an empty body once it is kept, also where it came before or changes nothing; 401 where its signature is missing or wrong.',
  roles: 'public',
  publicBecause: noToken,
  query: anyQuery,
  takesRawBody: true,
  status: 200,
  answer: 'empty',
});

export const postEasyPostWebhook = endpoint({
  method: 'POST',
  path: '/v1/webhooks/easypost',
  gate: { to: 'receive-webhook', rate: 200, burst: 400 },
  summary:
    'An event of EasyPost about a parcel (`X-Hmac-Signature`): 200 and an empty body once it is kept; 401 where its signature is missing or wrong.',
  roles: 'public',
  publicBecause: noToken,
  query: anyQuery,
  takesRawBody: true,
  status: 200,
  answer: 'empty',
});

export const postAfterShipWebhook = endpoint({
  method: 'POST',
  path: '/v1/webhooks/aftership',
  gate: { to: 'receive-webhook', rate: 200, burst: 400 },
  summary:
    'A webhook of AfterShip about a parcel (`aftership-hmac-sha256`): 200 and an empty body once it is kept; 401 where its signature is missing or wrong.',
  roles: 'public',
  publicBecause: noToken,
  query: anyQuery,
  takesRawBody: true,
  status: 200,
  answer: 'empty',
});

export const postShippoWebhook = endpoint({
  method: 'POST',
  path: '/v1/webhooks/shippo',
  gate: { to: 'receive-webhook', rate: 200, burst: 400 },
  summary:
    'A webhook of Shippo about a parcel (`Shippo-Auth-Signature`, at most five minutes old): 200 and an empty body once it is kept; 401 where its signature is missing or wrong.',
  roles: 'public',
  publicBecause: noToken,
  query: anyQuery,
  takesRawBody: true,
  status: 200,
  answer: 'empty',
});

export const postShopifyWebhook = endpoint({
  method: 'POST',
  path: '/v1/webhooks/shopify',
  gate: { to: 'receive-webhook', rate: 200, burst: 400 },
  summary:
    'A webhook of Shopify (`X-Shopify-Hmac-Sha256`), the mandatory ones about privacy among them: 200 and an empty body once it is kept, also where its shop is not connected; 401 where its signature is missing or wrong.',
  roles: 'public',
  publicBecause: noToken,
  query: anyQuery,
  takesRawBody: true,
  status: 200,
  answer: 'empty',
});
