/** What waits on the queue of notifications? What a webhook named or said, and nothing of a person; left there once. */
import type { CloudEvent } from '../events/parse.ts';
import type { Send } from '../jobs/queue.ts';
import type { Told } from '../sources/carriers/shipment.ts';
import type { PrivacyRequest } from '../sources/shopify/privacy.ts';
import type { Notification } from '../sources/tiktok-shop/webhook.ts';
import { isSeen, markSeen } from '../store/seen-webhooks.ts';
import type { Table } from '../store/table.ts';

export const tiktokShop = 'tiktok-shop';

/** TikTok Shop: what is needed to read again. */
export interface WaitingNotification {
  vendor: typeof tiktokShop;
  notification: Pick<Notification, 'type' | 'shopId' | 'sellerOpenId' | 'creatorOpenId' | 'data'>;
}

/** A carrier service: what it told, under the hash of the tracking number. */
export interface WaitingParcel {
  vendor: Told['service'];
  parcel: string;
  told: Told;
}

export const shopify = 'shopify';

/** Shopify, of a shop that is connected: snapshots, the shop's leave, or a request under privacy law. */
export interface WaitingShopify {
  vendor: typeof shopify;
  shopId: string;
  events?: CloudEvent[];
  hasLeft?: boolean;
  privacy?: Pick<PrivacyRequest, 'wants' | 'buyerKeys' | 'orders'> & { id: string };
}

export type Waiting = WaitingNotification | WaitingParcel | WaitingShopify;

/** What the door works with. */
export interface Door<Keys> {
  table: Table;
  send: Send;
  keys: Keys;
}

/** refused: the signature is missing, wrong or too old. unknown: of a shop that nobody has connected. unreadable: genuine, but no webhook. repeated: it came before. nothing: nothing that is counted changes. */
export type Received = 'taken' | 'refused' | 'repeated' | 'unreadable' | 'nothing' | 'unknown';

/**
 * Leaves a message unless one with its key was left within a week. It is left before it is noted as seen: one that comes again meanwhile is
 * left twice, which does the same thing twice; none is noted and lost. Throws what table and queue throw: the vendor sends it again.
 */
export async function leaveOnce(
  { table, send }: Pick<Door<unknown>, 'table' | 'send'>,
  dedupeKey: string,
  message: Waiting,
  now: number,
): Promise<'taken' | 'repeated'> {
  if (await isSeen(table, message.vendor, dedupeKey, now)) return 'repeated';
  await send(message);
  await markSeen(table, message.vendor, dedupeKey, now);
  return 'taken';
}

/** What `read` answers; undefined where the bytes are not what they should be. */
export function readOrNot<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
