/** How many orders does a day of a demo shop bring, and when? Trend, season, weekday, promotion, hour, LIVE. */
import { addDays, daysBetween } from '../../shared/time.ts';
import { chance, poisson, type Random, randomOf, whole } from './random.ts';
import type { DemoShop } from './shops.ts';

/** What the days of a demo hang on: its seed and the local day it was made on. */
export interface DemoFrame {
  seed: number;
  /** The last day of history, local to the shop; growth is counted back from it. */
  today: string;
}

export interface Promotion {
  campaign: string;
  /** Month and day, both included. */
  from: string;
  to: string;
  /** Orders × this. */
  lift: number;
  /** Seller's discount as a share of the price. */
  discount: number;
}

const promotions: readonly Promotion[] = [
  { campaign: 'new-year', from: '01-02', to: '01-08', lift: 1.25, discount: 0.15 },
  { campaign: 'valentine', from: '02-08', to: '02-14', lift: 1.5, discount: 0.1 },
  { campaign: 'spring', from: '03-18', to: '03-24', lift: 1.3, discount: 0.12 },
  { campaign: 'mothers-day', from: '05-04', to: '05-11', lift: 1.5, discount: 0.1 },
  { campaign: 'summer-deals', from: '07-07', to: '07-14', lift: 1.6, discount: 0.2 },
  { campaign: 'back-to-school', from: '08-24', to: '08-31', lift: 1.2, discount: 0.1 },
  { campaign: 'double-eleven', from: '11-10', to: '11-12', lift: 1.8, discount: 0.2 },
  { campaign: 'black-friday', from: '11-24', to: '11-30', lift: 2.1, discount: 0.25 },
];

/** The promotion that runs on a day. */
export const promotionOn = (day: string): Promotion | undefined =>
  promotions.find(({ from, to }) => day.slice(5) >= from && day.slice(5) <= to);

const seasons = [0.88, 0.95, 0.97, 0.98, 1.02, 0.96, 0.94, 0.95, 1, 1.04, 1.12, 1.28];
const weekdayOf = (day: string): number => new Date(Date.parse(day)).getUTCDay();

/** Trend × season × weekday, without promotions and LIVEs; 1 on an average day now. */
function level(shop: DemoShop, day: string, today: string): number {
  // Growth goes on for a while past the day the demo was made on, then levels out.
  const age = Math.max(daysBetween(day, today), -180);
  return shop.growth ** (-age / 365) * (seasons[Number(day.slice(5, 7)) - 1] ?? 1) * (shop.weekdays[weekdayOf(day)] ?? 1);
}

// Relative by local hour: nights are quiet, lunch and the evening are not.
const hours = [2, 1, 1, 1, 1, 2, 3, 4, 5, 6, 6, 7, 8, 7, 6, 6, 6, 7, 8, 10, 12, 11, 8, 4];
const hourChoices = hours.flatMap((weight, hour) => Array.from({ length: weight }, () => hour));

const clock = (random: Random, hour: number): string =>
  [hour, whole(random, 0, 59), whole(random, 0, 59)].map((part) => String(part).padStart(2, '0')).join(':');

/** The LIVE of a day; one in eight falls through. */
export function liveOn(shop: DemoShop, day: string, { seed }: DemoFrame) {
  const live = shop.lifecycles.find(({ weekday }) => weekday === weekdayOf(day));
  return live && !chance(randomOf(seed, shop.creatorId, 'live', day), 0.125) ? live : undefined;
}

export interface PlannedOrder {
  /** Number within the day, in order of time. */
  number: number;
  day: string;
  /** Wall clock of the shop: 19:03:12. */
  clock: string;
  isLive: boolean;
}

/** The orders placed on a local day, in order of time. The same day of the same frame is always the same. */
export function ordersOn(shop: DemoShop, day: string, frame: DemoFrame): PlannedOrder[] {
  const random = randomOf(frame.seed, shop.creatorId, 'orders', day);
  const base = level(shop, day, frame.today) * (promotionOn(day)?.lift ?? 1);
  const live = liveOn(shop, day, frame);
  const usual = poisson(random, shop.ordersPerDay * base);
  const spike = live ? poisson(random, live.orders * base) : 0;
  const placed = [
    ...Array.from({ length: usual }, () => ({
      clock: clock(random, hourChoices[whole(random, 0, hourChoices.length - 1)] ?? 12),
      isLive: false,
    })),
    ...Array.from({ length: spike }, () => ({ clock: clock(random, (live?.hour ?? 0) + whole(random, 0, 1)), isLive: true })),
  ];
  return placed.sort((a, b) => (a.clock < b.clock ? -1 : 1)).map((order, number) => ({ ...order, number, day }));
}

/** The n-th video of a shop that is being watched on a day: a new one each week. */
export const videoOn = (day: string): string => `v-${Math.floor(Date.parse(day) / 604_800_000)}`;
export const liveContentOn = (day: string): string => `live-${day}`;

/** The first day of a demo's history. */
export const firstDay = (today: string): string => addDays(today, -365);
