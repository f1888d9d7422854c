/** What became known in the demo shops between two instants? Their plan lies ready; this reads the stretch that time has passed. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { addDays } from '../../shared/time.ts';
import { type DemoOptions, frameOf, livesOn, localDay, recordsOf } from './history.ts';
import type { OrderLifecycle } from './lifecycle.ts';
import { momentsOf, newsOf } from './lifecycle-events.ts';
import { operationsBetween } from './operations.ts';
import { type DemoShop, demoShops } from './shops.ts';

// The longest lifecycle: shipped late, delivered late, refunded weeks after.
const longestLifecycle = 60;

function makeShopNews(shop: DemoShop, demo: DemoOptions) {
  const frame = frameOf(shop, demo);
  // Lives of the days that may still bring news.
  const known = new Map<string, OrderLifecycle[]>();

  function livesOf(day: string): OrderLifecycle[] {
    const lifecycles = known.get(day) ?? livesOn(shop, day, frame);
    known.set(day, lifecycles);
    return lifecycles;
  }

  return function* news(from: number, to: number): Generator<CloudEvent> {
    const [first, last] = [localDay(shop, from), localDay(shop, to)];
    const oldest = addDays(first, -longestLifecycle);
    for (const day of known.keys()) if (day < oldest) known.delete(day);
    for (let day = oldest; day <= last; day = addDays(day, 1))
      for (const lifecycle of livesOf(day))
        if (momentsOf(lifecycle).some((at) => at > from && at <= to)) yield* newsOf(lifecycle, from, to);
    yield* operationsBetween(shop, from, to, frame);
    // Days that have ended meanwhile bring stock, content and costs; the stock room has to be walked from the beginning.
    if (first !== last) for (const event of recordsOf(shop, frame, to)) if (event.entityversion > from) yield event;
  };
}

/** A reader of the snapshots that changed after one instant and up to another (ms), for all shops. */
export function makeNews(demo: DemoOptions): (from: number, to: number) => Generator<CloudEvent> {
  const shops = demoShops.map((shop) => makeShopNews(shop, demo));
  return function* news(from, to) {
    for (const ofShop of shops) yield* ofShop(from, to);
  };
}
