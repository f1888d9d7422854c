/** How do the fulfillments of an order of Shopify read as events? One shipment each; its tracking number goes along to be hashed. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { trackingKey } from '../carriers/shipment.ts';
import { tally } from '../files/import-report.ts';
import { instant, snapshot } from '../files/snapshot.ts';
import { type Notes, wordOf } from '../mapping-notes.ts';
import { listOf, type Raw, requireText, textOf } from '../record.ts';
import { orderSubject } from './order.ts';
import { type ShopifyShop, shopifyTime } from './shop.ts';

/** `shipment_status`: what the carrier told the shop (shopify.dev, FulfillmentEventStatus). confirmed stands for no word yet. */
const shipmentStatuses: ReadonlyMap<string, string> = new Map([
  ['label_printed', 'label_created'],
  ['label_purchased', 'label_created'],
  ['confirmed', 'label_created'],
  ['carrier_picked_up', 'in_transit'],
  ['in_transit', 'in_transit'],
  ['delayed', 'in_transit'],
  ['out_for_delivery', 'out_for_delivery'],
  ['attempted_delivery', 'delivery_attempt_failed'],
  ['ready_for_pickup', 'available_for_pickup'],
  ['picked_up', 'delivered'],
  ['delivered', 'delivered'],
  ['failure', 'exception'],
]);

/** `status` of a fulfillment that became no parcel: none is made of it, and one that was made is called off. */
const calledOff = new Set(['cancelled', 'error', 'failure']);

const written = (at: number | undefined): string | undefined => (at === undefined ? undefined : instant(at));

/** The number of a fulfillment with one parcel; with several none of them is the shipment's. */
function keyOf(fulfillment: Raw): string | undefined {
  const carrier = textOf(fulfillment.tracking_company);
  const numbers = Array.isArray(fulfillment.tracking_numbers) ? fulfillment.tracking_numbers : [fulfillment.tracking_number];
  const code = numbers.length === 1 ? textOf(numbers[0]) : undefined;
  return carrier && code && trackingKey(carrier, code);
}

function shipmentOf(fulfillment: Raw, orderId: string, shop: ShopifyShop, notes: Notes): CloudEvent {
  const id = requireText(fulfillment, 'id');
  const createdAt = shopifyTime(fulfillment.created_at);
  const changedAt = shopifyTime(fulfillment.updated_at) ?? createdAt;
  if (createdAt === undefined || changedAt === undefined)
    throw new RangeError(`created_at is no time: ${String(fulfillment.created_at)}`);
  const isCalledOff = calledOff.has(textOf(fulfillment.status) ?? '');
  const said = textOf(fulfillment.shipment_status);
  const status = isCalledOff
    ? 'cancelled'
    : said
      ? wordOf(shipmentStatuses, said, 'Shopify shipment status', `fulfillment ${id}`, notes)
      : 'label_created';
  const data = {
    status,
    carrier: textOf(fulfillment.tracking_company)?.slice(0, 80),
    service: textOf(fulfillment.service)?.slice(0, 80),
    labelAt: instant(createdAt),
    // Inferred: what a seller marks as fulfilled has been handed over. What a carrier tells takes its place.
    handedOverAt: isCalledOff ? undefined : instant(createdAt),
    deliveredAt: status === 'delivered' ? written(changedAt) : undefined,
    exceptionAt: status === 'exception' ? written(changedAt) : undefined,
  };
  return snapshot({
    source: `/shopify/${shop.domain}`,
    entity: 'shipment',
    creatorId: shop.creatorId,
    subject: `${orderSubject(orderId)}/shipment/${encodeId(id)}`,
    at: status === 'delivered' || status === 'exception' ? changedAt : createdAt,
    version: changedAt,
    data,
    trackingKey: isCalledOff ? undefined : keyOf(fulfillment),
  });
}

/** The shipments of an order, bare. A fulfillment that cannot be read is counted and left out; the order counts without it. */
export function shopifyShipments(order: Raw, shop: ShopifyShop, notes: Notes): CloudEvent[] {
  const orderId = requireText(order, 'id');
  return listOf(order.fulfillments).flatMap((fulfillment) => {
    try {
      return [shipmentOf(fulfillment, orderId, shop, notes)];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      tally(notes.refused, error.message.slice(0, 200), `order ${orderId}`);
      return [];
    }
  });
}
