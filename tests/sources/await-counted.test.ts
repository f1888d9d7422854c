/** Does an import end when its numbers are right, and not before, whatever the service does meanwhile? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conclude, lineOfWaiting } from '../../commands/import-wait.ts';
import { snapshot } from '../../shared/sources/files/snapshot.ts';
import { awaitCounted, type Waiting } from '../../shared/sources/post/await-counted.ts';
import { type Ledger, openLedger } from '../../shared/sources/post/ledger.ts';
import { standIn } from './stand-in-api.ts';

const eventsOf = (creatorId: string, n: number) =>
  Array.from({ length: n }, (_, i) =>
    snapshot({ source: '/test', entity: 'order', creatorId, subject: `order/o-${i}`, at: i + 1, data: {} }),
  );
const place = (n: number): string => `0001:056:${String(n).padStart(3, '0')}`;

/** A ledger with a batch for each [creator, events, position]. */
function ledgerOf(...batches: [creatorId: string, count: number, position: number][]): Ledger {
  const ledger = openLedger();
  for (const [creatorId, count, position] of batches)
    ledger.note(eventsOf(creatorId, count), {
      accepted: count,
      rejected: [],
      positions: [{ creatorId, position: place(position), quarantined: 0 }],
    });
  return ledger;
}

type Asked = { [creatorId: string]: { position: number; quarantined?: number } };

/** A service that answers the n-th question about progress with what `states` says, the last one from then on. */
async function serviceOf(states: (Asked | number)[]) {
  const questions: string[][] = [];
  const api = await standIn((_, n, path) => {
    const creators = new URL(path, 'http://x').searchParams.get('creators')?.split(',') ?? [];
    questions.push(creators);
    const state = states[Math.min(n, states.length - 1)] as Asked | number;
    if (typeof state === 'number') return { status: state };
    const known = creators.filter((creatorId) => state[creatorId]);
    const answerOf = (creatorId: string) => ({
      creatorId,
      position: place(state[creatorId]?.position ?? 0),
      quarantined: state[creatorId]?.quarantined ?? 0,
      lagSeconds: 3,
    });
    return { status: 200, body: { creators: known.map(answerOf) } };
  });
  let now = 0;
  const target = { ...api.target, now: () => now };
  const pause = async (milliseconds: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    now += milliseconds;
  };
  return { api, questions, target, pause };
}

describe('waiting until all is counted', () => {
  it('ends when the service has come past the last event of every creator, and tells what is left', async () => {
    const ledger = ledgerOf(['c-1', 500, 10], ['c-1', 500, 20], ['c-2', 200, 15]);
    const { target, pause, questions } = await serviceOf([
      { 'c-1': { position: 9 }, 'c-2': { position: 0 } },
      { 'c-1': { position: 12 }, 'c-2': { position: 0 } },
      { 'c-1': { position: 20 }, 'c-2': { position: 15 } },
    ]);
    const seen: Waiting[] = [];
    await awaitCounted(ledger, { target, pause, onProgress: (waiting) => seen.push(waiting) });
    expect(seen.map(({ counted, secondsLeft }) => [counted, secondsLeft])).toEqual([
      [0, undefined],
      [500, 2],
      [1200, 0],
    ]);
    expect(seen.map(lineOfWaiting)[1]).toBe('counted 500 of 1,200 | the oldest waits 3 s | about 2 s left');
    expect(questions).toHaveLength(3);
    expect(conclude(ledger, 40)).toBe(
      'counted 1,200 of 1,200; reports are complete\nThe lake (SQL) follows: its oldest event waits 40 s.',
    );
  });

  it('goes on over a service that is away, busy or failing for a while', async () => {
    const ledger = ledgerOf(['c-1', 5, 10]);
    const { target, pause } = await serviceOf([503, 429, 401, { 'c-1': { position: 10 } }]);
    await awaitCounted(ledger, { target, pause });
    expect(ledger.counted).toBe(5);
  });

  it('gives up over one that stays away, and one that does not tell', async () => {
    const away = await serviceOf([503]);
    await expect(awaitCounted(ledgerOf(['c-1', 5, 10]), away)).rejects.toThrow('did not say how far it is for 60 s: 503');
    const silent = await serviceOf([404]);
    await expect(awaitCounted(ledgerOf(['c-1', 5, 10]), silent)).rejects.toThrow('does not say how far it is: 404');
  });

  it('stops at once when it is told to, with nothing crossed out', async () => {
    const { target, pause } = await serviceOf([{ 'c-1': { position: 9 } }]);
    const stopping = new AbortController();
    const ledger = ledgerOf(['c-1', 5, 10]);
    const waiting = awaitCounted(ledger, { target, pause, signal: stopping.signal, onProgress: () => stopping.abort() });
    await expect(waiting).rejects.toThrow('abort');
    expect(ledger).toMatchObject({ accepted: 5, counted: 0 });
  });

  it('asks about at most a hundred creators at once, and about all in turn', async () => {
    const creators = Array.from({ length: 250 }, (_, n) => `c-${n}`);
    const ledger = ledgerOf(...creators.map((creatorId): [string, number, number] => [creatorId, 1, 5]));
    const behind = Object.fromEntries(creators.map((creatorId) => [creatorId, { position: 4 }]));
    const there = Object.fromEntries(creators.map((creatorId) => [creatorId, { position: 5 }]));
    const { target, pause, questions } = await serviceOf([behind, behind, behind, there]);
    await awaitCounted(ledger, { target, pause });
    expect(Math.max(...questions.map((asked) => asked.length))).toBe(100);
    expect(new Set(questions.slice(0, 3).flat()).size).toBe(250);
    expect(ledger.counted).toBe(250);
  });

  it('ends with events in quarantine among them, and says how many', async () => {
    const ledger = ledgerOf(['c-1', 10, 10]);
    const { target, pause } = await serviceOf([{ 'c-1': { position: 10, quarantined: 2 } }]);
    await awaitCounted(ledger, { target, pause });
    expect(conclude(ledger, 0)).toMatch(/^counted 8 of 10; reports are complete\n2 are in quarantine/);
  });
});

describe('the ledger', () => {
  it('leaves rejected events out, and says when a service does not tell positions', () => {
    const ledger = openLedger();
    const rejected = [{ index: 1, code: 'invalid', message: 'no' }];
    const positions = [{ creatorId: 'c-1', position: place(3), quarantined: 4 }];
    ledger.note(eventsOf('c-1', 3), { accepted: 2, rejected, positions });
    ledger.reach({ creatorId: 'c-1', position: place(3), lagSeconds: 0, quarantined: 4 });
    expect(ledger).toMatchObject({ accepted: 2, counted: 2, quarantined: 0, isComplete: true });
    ledger.note(eventsOf('c-1', 1), { accepted: 1, rejected: [], positions: undefined });
    expect(ledger.isComplete).toBe(false);
  });

  it('counts exactly the events up to where the service is, in whatever steps it comes there', () => {
    const batch = fc.record({ count: fc.integer({ min: 1, max: 5 }), step: fc.integer({ min: 1, max: 9 }) });
    const law = fc.property(fc.array(batch, { minLength: 1, maxLength: 9 }), fc.array(fc.nat(60)), (batches, reached) => {
      let at = 0;
      const lines = batches.map(({ count, step }): ['c-1', number, number] => {
        at += step;
        return ['c-1', count, at];
      });
      const ledger = ledgerOf(...lines);
      let furthest = 0;
      for (const position of reached) {
        furthest = Math.max(furthest, position);
        ledger.reach({ creatorId: 'c-1', position: place(position), lagSeconds: 0, quarantined: 0 });
        const due = lines.filter(([, , line]) => line <= furthest).reduce((sum, [, count]) => sum + count, 0);
        expect(ledger.counted).toBe(due);
      }
    });
    fc.assert(law);
  });
});
