/** Who sent this request? Signatures of TikTok Shop's Open API: of requests to it, and of the webhooks that come from it. */
import { createHmac } from 'node:crypto';
import { isSameDigest } from '../digest.ts';

export interface Signable {
  /** Path of the URL, without host and query. */
  path: string;
  /** Query values as they are before they are encoded. `sign` and `access_token` are left out of the signature. */
  query: { readonly [name: string]: string };
  /** The bytes of the body exactly as they are sent; empty for a request without one. */
  body?: Uint8Array | string | undefined;
}

const unsigned = new Set(['sign', 'access_token']);

/**
 * The value of `sign` (hexadecimal, lower case): HMAC-SHA256 over secret + path + sorted key-value pairs + body + secret.
 * Source: partner.tiktokshop.com/docv2, "Sign your API request". Bodies of content type multipart/form-data are not signed; none is sent here.
 */
export function signRequest({ path, query, body = '' }: Signable, appSecret: string): string {
  const pairs = Object.keys(query)
    .filter((name) => !unsigned.has(name))
    .sort()
    .map((name) => `${name}${query[name]}`);
  return createHmac('sha256', appSecret)
    .update(`${appSecret}${path}${pairs.join('')}`)
    .update(body)
    .update(appSecret)
    .digest('hex');
}

/** How far a request's timestamp may lie behind and ahead of the vendor's clock, in seconds ("Sign your API request"). */
const oldestSeconds = 300;
const newestSeconds = 30;

/** Is the timestamp (seconds, as text) of a request within what the vendor takes? `now` in ms. */
export function isTimely(timestamp: string, now: number): boolean {
  if (!/^\d{10}$/.test(timestamp)) return false;
  const age = now / 1000 - Number(timestamp);
  return age <= oldestSeconds && age >= -newestSeconds;
}

/** The `Authorization` header of a webhook: HMAC-SHA256 over app key + body ("TikTok Shop webhooks overview"). */
export const signWebhook = (rawBody: Uint8Array | string, appKey: string, appSecret: string): string =>
  createHmac('sha256', appSecret).update(appKey).update(rawBody).digest('hex');

/**
 * Does this webhook come from TikTok Shop? `rawBody` holds the bytes as they came, before anything has read them.
 * The signature holds no time, so an old webhook that is sent again is genuine too: the caller keeps each `dedupeKeyOf` once.
 */
export const isGenuineWebhook = (
  rawBody: Uint8Array,
  authorization: string | undefined,
  { appKey, appSecret }: { appKey: string; appSecret: string },
): boolean => authorization !== undefined && isSameDigest(signWebhook(rawBody, appKey, appSecret), authorization.trim());
