/** What is the demo's history? A year of three shops up to now, each entity once, as newest known. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { addDays, dayOf, toLocal } from '../../shared/time.ts';
import { instantOf } from '../local-time.ts';
import { type DemoFrame, firstDay, ordersOn } from './calendar.ts';
import { catalogueOf, creatorOf } from './catalogue.ts';
import { contentOn } from './content.ts';
import { costsOf } from './costs.ts';
import { type Life, lifeOf } from './life.ts';
import { eventsAt } from './life-events.ts';
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
  /** Everything else of the creator, oldest day first; made as it is read. */
  events: Iterable<CloudEvent>;
}

// The shops began to count their stock half a year ago.
const stockDays = 183;

/** The frame of a shop's demo. */
export const frameOf = (shop: DemoShop, { seed, now }: DemoOptions): DemoFrame => ({
  seed,
  today: dayOf(toLocal(now, [{ from: '', zone: shop.profile.timeZone }])),
});

/** The lives that begin on a local day. */
export const livesOn = (shop: DemoShop, day: string, frame: DemoFrame): Life[] =>
  ordersOn(shop, day, frame).map((planned) => lifeOf(shop, planned, frame));

function* eventsOf(shop: DemoShop, options: DemoOptions): Generator<CloudEvent> {
  const frame = frameOf(shop, options);
  const { now } = options;
  const zone = shop.profile.timeZone;
  const closeDay = stockRoom(shop, frame);
  const stockSince = addDays(frame.today, -stockDays);
  const isTold = (event: CloudEvent, day: string) =>
    event.entityversion <= now && (day >= stockSince || !event.subject.startsWith('stock/'));
  yield* catalogueOf(shop, frame);
  yield* costsOf(shop, frame);
  for (let day = firstDay(frame.today); day <= frame.today; day = addDays(day, 1)) {
    const lives = livesOn(shop, day, frame);
    for (const life of lives) yield* eventsAt(life, now);
    const nextDay = instantOf(`${addDays(day, 1)} 00:00:00`, zone);
    yield* operationsBetween(shop, instantOf(`${day} 00:00:00`, zone), Math.min(nextDay, now), frame);
    // Stock and content of a day are told some time after it has ended.
    for (const event of [...closeDay(day, lives), ...contentOn(shop, day, lives, frame)]) if (isTold(event, day)) yield event;
  }
}

/** History by creator. The same seed and now give the same events, in the same order. */
export function* demoHistory(options: DemoOptions): Generator<DemoCreator> {
  for (const shop of demoShops)
    yield { creator: creatorOf(shop, frameOf(shop, options)), events: { [Symbol.iterator]: () => eventsOf(shop, options) } };
}
