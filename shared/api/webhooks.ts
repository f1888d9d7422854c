/** Which notices do vendors send here? Their own signature over the body stands in place of a token. */
import * as z from 'zod';
import { endpoint } from './endpoint.ts';

const noToken =
  'The vendor has no token of ours: its signature over the bytes of the body is the proof, and is checked before anything is read.';

/** What the vendor may add to the address is no business of ours. */
const anyQuery = z.object({});

/** All notices come in the same way; their summary says what is their vendor's own. */
const noticeOf = <Vendor extends string>(vendor: Vendor) =>
  ({
    method: 'POST',
    path: `/v1/webhooks/${vendor}`,
    gate: { to: 'receive-webhook', rate: 200, burst: 400 },
    roles: 'public',
    publicBecause: noToken,
    query: anyQuery,
    takesRawBody: true,
    status: 200,
    answer: 'empty',
  }) as const;

export const postTikTokShopWebhook = endpoint({
  ...noticeOf('tiktok-shop'),
  summary:
    'A webhook of TikTok Shop: 200 and an empty body once it is kept, also where it came before or changes nothing; 401 where its signature is missing or wrong.',
});

export const postEasyPostWebhook = endpoint({
  ...noticeOf('easypost'),
  summary:
    'An event of EasyPost about a parcel (`X-Hmac-Signature`): 200 and an empty body once it is kept; 401 where its signature is missing or wrong.',
});

export const postAfterShipWebhook = endpoint({
  ...noticeOf('aftership'),
  summary:
    'A webhook of AfterShip about a parcel (`aftership-hmac-sha256`): 200 and an empty body once it is kept; 401 where its signature is missing or wrong.',
});

export const postShippoWebhook = endpoint({
  ...noticeOf('shippo'),
  summary:
    'A webhook of Shippo about a parcel (`Shippo-Auth-Signature`, at most five minutes old): 200 and an empty body once it is kept; 401 where its signature is missing or wrong.',
});

export const postShopifyWebhook = endpoint({
  ...noticeOf('shopify'),
  summary:
    'A webhook of Shopify (`X-Shopify-Hmac-Sha256`), the mandatory ones about privacy among them: 200 and an empty body once it is kept, also where its shop is not connected; 401 where its signature is missing or wrong.',
});
