/** How does an order live that someone is watching? As any other, only that days pass in minutes. */
import { createHash } from 'node:crypto';
import type { DemoOptions } from './history.ts';
import { frameOf } from './history.ts';
import { lifecycleFrom, type OrderLifecycle } from './lifecycle.ts';
import { pick, randomOf, whole } from './random.ts';
import { demoShops } from './shops.ts';

/** Seconds become fewer the further off they are: paid within half a minute, delivered after four, all over in five. */
const hurried = (seconds: number): number => 25 * Math.log(1 + seconds / 20);

/** A lifecycle whose times after placing are drawn together; deadlines stay where they are. */
function hurry(lifecycle: OrderLifecycle): OrderLifecycle {
  const { placedAt, parcel, postSaleEvents } = lifecycle;
  const soon = <T extends number | undefined>(at: T): T =>
    (at === undefined ? at : placedAt + Math.round(hurried((at - placedAt) / 1000)) * 1000) as T;
  const { refund, reviews, settlement } = postSaleEvents;
  return {
    ...lifecycle,
    paidAt: soon(lifecycle.paidAt),
    cancelledAt: soon(lifecycle.cancelledAt),
    completedAt: soon(lifecycle.completedAt),
    parcel: parcel && {
      ...parcel,
      labelAt: soon(parcel.labelAt),
      handedOverAt: soon(parcel.handedOverAt),
      exceptionAt: soon(parcel.exceptionAt),
      deliveredAt: soon(parcel.deliveredAt),
    },
    postSaleEvents: {
      refund: refund && { ...refund, requestedAt: soon(refund.requestedAt), completedAt: soon(refund.completedAt) },
      reviews: reviews.map((review) => ({ ...review, at: soon(review.at) })),
      settlement: settlement && {
        ...settlement,
        estimatedAt: soon(settlement.estimatedAt),
        settledAt: soon(settlement.settledAt),
      },
    },
  };
}

/** A new order placed at an instant (ms) in one of the shops; the same instant gives the same order. */
export function fastLifecycle(demo: DemoOptions, at: number): OrderLifecycle {
  const random = randomOf(demo.seed, 'fast', at);
  const shop = pick(
    random,
    demoShops.map((each) => [each, each.ordersPerDay] as const),
  );
  const buyer = createHash('sha256')
    .update(`${demo.seed}/${shop.creatorId}/fast/${whole(random, 1, 5000)}`)
    .digest('base64url');
  const lifecycle = lifecycleFrom(shop, random, frameOf(shop, demo), {
    orderId: `${shop.creatorId.replace('c-', 'o-')}-${at}`,
    placedAt: Math.floor(at / 1000) * 1000,
    channel: pick(random, shop.channels),
    buyerKey: buyer.slice(0, 16),
    waitsForStock: false,
  });
  return hurry(lifecycle);
}
