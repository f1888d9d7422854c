/** How does a demo order travel? Label, hand-over, delivery; some late, some with trouble on the way. */
import { addDays, offsetAt } from '../../shared/time.ts';
import { instantOf } from '../local-time.ts';
import { between, chance, normal, pick, type Random } from './random.ts';
import type { DemoShop } from './shops.ts';

export interface Parcel {
  labelAt: number;
  handedOverAt: number;
  exceptionAt?: number;
  /** Absent: lost. */
  deliveredAt?: number;
  carrier: string;
  service: string;
  labelCost: number;
  region: string;
  byPlatform: boolean;
}

const anHour = 3_600_000;
const aDay = 24 * anHour;
const toSecond = (at: number): number => Math.round(at / 1000) * 1000;

/** The last second of the n-th business day (Monday to Friday) after a day. */
export function endOfBusinessDay(day: string, businessDays: number, zone: string): number {
  let last = day;
  for (let left = businessDays; left > 0; ) {
    last = addDays(last, 1);
    const weekday = new Date(Date.parse(last)).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left--;
  }
  return instantOf(`${last} 23:59:59`, zone);
}

/** 48 hours after an instant (ms), Sundays of the zone left out: when an order must be with the carrier. */
export function shipByOf(placedAt: number, zone: string): number {
  let shipBy = placedAt;
  for (let left = 2; left > 0; ) {
    shipBy += aDay;
    if (new Date(shipBy + offsetAt(zone, shipBy)).getUTCDay() !== 0) left--;
  }
  return shipBy;
}

/** The parcel of an order that was paid and is to be shipped by a deadline; one that waits for stock leaves days after it. */
export function parcelOf(shop: DemoShop, random: Random, paidAt: number, shipBy: number, waitsForStock: boolean): Parcel {
  const byPlatform = !waitsForStock && chance(random, shop.platformFulfilled);
  const isLate = !byPlatform && chance(random, shop.lateRate);
  // Most parcels leave well before the deadline: the better of two draws.
  const share = Math.min(random(), random());
  const early = paidAt + 2 * anHour + share * (shipBy - paidAt - 3 * anHour);
  const late = shipBy + (waitsForStock ? between(random, 3, 6) * aDay : between(random, 2, 44) * anHour);
  const handedOverAt = waitsForStock || isLate ? late : early;
  const labelAt = Math.max(paidAt + 15 * 60_000, handedOverAt - between(random, 1, 9) * anHour);
  const { name, service, days, deviation } = pick(
    random,
    shop.carriers.map((carrier) => [carrier, carrier.weight] as const),
  );
  const hasTrouble = chance(random, 0.022);
  const isLost = hasTrouble && chance(random, 0.2);
  const transit = Math.max(0.7, normal(random, days, deviation)) + (hasTrouble ? between(random, 2, 5) : 0);
  return {
    labelAt: toSecond(labelAt),
    handedOverAt: toSecond(handedOverAt),
    exceptionAt: hasTrouble ? toSecond(handedOverAt + between(random, 0.3, 0.6) * transit * aDay) : undefined,
    deliveredAt: isLost ? undefined : toSecond(handedOverAt + transit * aDay),
    carrier: name,
    service,
    labelCost: Math.round(shop.shipping.labelCost * between(random, 0.85, 1.3)),
    region: pick(random, shop.regions),
    byPlatform,
  };
}
