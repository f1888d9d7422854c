/** What happens to a demo order from placing to payout? Its whole lifecycle, the future included; the same order always lives the same lifecycle. */

import { instantOf } from '../../shared/sources/files/local-time.ts';
import { toLocal } from '../../shared/time.ts';
import { type Basket, basketOf } from './basket.ts';
import { buyerOf } from './buyers.ts';
import { type DemoFrame, liveContentOn, type PlannedOrder, promotionOn, videoOn } from './calendar.ts';
import { endOfBusinessDay, type Parcel, parcelOf, shipByOf } from './parcel.ts';
import { type PostSaleEvents, postSaleEventsOf } from './post-sale-events.ts';
import { between, chance, pick, type Random, randomOf } from './random.ts';
import type { DemoShop } from './shops.ts';

export interface OrderLifecycle {
  shop: DemoShop;
  orderId: string;
  basket: Basket;
  channel: string;
  contentId?: string;
  campaign?: string;
  buyerKey: string;
  /** Its parcel leaves days after the deadline. */
  waitsForStock: boolean;
  isSample: boolean;
  isReplacement: boolean;
  /** Instants in ms, as everywhere in a lifecycle. */
  placedAt: number;
  paidAt?: number;
  cancelledAt?: number;
  fault?: 'buyer' | 'seller' | 'platform';
  shipBy: number;
  deliverBy: number;
  /** Absent where the order was cancelled before it was packed. */
  parcel?: Parcel;
  completedAt?: number;
  postSaleEvents: PostSaleEvents;
}

export const aMinute = 60_000;
export const anHour = 3_600_000;
export const aDay = 86_400_000;

function ending(random: Random, placedAt: number, isCertain: boolean): Pick<OrderLifecycle, 'paidAt' | 'cancelledAt' | 'fault'> {
  if (!isCertain && chance(random, 0.025)) return { cancelledAt: placedAt + between(random, 20, 26) * anHour, fault: 'buyer' };
  const paidAt = placedAt + Math.round(between(random, 8, 400)) * 1000;
  if (isCertain || !chance(random, 0.032)) return { paidAt };
  const fault = pick(random, [
    ['buyer', 58],
    ['seller', 32],
    ['platform', 10],
  ] as const);
  return { paidAt, cancelledAt: paidAt + between(random, 0.3, 16) * anHour, fault };
}

function contentOf(channel: string, day: string): string | undefined {
  if (channel === 'live') return liveContentOn(day);
  return channel === 'video' ? videoOn(day) : undefined;
}

/** The lifecycle of an order that a day brings. */
export function lifecycleOf(shop: DemoShop, planned: PlannedOrder, frame: DemoFrame): OrderLifecycle {
  const { day, number } = planned;
  const random = randomOf(frame.seed, shop.creatorId, 'life', day, number);
  const zone = shop.profile.timeZone;
  return lifecycleFrom(shop, random, frame, {
    orderId: `${shop.creatorId.replace('c-', 'o-')}-${day.replaceAll('-', '')}-${String(number + 1).padStart(3, '0')}`,
    placedAt: instantOf(`${day} ${planned.clock}`, zone),
    channel: planned.isLive ? 'live' : pick(random, shop.channels),
    buyerKey: buyerOf(shop, planned, frame),
    // The first order of every other day: whenever the demo is looked at, some orders are overdue.
    waitsForStock: number === 0 && (Date.parse(day) / aDay) % 2 === 0,
  });
}

/** A lifecycle from its beginning on. */
export function lifecycleFrom(
  shop: DemoShop,
  random: Random,
  frame: DemoFrame,
  begin: Pick<OrderLifecycle, 'orderId' | 'placedAt' | 'channel' | 'buyerKey' | 'waitsForStock'>,
): OrderLifecycle {
  const { timeZone: zone } = shop.profile;
  const day = toLocal(begin.placedAt, [{ from: '', zone }]).slice(0, 10);
  const promotion = promotionOn(day);
  const isSample = chance(random, 0.02);
  const isReplacement = !isSample && chance(random, 0.004);
  const basket = basketOf(shop, random, day, frame, promotion);
  const { paidAt, cancelledAt, fault } = ending(random, begin.placedAt, begin.waitsForStock);
  const shipBy = shipByOf(begin.placedAt, zone);
  const parcel =
    paidAt !== undefined && cancelledAt === undefined ? parcelOf(shop, random, paidAt, shipBy, begin.waitsForStock) : undefined;
  const lifecycle: OrderLifecycle = {
    shop,
    ...begin,
    basket,
    contentId: contentOf(begin.channel, day),
    campaign: promotion?.campaign,
    isSample,
    isReplacement,
    paidAt,
    cancelledAt: cancelledAt && Math.round(cancelledAt / 1000) * 1000,
    fault,
    shipBy,
    deliverBy: endOfBusinessDay(day, shop.shipping.promisedDays, zone),
    parcel,
    completedAt: parcel?.deliveredAt && parcel.deliveredAt + 7 * aDay,
    postSaleEvents: { reviews: [] },
  };
  lifecycle.postSaleEvents = postSaleEventsOf(lifecycle, random);
  return lifecycle;
}
