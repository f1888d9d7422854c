/** What is the demo's history? A year of three shops up to now, each entity once, as newest known. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { instantOf } from '../../shared/sources/files/local-time.ts';
import { addDays, dayOf, toLocal } from '../../shared/time.ts';
import { type DemoFrame, firstDay, ordersOn } from './calendar.ts';
import { catalogueOf, creatorOf } from './catalogue.ts';
import { contentOn } from './content.ts';
import { costsOf } from './costs.ts';
import { lifecycleOf, type OrderLifecycle } from './lifecycle.ts';
import { eventsAt } from './lifecycle-events.ts';
import { operationsBetween } from './operations.ts';
import { type DemoShop, demoShops } from './shops.ts';
import { stockRoom } from './stock.ts';

export interface DemoOptions {
  seed: number;
  /** Instant (ms) up to which history is told. */
  now: number;
}

export interface DemoCreator {
  creator: CloudEvent;
  /** Everything else of the creator; made as it is read. */
  events: Iterable<CloudEvent>;
}

// The shops began to count their stock half a year ago.
const stockDays = 183;

/** The local day of an instant (ms) in a shop. */
export const localDay = (shop: DemoShop, at: number): string => dayOf(toLocal(at, [{ from: '', zone: shop.profile.timeZone }]));

/** The frame of a shop's demo. */
export const frameOf = (shop: DemoShop, { seed, now }: DemoOptions): DemoFrame => ({ seed, today: localDay(shop, now) });

/** The lifecycles that begin on a local day; made once for each frame, since stock, content and orders all ask for them. */
export function livesOn(shop: DemoShop, day: string, frame: DemoFrame): OrderLifecycle[] {
  const known = livesByFrame.get(frame) ?? new Map<string, OrderLifecycle[]>();
  livesByFrame.set(frame, known);
  const key = `${shop.creatorId} ${day}`;
  const lifecycles = known.get(key) ?? ordersOn(shop, day, frame).map((planned) => lifecycleOf(shop, planned, frame));
  known.set(key, lifecycles);
  return lifecycles;
}

const livesByFrame = new WeakMap<DemoFrame, Map<string, OrderLifecycle[]>>();

/** Costs, and the stock and content of days that have ended, as known at `now` (ms). */
export function* recordsOf(shop: DemoShop, frame: DemoFrame, now: number): Generator<CloudEvent> {
  const closeDay = stockRoom(shop, frame);
  const stockSince = addDays(frame.today, -stockDays);
  const last = localDay(shop, now);
  yield* costsOf(shop, frame, last);
  for (let day = firstDay(frame.today); day < last; day = addDays(day, 1)) {
    const lifecycles = livesOn(shop, day, frame);
    const stock = [...closeDay(day, lifecycles)];
    // They are told some time after the day's end.
    const told = [...(day >= stockSince ? stock : []), ...contentOn(shop, day, lifecycles, frame)];
    yield* told.filter((event) => event.entityversion <= now);
  }
}

function* eventsOf(shop: DemoShop, options: DemoOptions): Generator<CloudEvent> {
  const { now } = options;
  const frame = frameOf(shop, options);
  const begin = instantOf(`${firstDay(frame.today)} 00:00:00`, shop.profile.timeZone);
  yield* catalogueOf(shop, frame);
  yield* recordsOf(shop, frame, now);
  yield* operationsBetween(shop, begin, now, frame);
  for (let day = firstDay(frame.today); day <= frame.today; day = addDays(day, 1))
    for (const lifecycle of livesOn(shop, day, frame)) yield* eventsAt(lifecycle, now);
}

/** History by creator. The same seed and now give the same events, in the same order. */
export function* demoHistory(options: DemoOptions): Generator<DemoCreator> {
  for (const shop of demoShops)
    yield { creator: creatorOf(shop, frameOf(shop, options)), events: { [Symbol.iterator]: () => eventsOf(shop, options) } };
}
