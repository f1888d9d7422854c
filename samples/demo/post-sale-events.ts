/** What comes after a demo order? Refund, review, survey answer and payout. */
import type { BasketLine } from './basket.ts';
import type { OrderLifecycle } from './lifecycle.ts';
import { between, chance, pick, type Random, whole } from './random.ts';

export interface DemoRefund {
  requestedAt: number;
  completedAt: number;
  lines: { line: BasketLine; quantity: number; goodsAmount: number; restocked: number }[];
  shippingAmount: number;
  taxAmount: number;
  reason: string;
  fault: 'buyer' | 'seller' | 'platform';
}

export interface DemoReview {
  id: string;
  at: number;
  productId?: string;
  rating?: number;
  score?: number;
  topic?: string;
}

export interface DemoSettlement {
  /** When the platform first estimates it. */
  estimatedAt: number;
  settledAt: number;
  settledAmount: number;
  fees: { kind: 'platform' | 'payment' | 'affiliate'; amount: number }[];
}

/** An order that a creator's video sold, with the commission that the statement settles. */
export interface DemoAffiliateSale {
  line: BasketLine;
  creator: string;
  contentId: string;
  soldAt: number;
  settledAt: number | undefined;
  paidAmount: number;
  commission: number;
}

export interface PostSaleEvents {
  refund?: DemoRefund;
  reviews: DemoReview[];
  settlement?: DemoSettlement;
  affiliateSale?: DemoAffiliateSale;
}

const aDay = 86_400_000;
const toSecond = (at: number): number => Math.round(at / 1000) * 1000;
const paidFor = (line: BasketLine): number => line.unitPrice * line.quantity - line.sellerDiscount - line.platformDiscount;

const reasons = [
  ['damaged', 'seller', 30],
  ['not as described', 'seller', 18],
  ['wrong item', 'seller', 10],
  ['no longer wanted', 'buyer', 30],
  ['arrived too late', 'platform', 12],
] as const;

function wholeOrder(lifecycle: OrderLifecycle): DemoRefund['lines'] {
  return lifecycle.basket.lines.map((line) => ({ line, quantity: line.quantity, goodsAmount: paidFor(line), restocked: 0 }));
}

function refundOf(lifecycle: OrderLifecycle, random: Random): DemoRefund | undefined {
  const { parcel, cancelledAt, paidAt, basket, fault = 'buyer' } = lifecycle;
  const tax = basket.lines.reduce((sum, line) => sum + line.tax, 0);
  // Money paid for a cancelled or lost order goes back whole.
  const whole = { lines: wholeOrder(lifecycle), shippingAmount: basket.shippingCharged, taxAmount: tax };
  if (cancelledAt !== undefined)
    return paidAt === undefined
      ? undefined
      : { ...whole, requestedAt: cancelledAt, completedAt: cancelledAt + 5 * 60_000, reason: 'cancelled', fault };
  if (parcel?.deliveredAt === undefined) {
    const lostAt = (parcel?.exceptionAt ?? lifecycle.deliverBy) + 9 * aDay;
    return { ...whole, requestedAt: lostAt, completedAt: lostAt + aDay, reason: 'lost on the way', fault: 'platform' };
  }
  const line = basket.lines[0];
  if (!line || !chance(random, 0.015 + (1 - line.product.quality) * 0.28)) return undefined;
  const [reason, culprit] = pick(
    random,
    reasons.map((each) => [each, each[2]] as const),
  );
  const requestedAt = toSecond(parcel.deliveredAt + between(random, 0.2, 18) * aDay);
  const completedAt = toSecond(requestedAt + between(random, 0.5, 6) * aDay);
  const restocked = culprit === 'buyer' ? line.quantity : 0;
  const lines = [{ line, quantity: line.quantity, goodsAmount: paidFor(line), restocked }];
  return {
    requestedAt,
    completedAt,
    lines,
    shippingAmount: culprit === 'buyer' ? 0 : basket.shippingCharged,
    taxAmount: line.tax,
    reason,
    fault: culprit,
  };
}

function ratingOf(quality: number, isLate: boolean, random: Random): number {
  const luck = random() * (isLate ? 0.75 : 1);
  if (luck > 1.05 - quality) return random() < 0.25 ? 4 : 5;
  return luck > (1 - quality) * 0.5 ? whole(random, 3, 4) : whole(random, 1, 2);
}

function reviewsOf(lifecycle: OrderLifecycle, random: Random): DemoReview[] {
  const deliveredAt = lifecycle.parcel?.deliveredAt;
  const product = lifecycle.basket.lines[0]?.product;
  if (deliveredAt === undefined || !product) return [];
  const isLate = deliveredAt > lifecycle.deliverBy;
  const reviews: DemoReview[] = [];
  const at = () => toSecond(deliveredAt + between(random, 0.4, 9) * aDay);
  if (chance(random, 0.22)) {
    const rating = ratingOf(product.quality, isLate, random);
    const topic =
      rating > 3
        ? 'quality'
        : pick(random, [
            ['delivery', isLate ? 9 : 2],
            ['damage', 3],
            ['quality', 4],
          ] as const);
    reviews.push({ id: 'v-1', at: at(), productId: product.id, rating, topic });
  }
  if (chance(random, 0.05))
    reviews.push({
      id: 'q-1',
      at: at(),
      score: Math.min(10, whole(random, 4, 8) + (chance(random, product.quality - 0.2) ? 3 : 0)),
    });
  return reviews;
}

const soldBy = ({ basket }: OrderLifecycle): number =>
  basket.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity - line.sellerDiscount, 0);
const commissionOf = (sold: number): number => Math.round(sold * 0.13);

const affiliates = ['mia.daily', 'glow.with.ana', 'theo.finds'];

/** Which affiliate sold an order, or got it as a sample, follows from its id. */
export const affiliateOf = (orderId: string): string => affiliates[Number(orderId.at(-1)) % affiliates.length] ?? '';

function affiliateSaleOf(lifecycle: OrderLifecycle, settlement: DemoSettlement | undefined): DemoAffiliateSale | undefined {
  const { orderId, channel, paidAt, isSample, isReplacement, basket } = lifecycle;
  const [line] = basket.lines;
  if (channel !== 'affiliate' || paidAt === undefined || isSample || isReplacement || !line) return undefined;
  const sold = soldBy(lifecycle);
  const creator = affiliateOf(orderId);
  // An affiliate shows the products in one video a month.
  const contentId = `${creator}-${new Date(paidAt).toISOString().slice(0, 7)}`;
  return {
    line,
    creator,
    contentId,
    soldAt: paidAt,
    settledAt: settlement?.settledAt,
    paidAmount: sold,
    commission: commissionOf(sold),
  };
}

function settlementOf(lifecycle: OrderLifecycle, refund: DemoRefund | undefined): DemoSettlement | undefined {
  const deliveredAt = lifecycle.parcel?.deliveredAt;
  if (deliveredAt === undefined || lifecycle.isSample || lifecycle.isReplacement) return undefined;
  const sold = soldBy(lifecycle);
  const fees: DemoSettlement['fees'] = [
    { kind: 'platform', amount: -Math.round(sold * 0.06) },
    { kind: 'payment', amount: -Math.round(sold * 0.018) },
  ];
  if (lifecycle.channel === 'affiliate') fees.push({ kind: 'affiliate', amount: -commissionOf(sold) });
  // A payout leaves at midnight UTC on the eighth day after delivery; refunds completed by then come off it.
  const settledAt = (Math.floor(deliveredAt / aDay) + 8) * aDay;
  const refunded =
    refund && refund.completedAt <= settledAt
      ? refund.lines.reduce((sum, line) => sum + line.goodsAmount, refund.shippingAmount)
      : 0;
  const settledAmount = fees.reduce((sum, fee) => sum + fee.amount, sold - refunded + lifecycle.basket.shippingCharged);
  return { estimatedAt: deliveredAt, settledAt, settledAmount, fees };
}

/** Refund, reviews and settlement of a lifecycle whose order and parcel are known. */
export function postSaleEventsOf(lifecycle: OrderLifecycle, random: Random): PostSaleEvents {
  const refund = refundOf(lifecycle, random);
  const reviews = reviewsOf(lifecycle, random);
  const settlement = settlementOf(lifecycle, refund);
  return { refund, reviews, settlement, affiliateSale: affiliateSaleOf(lifecycle, settlement) };
}
