/** How long until an accepted event is in a report? Events at random moments, watched from outside. */
import { setTimeout as wait } from 'node:timers/promises';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { demoEvents } from './demo-events.ts';
import { oneLineOrder } from './records.ts';
import { type Service, startService } from './service.ts';
import { shopProfile } from './shop.ts';
import { rounded, spreadOf } from './statistics.ts';

const samples = 150;
const spanMs = 60_000;

/** Posts `rate` events a second of another creator, four times a second, until told to stop; answers how many. */
function postBeside(service: Service, rate: number): { stop(): Promise<number> } {
  const events = demoEvents(20_000).slice(1);
  let isOver = false;
  let sent = 0;
  const posting = (async () => {
    for (const began = performance.now(); !isOver; ) {
      const due = Math.floor(((performance.now() - began) / 1000) * rate);
      const some = Array.from({ length: Math.min(500, due - sent) }, (_, i) => events[(sent + i) % events.length] as CloudEvent);
      // Gone through once, they come again as newer snapshots: each changes something.
      const round = (i: number) => Math.floor((sent + i) / events.length);
      if (some.length)
        await service.post(
          some.map((one, i) => ({
            ...one,
            creatorid: 'c-2',
            id: `${one.id}-${round(i)}`,
            entityversion: one.entityversion + round(i),
          })),
        );
      sent += some.length;
      await wait(250);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await posting;
      return sent;
    },
  };
}

/** Milliseconds from the 202 to the first report that shows the event, with the template's 5 s window; with `rate` events a second beside them. */
export async function freshness(rate = 0): Promise<Record<string, unknown>> {
  const service = await startService();
  try {
    const since = Date.parse('2026-01-01T00:00:00Z');
    await service.post([shopProfile('c-1', since), shopProfile('c-2', since)]);
    const beside = postBeside(service, rate);
    const start = performance.now();
    const accepted: number[] = [];
    const visible: number[] = [];
    const moments = Array.from({ length: samples }, () => Math.random() * spanMs).sort((a, b) => a - b);
    const began = performance.now();
    const poster = (async () => {
      for (const [n, moment] of moments.entries()) {
        await wait(Math.max(0, began + moment - performance.now()));
        await service.post([oneLineOrder(n, 1)]);
        accepted.push(performance.now());
      }
    })();
    while (visible.length < samples) {
      const { body } = await service.get('/v1/creators/c-1/kpis?names=orders&from=2026-02-28&to=2026-03-02&grain=total');
      const seen = (body.series as { total: number }[])[0]?.total ?? 0;
      while (visible.length < seen) visible.push(performance.now());
      if (performance.now() - began > spanMs + 60_000)
        throw new Error(`only ${visible.length} of ${samples} events became visible`);
      await wait(20);
    }
    await poster;
    const seconds = (performance.now() - start) / 1000;
    const sent = await beside.stop();
    const spread = spreadOf(visible.map((moment, i) => moment - (accepted[i] ?? moment)));
    return { 'accepted → visible (ms)': spread, 'beside it (events/s)': rounded(sent / seconds, 0) };
  } finally {
    await service.stop();
  }
}

/** Events per second through the API until they are durable in the table, and memory of the runtime after it. */
export async function importRate(): Promise<Record<string, unknown>> {
  const service = await startService();
  try {
    const events = demoEvents(20_000);
    const began = performance.now();
    for (let i = 0; i < events.length; i += 500) await service.post(events.slice(i, i + 500));
    const posted = performance.now();
    await service.runtime.drained('aggregate');
    const drained = performance.now();
    return {
      events: events.length,
      'posted (events/s)': rounded(events.length / ((posted - began) / 1000), 0),
      'durable (events/s)': rounded(events.length / ((drained - began) / 1000), 0),
      memoryMB: Math.round(process.memoryUsage().rss / 1e6),
    };
  } finally {
    await service.stop();
  }
}
