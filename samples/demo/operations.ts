/** How did a demo shop's source fare? One minute in each few hours stands for them; now and then a source was slow or down. */
import type { CloudEvent } from '../../shared/events/parse.ts';
import { instant, snapshot } from '../../shared/sources/files/snapshot.ts';
import { daysBetween } from '../../shared/time.ts';
import type { DemoFrame } from './calendar.ts';
import { demoSource } from './lifecycle-events.ts';
import { chance, poisson, type Random, randomOf, whole } from './random.ts';
import type { DemoShop } from './shops.ts';

const anHour = 3_600_000;

function minuteOf(random: Random, isTroubled: boolean) {
  const requests = whole(random, 30, 90);
  const timeouts = isTroubled ? whole(random, 5, 20) : poisson(random, 0.15);
  const throttled = poisson(random, isTroubled ? 3 : 0.1);
  const slow = Math.round((requests - timeouts - throttled) * (isTroubled ? 0.5 : 0.12));
  const failures = [
    { kind: 'timeout', count: timeouts },
    { kind: 'throttled', count: throttled },
  ];
  return {
    requests,
    failures: failures.filter(({ count }) => count > 0),
    latencyBuckets: { '100': requests - timeouts - throttled - slow, '500': slow, '2000': timeouts + throttled },
    lagSeconds: isTroubled ? whole(random, 120, 900) : whole(random, 2, 25),
  };
}

/** The operation minute of a source at an instant (ms). */
export function operationAt(shop: DemoShop, at: number, { seed }: DemoFrame): CloudEvent {
  const minute = Math.floor(at / 60_000) * 60_000;
  const day = new Date(minute).toISOString().slice(0, 10);
  const isTroubled = chance(randomOf(seed, shop.creatorId, 'trouble', day), 0.02);
  const data = minuteOf(randomOf(seed, shop.creatorId, 'operation', minute), isTroubled);
  const subject = `operation/tiktok-shop/${instant(minute).replace(':00Z', 'Z')}`;
  return snapshot({
    source: demoSource,
    entity: 'operation-minute',
    creatorId: shop.creatorId,
    subject,
    at: minute + 60_000,
    data,
  });
}

/** Operation minutes between two instants (ms): every six hours over the last two weeks of history, one a day before. */
export function* operationsBetween(shop: DemoShop, from: number, to: number, frame: DemoFrame): Generator<CloudEvent> {
  // A minute is told when it is over.
  for (let at = Math.ceil((from - 59_999) / anHour) * anHour; at + 60_000 <= to; at += anHour) {
    const age = daysBetween(new Date(at).toISOString().slice(0, 10), frame.today);
    if ((at / anHour) % (age <= 14 ? 6 : 24) === 0) yield operationAt(shop, at, frame);
  }
}
