/** What is done with a webhook of TikTok Shop at the door? Its signature is checked over the bytes that came, it is left on the queue once, and answered at once. */
import type { Send } from '../jobs/queue.ts';
import { isGenuineWebhook } from '../sources/tiktok-shop/sign.ts';
import { type Notification, parseWebhook } from '../sources/tiktok-shop/webhook.ts';
import { isSeen, markSeen } from '../store/seen-webhooks.ts';
import type { Table } from '../store/table.ts';
import type { VendorKeys } from './vendor-keys.ts';

export const tiktokShop = 'tiktok-shop';

/** A notification as it waits on the queue: what is needed to read again, and nothing of the shop's data. */
export interface Waiting {
  vendor: string;
  notification: Pick<Notification, 'type' | 'shopId' | 'sellerOpenId' | 'creatorOpenId' | 'data'>;
}

/** refused: the signature is missing or wrong. unreadable: genuine, but no webhook. repeated: it came before. */
export type Received = 'taken' | 'refused' | 'repeated' | 'unreadable';

/**
 * It is left on the queue before it is noted as seen: one that comes again meanwhile is left twice, which reads the same thing twice; none
 * is noted and lost. Throws what table and queue throw: the vendor sends it again.
 */
export async function receiveTikTokShop(
  { table, send, keys }: { table: Table; send: Send; keys: VendorKeys },
  rawBody: Uint8Array,
  authorization: string | undefined,
  now: number,
): Promise<Received> {
  if (!keys.tiktokShop || !isGenuineWebhook(rawBody, authorization, keys.tiktokShop)) return 'refused';
  const notification = readOrNot(rawBody);
  if (!notification) return 'unreadable';
  const { dedupeKey, type, shopId, sellerOpenId, creatorOpenId, data } = notification;
  if (await isSeen(table, tiktokShop, dedupeKey, now)) return 'repeated';
  const waiting: Waiting = { vendor: tiktokShop, notification: { type, shopId, sellerOpenId, creatorOpenId, data: idsOf(data) } };
  await send(waiting);
  await markSeen(table, tiktokShop, dedupeKey, now);
  return 'taken';
}

function readOrNot(rawBody: Uint8Array): Notification | undefined {
  try {
    return parseWebhook(rawBody);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Fields with ids, and lists of them: messages and addresses do not wait on a queue. */
const idsOf = (data: Notification['data']): Notification['data'] =>
  Object.fromEntries(Object.entries(data).filter(([name]) => /_id$|^package_list$|^products$/.test(name)));
