/** How does an order of TikTok Shop read as an event? Of order detail and order list alike; the buyer's name, address and words stay behind. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { buyerKeyOf } from '../buyer-key.ts';
import { instant } from '../files/snapshot.ts';
import { countFields, type Notes, wordOf } from '../mapping-notes.ts';
import { amountOf, listOf, objectOf, type Raw, requireText, requireTime, sum, textOf, timeOf } from '../record.ts';
import { lineFields, orderFields } from './rules/known-fields.ts';
import { orderStatuses, roles } from './rules/statuses.ts';
import { eventOf, type Shop } from './shop.ts';

const whenKnown = (at: number | undefined): string | undefined => (at === undefined ? undefined : instant(at));

/** What is the same in units that are counted together. */
const alike = (item: Raw): string => JSON.stringify([item.product_id, item.sku_id, item.original_price, item.is_gift === true]);

/** The vendor writes one line item a unit; units of one SKU at one list price are one line here. */
function linesOf(order: Raw, orderId: string, currency: string, notes: Notes) {
  const groups = Map.groupBy(listOf(order.line_items), alike);
  return [...groups.values()].map((units) => {
    const [first = {}] = units;
    for (const unit of units) countFields(unit, lineFields, 'an order line', `order ${orderId}`, notes);
    const total = (field: string) => sum(units.map((unit) => amountOf(unit[field], currency)));
    return {
      productId: requireText(first, 'product_id'),
      sku: textOf(first.sku_id),
      sellerSku: textOf(first.seller_sku),
      title: textOf(first.product_name)?.slice(0, 500),
      quantity: units.length,
      unitPrice: amountOf(first.original_price, currency) ?? 0,
      sellerDiscount: total('seller_discount'),
      platformDiscount: total('platform_discount'),
      tax: sum(units.flatMap((unit) => listOf(unit.item_tax).map((tax) => amountOf(tax.tax_amount, currency)))),
      isGift: first.is_gift === true,
    };
  });
}

/**
 * One order (`data.orders[]` of order detail or order search). Throws RangeError where it has no id, times, currency or amounts.
 * A sample or a replacement is flagged and counts in no sale; that an exchange order is a replacement is inferred.
 */
export function orderEvent(order: Raw, shop: Shop, notes: Notes): CloudEvent {
  const orderId = requireText(order, 'id');
  countFields(order, orderFields, 'an order', `order ${orderId}`, notes);
  const payment = objectOf(order.payment);
  const currency = textOf(payment.currency) ?? requireText(listOf(order.line_items)[0] ?? {}, 'currency');
  const status = wordOf(orderStatuses, requireText(order, 'status'), 'order status', `order ${orderId}`, notes);
  const version = requireTime(order, 'update_time');
  const placedAt = requireTime(order, 'create_time');
  const paidAt = timeOf(order.paid_time);
  const isCancelled = status === 'cancelled';
  const cancelledAt = isCancelled ? (timeOf(order.cancel_time) ?? version) : undefined;
  // No field says when an order was completed: inferred to be its last change.
  const completedAt = status === 'completed' ? version : undefined;
  const initiator = isCancelled ? textOf(order.cancellation_initiator) : undefined;
  const buyerId = textOf(order.user_id);
  const lines = linesOf(order, orderId, currency, notes);
  const data = {
    status,
    placedAt: instant(placedAt),
    paidAt: whenKnown(paidAt),
    cancelledAt: whenKnown(cancelledAt),
    completedAt: whenKnown(completedAt),
    currency,
    buyerKey: buyerId && buyerKeyOf(shop.buyerSecret, shop.creatorId, buyerId),
    lines: lines.map(({ isGift: _, ...line }) => line),
    shippingCharged: amountOf(payment.shipping_fee, currency),
    // Of several deadlines the one that the platform measures lateness by: inferred.
    shipBy: whenKnown(timeOf(order.tts_sla_time) ?? timeOf(order.shipping_due_time) ?? timeOf(order.rts_sla_time)),
    deliverBy: whenKnown(timeOf(order.delivery_sla_time) ?? timeOf(order.delivery_due_time)),
    cancellationFault: initiator && faultOf(initiator, orderId, notes),
    sample: order.is_sample_order === true || undefined,
    replacement: order.is_replacement_order === true || order.is_exchange_order === true || undefined,
    gift: (lines.length > 0 && lines.every(({ isGift }) => isGift)) || undefined,
    cod: order.is_cod === true || undefined,
    packages: listOf(order.packages).length,
  };
  const times = [
    placedAt,
    paidAt,
    cancelledAt,
    timeOf(order.rts_time),
    timeOf(order.collection_time),
    timeOf(order.delivery_time),
  ];
  return eventOf(shop, { entity: 'order', subject: `order/${encodeId(orderId)}`, version, times: [...times, completedAt], data });
}

/** Whose fault a cancellation or a return is; undefined where the role is not known. */
export function faultOf(role: string, orderId: string, notes: Notes): string | undefined {
  const fault = wordOf(roles, role, 'role', `order ${orderId}`, notes);
  return [...roles.values()].includes(fault) ? fault : undefined;
}
