/** Does the trickle bring new orders to life, go on after trouble, and stop when told? */
import { expect, test } from 'vitest';
import { trickle } from '../../samples/demo/trickle.ts';
import { countByEntity, refusals } from './events-of.ts';
import { accepts, standIn } from './stand-in-api.ts';

/** A clock on which each look is 20 seconds after the last; told when 25 minutes are over. */
function fastClock(from: number, onEnd: () => void): () => number {
  let at = from;
  return () => {
    at += 20_000;
    if (at > from + 25 * 60_000) onEnd();
    return at;
  };
}

test('orders are placed, paid, shipped and delivered while one watches, through an outage, until the signal', async () => {
  const api = await standIn((batch, n) => (n === 1 ? { status: 500 } : accepts(batch)));
  const demoNow = Date.parse('2026-11-22T19:30:00Z');
  const ending = new AbortController();
  let through = 0;
  await trickle({
    demo: { seed: 1, now: demoNow },
    target: api.target,
    signal: ending.signal,
    now: fastClock(demoNow, () => ending.abort()),
    everySeconds: 5,
    pace: 10,
    onThrough: (at) => {
      through = at;
    },
  });
  const events = api.batches.flat();
  expect(refusals(events, demoNow + 86_400_000)).toEqual([]);
  const counts = countByEntity(events);
  expect(counts.order).toBeGreaterThan(20);
  expect(counts.shipment).toBeGreaterThan(5);
  const statuses = new Set(events.filter((event) => event.type.includes('.order.')).map((event) => event.data.status));
  expect([...statuses]).toEqual(expect.arrayContaining(['paid', 'shipped', 'delivered']));
  expect(through).toBeGreaterThan(demoNow);
});
