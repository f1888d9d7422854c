/** Does a webhook come from the carrier service that it names? Each signs the bytes of the body; they are checked before anything reads them. */
import { createHmac } from 'node:crypto';
import { isSameDigest } from '../digest.ts';

const hmac = (secret: string, ...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHmac('sha256', secret));

/** Header `X-Hmac-Signature: hmac-sha256-hex=…`; the secret is normalised first (EasyPost/easypost-node, src/utils/util.js). */
export const isFromEasyPost = (rawBody: Uint8Array, header: string | undefined, secret: string): boolean =>
  header !== undefined && isSameDigest(`hmac-sha256-hex=${hmac(secret.normalize('NFKD'), rawBody).digest('hex')}`, header.trim());

/** Header `aftership-hmac-sha256`, base64. From public implementations; to be confirmed with the vendor. */
export const isFromAfterShip = (rawBody: Uint8Array, header: string | undefined, secret: string): boolean =>
  header !== undefined && isSameDigest(hmac(secret, rawBody).digest('base64'), header.trim());

/** How old, and how far ahead, the time in Shippo's signature may be, in seconds. Our choice: the vendor names none. */
const tolerance = 300;

/**
 * Header `Shippo-Auth-Signature: t=<seconds>,v1=<hex>` over `t.body`; `now` in ms. From public implementations; to be confirmed. Shippo sets a
 * secret up on request; without one, its webhooks bear a token in their address, which the receiver compares.
 */
export function isFromShippo(rawBody: Uint8Array, header: string | undefined, secret: string, now: number): boolean {
  const parts = new Map(
    (header ?? '')
      .split(',')
      .map((part): [string, string] => [part.split('=', 1)[0]?.trim() ?? '', part.slice(part.indexOf('=') + 1).trim()]),
  );
  const [at, given] = [parts.get('t'), parts.get('v1')];
  if (!at || !given || !/^\d+$/.test(at) || Math.abs(now / 1000 - Number(at)) > tolerance) return false;
  return isSameDigest(hmac(secret, `${at}.`, rawBody).digest('hex'), given);
}
