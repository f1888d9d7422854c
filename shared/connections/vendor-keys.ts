/** What does a deployment share with the vendors? Keys of its apps, read from one secret, and a key of its own. */
import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { ApiError } from '../errors.ts';
import type { Secrets } from '../store/secrets.ts';

const tiktokShop = z.object({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  /** Names the app on the page where sellers give consent. */
  serviceId: z.string().min(1).optional(),
  /** Other addresses than the vendor's: a stand-in. */
  hosts: z.object({ api: z.url(), auth: z.url(), consent: z.url() }).optional(),
});
export type TikTokShopKeys = z.infer<typeof tiktokShop>;

/** The secret with which a carrier service signs its webhooks. */
const signing = z.object({ webhookSecret: z.string().min(1) });

const shopify = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Where sellers come back to, as the app names it: https://…/v1/connect/shopify/callback. */
  callback: z.url(),
  /** Another address than the shops' own: a stand-in. */
  url: z.url().optional(),
});

const vendorKeys = z.object({
  /** Drawn once; signs what leaves the service and comes back, and hashes buyers. Another one makes other buyers of them. */
  ownKey: z.string().min(16),
  tiktokShop: tiktokShop.optional(),
  easypost: signing.optional(),
  aftership: signing.optional(),
  shippo: signing.optional(),
  shopify: shopify.optional(),
});
export type VendorKeys = z.infer<typeof vendorKeys>;

/** How long (ms) they are kept: a changed key is in use after that. */
const keptFor = 300_000;

/** Reads the keys, now and then anew. Throws where the secret is no JSON of this shape; its text is in no message. */
export function openVendorKeys(secrets: Secrets, name: string, now: () => number = Date.now): () => Promise<VendorKeys> {
  let known: { keys: VendorKeys; at: number } | undefined;
  return async () => {
    if (known && now() - known.at < keptFor) return known.keys;
    known = { keys: read(await secrets.get(name)), at: now() };
    return known.keys;
  };
}

function read(text: string | undefined): VendorKeys {
  try {
    return vendorKeys.parse(JSON.parse(text ?? ''));
  } catch {
    throw new Error(
      'The secret with the vendors’ keys is missing or not of its form: see docs/02-implementation/connect-tiktok-shop.md.',
    );
  }
}

/** A key for one purpose, so that what is signed for one is worth nothing for another. */
export const derivedKey = ({ ownKey }: VendorKeys, purpose: string): string =>
  createHmac('sha256', ownKey).update(purpose).digest('base64url');

/** Throws conflict where this deployment has no app of TikTok Shop. */
export function requireTikTokShop({ tiktokShop: keys }: VendorKeys): TikTokShopKeys {
  if (!keys) throw new ApiError('conflict', 'This deployment has no app of TikTok Shop: its keys have to be set first.');
  return keys;
}

/** Throws conflict where this deployment has no app of Shopify. */
export function requireShopify({ shopify: keys }: VendorKeys): NonNullable<VendorKeys['shopify']> {
  if (!keys) throw new ApiError('conflict', 'This deployment has no app of Shopify: its keys have to be set first.');
  return keys;
}
