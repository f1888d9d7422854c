/** What does a webhook of Shopify bring? Its signature is checked over the bytes; what is in it follows from the topic in the headers. */
import { createHmac } from 'node:crypto';
import { isSameDigest } from '../digest.ts';
import { readJson } from '../read-json.ts';
import { objectOf, type Raw, textOf } from '../record.ts';

/** Headers by their names in small letters. */
export type Headers = { readonly [name: string]: string | undefined };

/** Header `X-Shopify-Hmac-SHA256`: base64 of HMAC-SHA256 over the raw body, with the app's client secret. */
export const isFromShopify = (rawBody: Uint8Array, header: string | undefined, clientSecret: string): boolean =>
  header !== undefined && isSameDigest(createHmac('sha256', clientSecret).update(rawBody).digest('base64'), header.trim());

export type Brings = 'order' | 'refund' | 'privacy' | 'nothing';

export interface ShopifyWebhook {
  topic: string;
  brings: Brings;
  /** The same for a webhook that comes again. */
  dedupeKey: string | undefined;
  shopDomain: string | undefined;
  /** The order or refund itself, whether it came bare or wrapped. */
  body: Raw;
}

/** Topics whose body is an order. */
const orderTopics = new Set(
  ['create', 'updated', 'edited', 'paid', 'partially_fulfilled', 'fulfilled', 'cancelled'].map((each) => `orders/${each}`),
);
/** Every app has to take these, and answer 200. */
const privacyTopics = new Set(['customers/data_request', 'customers/redact', 'shop/redact']);

function whatBrings(topic: string): Brings {
  if (orderTopics.has(topic)) return 'order';
  if (topic === 'refunds/create') return 'refund';
  return privacyTopics.has(topic) ? 'privacy' : 'nothing';
}

/**
 * Reads a webhook. Its body is the bare object (to be confirmed); one that is wrapped in `{"order": …}` or `{"refund": …}` is read too.
 * `orders/edited` has another body than the other topics (to be confirmed): without an order in it, it brings nothing.
 * Throws SyntaxError where it is no JSON.
 */
export function parseShopifyWebhook(headers: Headers, rawBody: Uint8Array): ShopifyWebhook {
  const topic = textOf(headers['x-shopify-topic']) ?? '';
  const outer = objectOf(readJson(Buffer.from(rawBody).toString('utf8')));
  const brings = whatBrings(topic);
  const wrapped = brings === 'order' || brings === 'refund' ? outer[brings] : undefined;
  const body = wrapped === undefined ? outer : objectOf(wrapped);
  const isRecord = brings !== 'order' || Array.isArray(body.line_items);
  return {
    topic,
    brings: isRecord ? brings : 'nothing',
    dedupeKey: textOf(headers['x-shopify-webhook-id']),
    shopDomain: textOf(headers['x-shopify-shop-domain']),
    body,
  };
}
