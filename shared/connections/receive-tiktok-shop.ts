/** What is done with a webhook of TikTok Shop at the door? Its signature is checked over the bytes that came, it is left on the queue, and answered at once. */
import { isGenuineWebhook } from '../sources/tiktok-shop/sign.ts';
import { type Notification, parseWebhook } from '../sources/tiktok-shop/webhook.ts';
import type { VendorKeys } from './vendor-keys.ts';
import { type Door, leave, type Received, readOrNot, tiktokShop } from './waiting.ts';

/** Throws what the queue throws: the vendor sends it again. */
export async function receiveTikTokShop(
  { keys, ...door }: Pick<Door<VendorKeys>, 'keys' | 'send'>,
  rawBody: Uint8Array,
  authorization: string | undefined,
): Promise<Received> {
  if (!keys.tiktokShop || !isGenuineWebhook(rawBody, authorization, keys.tiktokShop)) return 'refused';
  const notification = readOrNot(() => parseWebhook(rawBody));
  if (!notification) return 'unreadable';
  const { dedupeKey, type, shopId, sellerOpenId, creatorOpenId, data } = notification;
  const waiting = { type, shopId, sellerOpenId, creatorOpenId, data: idsOf(data) };
  return leave(door, dedupeKey, { vendor: tiktokShop, notification: waiting });
}

/** Fields with ids, and lists of them: messages and addresses do not wait on a queue. */
const idsOf = (data: Notification['data']): Notification['data'] =>
  Object.fromEntries(Object.entries(data).filter(([name]) => /_id$|^package_list$|^products$/.test(name)));
