/** How does a seller's share of an Olist order read as events? One order, at most one shipment, and the order's reviews. */
import type { CloudEvent } from '../shared/events/parse.ts';
import { instant, snapshot } from '../shared/sources/files/snapshot.ts';
import { olistSource } from './olist-creators.ts';
import { type OlistItem, type OlistOrder, type OlistReview, type OlistTables, olistCurrency } from './olist-files.ts';

const optional = (at: number | undefined): string | undefined => (at === undefined ? undefined : instant(at));
const latest = (...known: (number | undefined)[]): number => Math.max(...known.filter((at) => at !== undefined));

const statuses: { [status: string]: string } = {
  created: 'placed',
  approved: 'paid',
  invoiced: 'paid',
  processing: 'paid',
  shipped: 'shipped',
  delivered: 'delivered',
  canceled: 'cancelled',
  unavailable: 'cancelled',
};

/** The order as one seller sees it: its own items, freight and deadline. */
export function orderOf(sellerId: string, order: OlistOrder, items: OlistItem[], tables: OlistTables): CloudEvent {
  const at = latest(order.purchased, order.approved, order.handedOver, order.delivered);
  const status = statuses[order.status] ?? 'placed';
  const shipBys = items.map((item) => item.shipBy).filter((shipBy) => shipBy !== undefined);
  const data = {
    status,
    placedAt: instant(order.purchased),
    paidAt: optional(order.approved),
    // The files do not date a cancellation; the latest thing known of the order is the nearest.
    cancelledAt: status === 'cancelled' ? instant(at) : undefined,
    currency: olistCurrency,
    buyerKey: tables.customers.get(order.customerId)?.buyerKey || undefined,
    lines: items.map(({ productId, price }) => ({
      productId,
      sku: productId,
      category: tables.categories.get(productId),
      quantity: 1,
      unitPrice: price,
    })),
    shippingCharged: items.reduce((sum, item) => sum + item.freight, 0),
    shipBy: shipBys.length > 0 ? instant(Math.min(...shipBys)) : undefined,
    deliverBy: optional(order.deliverBy),
  };
  return snapshot({ source: olistSource, entity: 'order', creatorId: sellerId, subject: `order/${order.orderId}`, at, data });
}

/** The order's parcel; undefined while no carrier has it. */
export function shipmentOf(sellerId: string, order: OlistOrder, tables: OlistTables): CloudEvent | undefined {
  if (order.handedOver === undefined && order.delivered === undefined) return undefined;
  const state = tables.customers.get(order.customerId)?.state;
  const data = {
    status: order.delivered !== undefined ? 'delivered' : 'in_transit',
    handedOverAt: optional(order.handedOver),
    deliveredAt: optional(order.delivered),
    region: state ? `BR-${state}` : undefined,
  };
  const at = latest(order.handedOver, order.delivered);
  return snapshot({
    source: olistSource,
    entity: 'shipment',
    creatorId: sellerId,
    subject: `order/${order.orderId}/shipment/1`,
    at,
    data,
  });
}

/** A review, credited to each seller of the order; to a product where the seller's share is of one. */
export function reviewOf(sellerId: string, review: OlistReview, items: OlistItem[]): CloudEvent {
  const products = new Set(items.map((item) => item.productId));
  const data = {
    productId: products.size === 1 ? [...products][0] : undefined,
    rating: review.score,
    submittedAt: instant(review.created),
  };
  const at = latest(review.created, review.answered);
  return snapshot({
    source: olistSource,
    entity: 'review',
    creatorId: sellerId,
    subject: `order/${review.orderId}/review/${review.reviewId}`,
    at,
    data,
  });
}
