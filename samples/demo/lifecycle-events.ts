/** What does a demo order's lifecycle look like at an instant? The newest snapshot of each of its entities, as then known. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { instant, snapshot } from '../../shared/sources/files/snapshot.ts';
import type { OrderLifecycle } from './lifecycle.ts';
import type { Parcel } from './parcel.ts';
import {
  affiliateOf,
  type DemoAffiliateSale,
  type DemoRefund,
  type DemoReview,
  type DemoSettlement,
} from './post-sale-events.ts';

export const demoSource = '/demo';

/** A time as a field: absent until it has come. */
const known = (at: number | undefined, now: number): string | undefined =>
  at !== undefined && at <= now ? instant(at) : undefined;

/** The latest of the times that have come by now; undefined where none has. */
function latest(now: number, ...times: (number | undefined)[]): number | undefined {
  const past = times.filter((at) => at !== undefined && at <= now) as number[];
  return past.length > 0 ? Math.max(...past) : undefined;
}

function statusOf(lifecycle: OrderLifecycle, now: number): string {
  const has = (at: number | undefined) => at !== undefined && at <= now;
  if (has(lifecycle.cancelledAt)) return 'cancelled';
  if (has(lifecycle.completedAt)) return 'completed';
  if (has(lifecycle.parcel?.deliveredAt)) return 'delivered';
  if (has(lifecycle.parcel?.handedOverAt)) return 'shipped';
  return has(lifecycle.paidAt) ? 'paid' : 'placed';
}

function orderAt(lifecycle: OrderLifecycle, now: number, at: number): CloudEvent {
  const { shop, basket } = lifecycle;
  const data = {
    status: statusOf(lifecycle, now),
    placedAt: instant(lifecycle.placedAt),
    paidAt: known(lifecycle.paidAt, now),
    cancelledAt: known(lifecycle.cancelledAt, now),
    completedAt: known(lifecycle.completedAt, now),
    currency: shop.profile.currency,
    channel: lifecycle.channel,
    campaign: lifecycle.campaign,
    contentId: lifecycle.contentId,
    affiliate: lifecycle.isSample ? affiliateOf(lifecycle.orderId) : undefined,
    buyerKey: lifecycle.buyerKey,
    lines: basket.lines.map(({ product, quantity, unitPrice, sellerDiscount, platformDiscount, tax, unitCost }) => ({
      productId: product.id,
      sku: product.sku,
      category: product.category,
      title: product.title,
      quantity,
      unitPrice,
      sellerDiscount,
      platformDiscount,
      tax,
      unitCost,
    })),
    shippingCharged: basket.shippingCharged,
    shipBy: instant(lifecycle.shipBy),
    deliverBy: instant(lifecycle.deliverBy),
    cancellationFault: known(lifecycle.cancelledAt, now) && lifecycle.fault,
    sample: lifecycle.isSample || undefined,
    replacement: lifecycle.isReplacement || undefined,
    packages: 1,
  };
  return snapshot({
    source: demoSource,
    entity: 'order',
    creatorId: shop.creatorId,
    subject: `order/${lifecycle.orderId}`,
    at,
    data,
  });
}

function shipmentStatus(parcel: Parcel, now: number): string {
  if (parcel.deliveredAt !== undefined && parcel.deliveredAt <= now) return 'delivered';
  if (parcel.exceptionAt !== undefined && parcel.exceptionAt <= now) return 'exception';
  return parcel.handedOverAt <= now ? 'in_transit' : 'label_created';
}

function shipmentAt(parcel: Parcel, now: number, currency: string) {
  return {
    status: shipmentStatus(parcel, now),
    carrier: parcel.carrier,
    service: parcel.service,
    labelAt: known(parcel.labelAt, now),
    handedOverAt: known(parcel.handedOverAt, now),
    exceptionAt: known(parcel.exceptionAt, now),
    deliveredAt: known(parcel.deliveredAt, now),
    labelCost: parcel.labelCost,
    currency,
    region: parcel.region,
    fulfilledBy: parcel.byPlatform ? 'platform' : 'seller',
  };
}

function refundAt(refund: DemoRefund, now: number, currency: string) {
  const lines = refund.lines.map(({ line, quantity, goodsAmount, restocked }) => ({
    productId: line.product.id,
    sku: line.product.sku,
    category: line.product.category,
    quantity,
    goodsAmount,
    restockedQuantity: restocked,
  }));
  return {
    status: refund.completedAt <= now ? 'completed' : 'requested',
    requestedAt: known(refund.requestedAt, now),
    completedAt: known(refund.completedAt, now),
    currency,
    goodsAmount: lines.reduce((sum, line) => sum + line.goodsAmount, 0),
    shippingAmount: refund.shippingAmount,
    taxAmount: refund.taxAmount,
    reason: refund.reason,
    fault: refund.fault,
    lines,
  };
}

const reviewData = ({ at, productId, rating, score, topic }: DemoReview) => ({
  kind: score === undefined ? 'review' : 'survey',
  productId,
  rating,
  score,
  submittedAt: instant(at),
  topic,
});

function settlementAt(settlement: DemoSettlement, now: number, currency: string) {
  const { settledAt, settledAmount, fees } = settlement;
  return { settledAt: known(settledAt, now), estimated: settledAt > now, currency, settledAmount, fees };
}

function affiliateSaleAt({ line, ...sale }: DemoAffiliateSale, { shop, channel }: OrderLifecycle, now: number) {
  return {
    productId: line.product.id,
    sku: line.product.sku,
    creator: sale.creator,
    channel,
    contentId: sale.contentId,
    soldAt: instant(sale.soldAt),
    currency: shop.profile.currency,
    quantity: line.quantity,
    paidAmount: sale.paidAmount,
    estimatedCommission: sale.commission,
    actualCommission: sale.settledAt !== undefined && sale.settledAt <= now ? sale.commission : undefined,
  };
}

/** Snapshots of a lifecycle as known at `now` (ms); an order that is not placed yet has none. */
export function eventsAt(lifecycle: OrderLifecycle, now: number): CloudEvent[] {
  const { shop, orderId, parcel, postSaleEvents } = lifecycle;
  const { currency } = shop.profile;
  const events: CloudEvent[] = [];
  const placed = latest(
    now,
    lifecycle.placedAt,
    lifecycle.paidAt,
    lifecycle.cancelledAt,
    parcel?.handedOverAt,
    parcel?.deliveredAt,
    lifecycle.completedAt,
  );
  if (placed === undefined) return events;
  events.push(orderAt(lifecycle, now, placed));
  const part = (entity: string, id: string, at: number | undefined, data: (now: number) => CloudEvent['data']) => {
    const subject = `order/${orderId}/${entity}/${id}`;
    if (at !== undefined)
      events.push(snapshot({ source: demoSource, entity, creatorId: shop.creatorId, subject, at, data: data(now) }));
  };
  const { refund, reviews, settlement, affiliateSale } = postSaleEvents;
  if (parcel)
    part('shipment', 's-1', latest(now, parcel.labelAt, parcel.handedOverAt, parcel.exceptionAt, parcel.deliveredAt), () =>
      shipmentAt(parcel, now, currency),
    );
  if (refund) part('refund', 'r-1', latest(now, refund.requestedAt, refund.completedAt), () => refundAt(refund, now, currency));
  for (const review of reviews) part('review', review.id, latest(now, review.at), () => reviewData(review));
  if (settlement) {
    const statement = instant(settlement.settledAt).slice(0, 10);
    part('settlement', statement, latest(now, settlement.estimatedAt, settlement.settledAt), () =>
      settlementAt(settlement, now, currency),
    );
  }
  if (affiliateSale)
    part('affiliate-sale', 'a-1', latest(now, affiliateSale.soldAt, affiliateSale.settledAt), () =>
      affiliateSaleAt(affiliateSale, lifecycle, now),
    );
  return events;
}

/** The instants (ms) at which something happens in a lifecycle, in order. */
export function momentsOf({
  placedAt,
  paidAt,
  cancelledAt,
  completedAt,
  parcel,
  postSaleEvents: { refund, reviews, settlement },
}: OrderLifecycle): number[] {
  const ofParcel = [parcel?.labelAt, parcel?.handedOverAt, parcel?.exceptionAt, parcel?.deliveredAt];
  const after = [
    refund?.requestedAt,
    refund?.completedAt,
    settlement?.estimatedAt,
    settlement?.settledAt,
    ...reviews.map((review) => review.at),
  ];
  const all = [placedAt, paidAt, cancelledAt, completedAt, ...ofParcel, ...after].filter((at) => at !== undefined);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** What is news in a lifecycle between two instants (ms, the first excluded): the snapshots that a source would send at the second. */
export const newsOf = (lifecycle: OrderLifecycle, from: number, to: number): CloudEvent[] =>
  eventsAt(lifecycle, to).filter((event) => event.entityversion > from);
