/** How does a demo order travel? Label, hand-over, delivery; some late, some with trouble on the way. */

import { instantOf } from '../../shared/sources/files/local-time.ts';
import { addDays, offsetAt } from '../../shared/time.ts';
import { between, chance, normal, pick, type Random, whole } from './random.ts';
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

/** An instant on the local day of another, at a clock between two hours. */
function onDayOf(at: number, zone: string, random: Random, fromHour: number, toHour: number): number {
  const minutes = Math.floor(between(random, fromHour * 60, toHour * 60));
  const clock = [Math.floor(minutes / 60), minutes % 60, whole(random, 0, 59)]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return instantOf(`${new Date(at + offsetAt(zone, at)).toISOString().slice(0, 10)} ${clock}`, zone);
}

/** When the carrier collects: once a day in the afternoon, from one instant to another. */
function collections(from: number, to: number, zone: string, random: Random): number[] {
  const days = Array.from({ length: Math.ceil((to - from) / aDay) + 1 }, (_, i) =>
    onDayOf(from + i * aDay, zone, random, 16, 17),
  );
  return days.filter((at) => at >= from && at <= to);
}

function handOver(random: Random, zone: string, paidAt: number, shipBy: number, delay: number): number {
  const inTime = collections(paidAt + anHour, shipBy, zone, random);
  // Most parcels leave well before the deadline: the better of two draws.
  const early = inTime[Math.floor(Math.min(random(), random()) * inTime.length)];
  if (delay === 0 && early !== undefined) return early;
  const [next] = collections(shipBy + delay, shipBy + delay + 2 * aDay, zone, random);
  return next ?? shipBy + delay;
}

/** The parcel of an order that was paid and is to be shipped by a deadline; one that waits for stock leaves days after it. */
export function parcelOf(shop: DemoShop, random: Random, paidAt: number, shipBy: number, waitsForStock: boolean): Parcel {
  const zone = shop.profile.timeZone;
  const byPlatform = !waitsForStock && chance(random, shop.platformFulfilled);
  const isLate = waitsForStock || (!byPlatform && chance(random, shop.lateRate));
  const delay = isLate ? (waitsForStock ? between(random, 3.5, 6) * aDay : between(random, 0.1, 1.3) * aDay) : 0;
  const handedOverAt = handOver(random, zone, paidAt, shipBy, delay);
  const labelAt = Math.max(paidAt + whole(random, 10, 45) * 60_000, onDayOf(handedOverAt, zone, random, 10, 12));
  const carriers = shop.carriers.map((carrier) => [carrier, carrier.weight] as const);
  const { name, service, days, deviation } = pick(random, carriers);
  const hasTrouble = chance(random, 0.022);
  const isLost = hasTrouble && chance(random, 0.2);
  const transit = (Math.max(1, normal(random, days, deviation)) + (hasTrouble ? between(random, 2, 5) : 0)) * aDay;
  return {
    labelAt: toSecond(labelAt),
    handedOverAt,
    exceptionAt: hasTrouble ? toSecond(handedOverAt + between(random, 0.3, 0.6) * transit) : undefined,
    deliveredAt: isLost ? undefined : onDayOf(handedOverAt + transit, zone, random, 10, 17),
    carrier: name,
    service,
    labelCost: Math.round(shop.shipping.labelCost * between(random, 0.85, 1.3)),
    region: pick(random, shop.regions),
    byPlatform,
  };
}
