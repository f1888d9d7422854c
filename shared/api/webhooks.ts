/** Which notices do vendors send here? Their own signature over the body stands in place of a token. */
import * as z from 'zod';
import { endpoint } from './endpoint.ts';

export const postTikTokShopWebhook = endpoint({
  method: 'POST',
  path: '/v1/webhooks/tiktok-shop',
  gate: { to: 'receive-webhook', rate: 200, burst: 400 },
  summary:
    'A webhook of TikTok Shop: 200 and an empty body once it is kept, also where it came before or changes nothing; 401 where its signature is missing or wrong.',
  roles: 'public',
  publicBecause:
    'The vendor has no token of ours: its signature over the bytes of the body is the proof, and is checked before anything is read.',
  // What the vendor may add to the address is no business of ours.
  query: z.object({}),
  takesRawBody: true,
  status: 200,
  answer: 'empty',
});
