/** What waits on the queue of notifications? What a webhook named or said, and nothing of a person. */
import type { CloudEvent } from '../events/parse.ts';
import type { Send } from '../jobs/queue.ts';
import type { Told } from '../sources/carriers/shipment.ts';
import type { PrivacyRequest } from '../sources/shopify/privacy.ts';
import type { Notification } from '../sources/tiktok-shop/webhook.ts';
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

export type Message = WaitingNotification | WaitingParcel | WaitingShopify;

/** `id` is the vendor's of the notification, by which one that comes again is known; messages of before have none. */
export type Waiting = Message & { id?: string };

/** What the door works with. */
export interface Door<Keys> {
  table: Table;
  send: Send;
  keys: Keys;
}

/** refused: the signature is missing, wrong or too old. unknown: of a shop that nobody has connected. unreadable: genuine, but no webhook. nothing: nothing that is counted changes. */
export type Received = 'taken' | 'refused' | 'unreadable' | 'nothing' | 'unknown';

/** Leaves a message; what comes twice is left twice, and worked off once. Throws what the queue throws: the vendor sends it again. */
export async function leave({ send }: Pick<Door<unknown>, 'send'>, id: string, message: Message): Promise<'taken'> {
  await send({ ...message, id } satisfies Waiting);
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
