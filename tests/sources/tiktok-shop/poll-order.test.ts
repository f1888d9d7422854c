/** Is every record handed on, however many changed in one second, wherever a page ends and wherever reading is stopped? */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { type Checkpoint, poll, type Stream } from '../../../shared/sources/tiktok-shop/poll.ts';

/** A list of records by their seconds of change, in pages with tokens that count places. */
function streamOf(times: number[], size: number): Stream {
  const records = times.map((at, id) => ({ id, at })).sort((a, b) => a.at - b.at || a.id - b.id);
  return {
    name: 'records',
    read: async ({ from, to }, token) => {
      const inside = records.filter(({ at }) => at >= from && at < to);
      const start = Number(token ?? 0);
      const end = start + size;
      return { items: inside.slice(start, end), next: end < inside.length ? String(end) : undefined, data: {} };
    },
    changedAt: ({ at }) => Number(at),
    events: async (page) => page.map(({ id }) => ({ subject: String(id) }) as CloudEvent),
  };
}

it('whatever the times, the size of pages and windows, and the pages at which it is stopped', async () => {
  const seconds = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 300 }));
  const cases = fc.tuple(
    fc.array(seconds, { maxLength: 40 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 120 }),
    fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([times, size, windowSeconds, stops]) => {
      const stream = streamOf(times, size);
      const kept = new Set<string>();
      let stored: Checkpoint | undefined;
      const run = (pages: number) => {
        let left = pages;
        return poll(stream, {
          checkpoints: {
            get: async () => stored,
            put: async (_, checkpoint) => {
              stored = checkpoint;
            },
          },
          sink: async (events) => {
            if (left-- === 0) throw new Error('stopped');
            for (const { subject } of events) kept.add(subject);
          },
          since: 0,
          now: () => 301_000,
          overlapSeconds: 0,
          windowSeconds,
        });
      };
      for (const pages of stops) await run(pages).catch(() => {});
      await run(Number.POSITIVE_INFINITY);
      expect(kept.size).toBe(times.length);
      expect(stored).toEqual({ readUntil: 301, isComplete: true, isFirst: expect.any(Boolean) });
    }),
    { numRuns: 500 },
  );
});
