/** Do marks stay true when collect and aggregate write them at once, in any order of their calls, some of which fail? */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { progressKey } from '../../shared/fold/keys.ts';
import { movingDays } from '../../shared/store/backlog.ts';
import { markAccepted, markApplied } from '../../shared/store/progress.ts';
import { backlogOf } from '../../shared/store/progress-item.ts';
import type { Table } from '../../shared/store/table.ts';
import { CallFailed, withChange } from '../make/faults.ts';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';
import { roundsOf } from '../rounds.ts';

let store: TestTable;
let made = 0;
beforeAll(async () => {
  store = await startKpiTable();
});
afterAll(() => store.stop());

const seq = (n: number) => `0001:056:${String(n).padStart(56, '0')}`;
const at = (n: number) => new Date(Date.UTC(2026, 2, 1) + n * 5000).toISOString();

type Fate = 'made' | 'lost before' | 'lost after';
const fates = fc.infiniteStream(
  fc.oneof({ weight: 8, arbitrary: fc.constant<Fate>('made') }, fc.constantFrom<Fate>('lost before', 'lost after')),
);

/** The table call by call, in the order that the scheduler picks. */
function scheduled(table: Table, scheduler: fc.Scheduler, fate: Iterator<Fate>): Table {
  const send = (command: object) =>
    scheduler.schedule(Promise.resolve()).then(async () => {
      const what = fate.next().value as Fate;
      if (what === 'lost before') throw new CallFailed('not sent');
      const answer = await table.send(command as never);
      if (what === 'lost after') throw new CallFailed('the answer was lost');
      return answer;
    });
  return { name: table.name, send: send as unknown as Table['send'] };
}

async function untilThrough(mark: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await mark();
      return;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
    }
  }
}

const itemOf = async (partition: string) => {
  const Key = { pk: { S: partition }, sk: { S: progressKey } };
  return (await store.client.send(new GetItemCommand({ TableName: store.table.name, Key, ConsistentRead: true }))).Item;
};

const staysTrue = (table: Table) =>
  fc.asyncProperty(
    fc.scheduler(),
    fates,
    fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
    fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
    async (scheduler, fate, accepted, applied) => {
      const partition = `P#stream#1#race-${++made}`;
      const own = scheduled(table, scheduler, fate);
      const isThrough = new Set<number>();
      const collects = accepted.map(async (n) => {
        const days = [[n, n]] as const;
        await untilThrough(() => markAccepted(own, partition, seq(n), at(n), { days, stored: async () => [] }));
        isThrough.add(n);
      });
      // One lane: one after the other.
      const aggregate = (async () => {
        for (const n of applied.sort((a, b) => a - b))
          await untilThrough(() => markApplied(own, partition, seq(n), at(n), { days: [] }));
      })();
      const all = Promise.all([...collects, aggregate]);
      try {
        while (scheduler.count() || isThrough.size < accepted.length) {
          if (scheduler.count()) await scheduler.waitOne();
          else await new Promise((resolve) => setImmediate(resolve));
          const item = await itemOf(partition);
          const backlog = backlogOf(item);
          // Whoever got an answer reads that it waits, and on which days, until it is applied.
          for (const n of isThrough) {
            if (seq(n) <= backlog.applied) continue;
            expect(
              movingDays(backlog).some(([from, to]) => from <= n && n <= to),
              `day of ${n}`,
            ).toBe(true);
            expect(movingDays(backlog)[0]?.[0], 'not every day').toBeGreaterThan(0);
          }
          expect(item?.open !== undefined, 'in the index').toBe(backlog.groups.length > 0);
        }
      } finally {
        // A run that found something wrong leaves no call behind that would meet a closed table.
        await scheduler.waitFor(Promise.allSettled([...collects, aggregate]));
      }
      await all;
      const last = backlogOf(await itemOf(partition));
      expect(last).toMatchObject({
        accepted: seq(Math.max(...accepted)),
        applied: applied.length ? seq(Math.max(...applied)) : '',
      });
    },
  );

it('stays true', async () => {
  await fc.assert(staysTrue(store.table), { numRuns: roundsOf('marks'), endOnFailure: true });
});

it('would not, were marks written over others than those that were read', async () => {
  const blind = withChange(store.table, 'UpdateItemCommand', (input) => {
    const { ConditionExpression: _, ...rest } = input;
    const known = Object.entries(rest.ExpressionAttributeValues ?? {}).filter(([name]) => !name.startsWith(':known'));
    const used = String(rest.UpdateExpression);
    const names = Object.entries(rest.ExpressionAttributeNames as Record<string, string>).filter(([name]) => used.includes(name));
    const { ExpressionAttributeValues: __, ...others } = rest;
    const values = known.length ? { ExpressionAttributeValues: Object.fromEntries(known) } : {};
    return { ...others, ...values, ExpressionAttributeNames: Object.fromEntries(names) };
  });
  await expect(fc.assert(staysTrue(blind), { seed: 1, numRuns: 300, endOnFailure: true })).rejects.toThrow('Property failed');
});
