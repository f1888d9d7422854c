/** Does the live generator bring new orders to life, go on after trouble, and stop when told? */
import { expect, test } from 'vitest';
import { generateLive, type LiveMark } from '../../samples/demo/live-generator.ts';
import { accepts, standIn } from '../sources/stand-in-api.ts';
import { countByEntity, refusals } from './events-of.ts';

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
  let mark: LiveMark = { through: 0, fast: [] };
  await generateLive({
    demo: { seed: 1, now: demoNow },
    target: api.target,
    signal: ending.signal,
    now: fastClock(demoNow, () => ending.abort()),
    everySeconds: 5,
    pace: 10,
    onMark: (reached) => {
      mark = reached;
    },
  });
  const events = api.batches.flat();
  expect(refusals(events, demoNow + 86_400_000)).toEqual([]);
  const counts = countByEntity(events);
  expect(counts.order).toBeGreaterThan(20);
  expect(counts.shipment).toBeGreaterThan(5);
  const statuses = new Set(events.filter((event) => event.type.includes('.order.')).map((event) => event.data.status));
  expect([...statuses]).toEqual(expect.arrayContaining(['paid', 'shipped', 'delivered']));
  expect(mark.through).toBeGreaterThan(demoNow);
  expect(mark.fast.length).toBeGreaterThan(0);

  // A later run takes up the orders that were under way, and ends them.
  const later = await standIn();
  const end = new AbortController();
  const now = fastClock(mark.through, () => end.abort());
  const demo = { seed: 1, now: demoNow };
  await generateLive({ demo, target: later.target, signal: end.signal, now, mark, pace: 10 });
  const taken = new Set(later.batches.flat().map((event) => event.subject));
  for (const placedAt of mark.fast) expect([1, 2, 3].filter((shop) => taken.has(`order/o-${shop}-${placedAt}`))).toHaveLength(1);
});
