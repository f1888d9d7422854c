/** Who places a demo order? Someone new, or a buyer of an earlier day: found by looking back, so nothing need be remembered. */
import { createHash } from 'node:crypto';
import { addDays } from '../../shared/time.ts';
import type { DemoFrame, PlannedOrder } from './calendar.ts';
import { chance, randomOf, whole } from './random.ts';
import type { DemoShop } from './shops.ts';

const returning = 0.32;
const meanDaysBetween = 48;

/** A buyer's key, as a keyed hash would look. */
export function buyerOf(shop: DemoShop, { day, number }: Pick<PlannedOrder, 'day' | 'number'>, { seed }: DemoFrame): string {
  let since = day;
  let first = number;
  for (;;) {
    const random = randomOf(seed, shop.creatorId, 'buyer', since, first);
    if (!chance(random, returning)) break;
    since = addDays(since, -1 - Math.floor(-Math.log(1 - random()) * meanDaysBetween));
    // Any day brings at least a few orders, so the first numbers of a day are real ones.
    first = whole(random, 0, 5);
  }
  return createHash('sha256').update(`${seed}/${shop.creatorId}/${since}/${first}`).digest('base64url').slice(0, 16);
}
