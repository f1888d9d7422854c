/** What is done with a webhook of Shopify at the door? Its signature is checked over the bytes, it becomes snapshots without a person in them, and is left on the queue. */
import { createHash } from 'node:crypto';
import type { CloudEvent } from '../events/parse.ts';
import { newNotes } from '../sources/mapping-notes.ts';
import { textOf } from '../sources/record.ts';
import { shopifyShipments } from '../sources/shopify/fulfillment.ts';
import { shopifyOrder } from '../sources/shopify/order.ts';
import { privacyRequest } from '../sources/shopify/privacy.ts';
import { shopifyRefund } from '../sources/shopify/refund.ts';
import type { ShopifyShop } from '../sources/shopify/shop.ts';
import { type Headers, isFromShopify, parseShopifyWebhook, type ShopifyWebhook } from '../sources/shopify/webhook.ts';
import { findConnection } from '../store/connections.ts';
import { withHash } from './parcels.ts';
import { derivedKey, type VendorKeys } from './vendor-keys.ts';
import { type Door, leave, type Received, readOrNot, shopify, type WaitingShopify } from './waiting.ts';

const uninstalled = 'app/uninstalled';

function eventsOf({ brings, body }: ShopifyWebhook, shop: ShopifyShop): CloudEvent[] {
  if (brings === 'refund') return shopifyRefund(body, shop);
  const notes = newNotes();
  return [shopifyOrder(body, shop, notes), ...shopifyShipments(body, shop, notes)];
}

/** A webhook without an id is known by its bytes. Throws what table and queue throw: the vendor sends it again. */
export async function receiveShopify(
  { keys, ...door }: Door<VendorKeys>,
  rawBody: Uint8Array,
  headers: Headers,
): Promise<Received> {
  if (!keys.shopify || !isFromShopify(rawBody, headers['x-shopify-hmac-sha256'], keys.shopify.clientSecret)) return 'refused';
  const webhook = readOrNot(() => parseShopifyWebhook(headers, rawBody));
  if (!webhook) return 'unreadable';
  const { topic, brings, body, dedupeKey, shopDomain: shopId } = webhook;
  if (brings === 'nothing' && topic !== uninstalled) return 'nothing';
  // Headers are not signed; what a request about people says of its shop is.
  if (!shopId || (brings === 'privacy' && textOf(body.shop_domain) !== shopId)) return 'unreadable';
  const connection = await findConnection(door.table, { vendor: shopify, shopId });
  if (!connection) return 'unknown';
  const { creatorId, state } = connection;
  const id = dedupeKey ?? createHash('sha256').update(rawBody).digest('hex');
  const buyerSecret = derivedKey(keys, 'buyers');
  const leaveIt = (more: Omit<WaitingShopify, 'vendor' | 'shopId'>) =>
    leave(door, `${topic} ${id}`, { vendor: shopify, shopId, ...more });
  if (topic === uninstalled) return leaveIt({ hasLeft: true });
  if (brings === 'privacy') {
    const { wants, buyerKeys, orders } = privacyRequest(topic, body, { creatorId, buyerSecret });
    return leaveIt({ privacy: { id, wants, buyerKeys, orders } });
  }
  // A shop that has left sends what was under way; nobody counts it any more.
  if (state === 'reconnect') return 'nothing';
  const events = readOrNot(() => eventsOf(webhook, { creatorId, domain: shopId, buyerSecret }));
  if (!events) return 'unreadable';
  return events.length ? leaveIt({ events: events.map((event) => withHash(event, keys)) }) : 'nothing';
}
