/** Which shops are connected, how is one connected, and how do a creator's sources fare? */
import * as z from 'zod';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';

const instant = z.string().nullable();

export const sourceAnswer = z.object({
  name: z
    .enum(['tiktok-shop', 'shopify', 'easypost', 'aftership', 'shippo', 'files', 'events-api'])
    .describe(
      '`tiktok-shop`: one for each connected shop, or one that is not connected. `easypost`, `aftership`, `shippo`: carrier services whose webhooks can be checked here, or that told of a parcel before. `events-api`: programs that send events',
    ),
  shopId: z.string().nullable(),
  shop: z.string().nullable().describe('what the seller calls the shop'),
  as: z.enum(['seller', 'creator']).nullable().describe('of a connected shop: whose consent it is'),
  state: z
    .enum(['connected', 'importing', 'behind', 'failing', 'reconnect', 'not_connected', 'not_set_up', 'in_use', 'unused'])
    .describe(
      'importing: the past is being read. behind: nothing was read for an hour. failing: the last runs failed. reconnect: the seller has to give consent anew. not_set_up: this deployment has no app of the vendor',
    ),
  progress: z.number().min(0).max(1).describe('how much of the past is read; 1: all of it'),
  newestDatum: instant.describe(
    'everything that had changed by then is read; of what is heard by webhooks alone: the newest that was told',
  ),
  lastSuccess: instant.describe('of programs that send events: to ten minutes'),
  lastDay: z.int().nullable().describe('entries that came in within 24 hours, to the hour; null: not counted'),
  lagSeconds: z.number().nullable().describe('age of newestDatum'),
  lastError: z.string().nullable(),
  remedy: z.string().nullable().describe('what to do; null: nothing'),
});
export type SourceAnswer = z.infer<typeof sourceAnswer>;

export const missingAnswer = z.object({
  entity: z.string().describe('what no source has brought yet'),
  kpis: z.array(z.string()).describe('the numbers that need it'),
});
export type MissingAnswer = z.infer<typeof missingAnswer>;

export const sourcesAnswer = z.object({ sources: z.array(sourceAnswer), missing: z.array(missingAnswer) });
export type SourcesAnswer = z.infer<typeof sourcesAnswer>;

export const connectionAnswer = z.object({
  vendor: z.string(),
  shopId: z.string(),
  shop: z.string(),
  as: z.enum(['seller', 'creator']),
  state: z.enum(['connected', 'reconnect']),
  connectedAt: z.string(),
  consentUntil: instant.describe('then the seller has to give consent anew; null: it does not end by itself'),
  scopes: z.array(z.string()),
});
export type ConnectionAnswer = z.infer<typeof connectionAnswer>;

export const getConnections = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/connections',
  gate: { to: 'connect', rate: 10, burst: 20 },
  summary: 'The shops that are connected.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: z.object({ connections: z.array(connectionAnswer) }),
});

export const getSources = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/sources',
  gate: { to: 'connect', rate: 10, burst: 20 },
  summary: 'How each source fares: its state, how new its data is, what failed and what to do; and what none has brought yet.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: sourcesAnswer,
});

export const postTikTokShopConnection = endpoint({
  method: 'POST',
  path: '/v1/creators/{creatorId}/connections/tiktok-shop',
  gate: { to: 'connect', rate: 2, burst: 5 },
  summary:
    'Where the seller gives consent to read the shop; who began completes it after coming back from there. Nothing is connected by this call.',
  roles: owners,
  query: z.strictObject({
    as: z
      .enum(['seller', 'creator'])
      .default('seller')
      .describe('creator: someone who sells for the shops of others, and whose commissions are read'),
  }),
  status: 200,
  answer: z.object({
    url: z.string().describe('page of TikTok Shop'),
    until: z.string().describe('coming back is good until then'),
  }),
});

export const getTikTokShopCallback = endpoint({
  method: 'GET',
  path: '/v1/connect/tiktok-shop/callback',
  gate: { to: 'connect', rate: 5, burst: 20 },
  summary:
    'Where TikTok Shop sends a seller back to after consent: a page that leads on to the dashboard, where it is completed.',
  roles: 'public',
  publicBecause:
    'A browser comes back from the vendor without a token of ours. Nothing is connected here: the page leads on to the dashboard, where the person who began completes it.',
  // The vendor adds parameters of its own.
  query: z.object({ code: z.string().optional(), state: z.string().optional(), error: z.string().optional() }),
  status: 200,
  answer: 'html',
});

export const postConnection = endpoint({
  method: 'POST',
  path: '/v1/creators/{creatorId}/connections',
  gate: { to: 'connect', rate: 2, burst: 5 },
  summary:
    'Completes a consent: connects what the seller granted on the vendor’s page. Only the person who began it, for the creator it was begun for; once, within half an hour.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: z.strictObject({
      vendor: z.enum(['tiktok-shop', 'shopify']),
      back: z.string().min(1).max(4000).describe('the query that the vendor sent the seller back with, as it came'),
    }),
    example: { vendor: 'tiktok-shop', back: 'code=…&state=…' },
  },
  status: 200,
  answer: z.object({
    says: z.string().describe('what was connected and what was not, in a sentence'),
    shops: z.array(z.object({ shopId: z.string(), shop: z.string() })).describe('what is connected now'),
  }),
});

const shopDomain = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$/, 'must be the shop’s own domain, such as example.myshopify.com');

export const postShopifyConnection = endpoint({
  method: 'POST',
  path: '/v1/creators/{creatorId}/connections/shopify',
  gate: { to: 'connect', rate: 2, burst: 5 },
  summary:
    'Where the seller lets the app read the orders of a shop of Shopify; who began completes it after coming back from there. Nothing is connected by this call.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: z.strictObject({ shop: shopDomain.describe('domain of the shop: example.myshopify.com') }),
    example: { shop: 'example.myshopify.com' },
  },
  status: 200,
  answer: z.object({
    url: z.string().describe('page of the shop'),
    until: z.string().describe('coming back is good until then'),
  }),
});

export const getShopifyCallback = endpoint({
  method: 'GET',
  path: '/v1/connect/shopify/callback',
  gate: { to: 'connect', rate: 5, burst: 20 },
  summary: 'Where Shopify sends a seller back to after consent: a page that leads on to the dashboard, where it is completed.',
  roles: 'public',
  publicBecause:
    'A browser comes back from the vendor without a token of ours. Nothing is connected here: the page leads on to the dashboard, where the person who began completes it.',
  // Every parameter is part of the signature, whatever the vendor adds.
  query: z.looseObject({}),
  status: 200,
  answer: 'html',
});

export const getPrivacyRequests = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/privacy-requests',
  gate: { to: 'connect', rate: 10, burst: 20 },
  summary:
    'What buyers asked for under privacy law through a vendor, what of them is kept, and what was erased; the newest first.',
  roles: owners,
  query: noQuery,
  status: 200,
  answer: z.object({
    requests: z.array(
      z.object({
        vendor: z.string(),
        shopId: z.string(),
        wants: z
          .enum(['show', 'erase', 'erase_shop'])
          .describe('show: tell the buyer what is kept, which is the seller’s to do. erase, erase_shop: done'),
        at: z.string(),
        orders: z
          .array(z.string())
          .describe('subjects of orders that held a keyed hash of the buyer; nothing else of a person is kept'),
        found: z.number().describe('how many there were; at most 500 are named'),
      }),
    ),
  }),
});
