/** What do marks cost, and do they say the same whatever order they come in? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysOfEntity, everyDay, holdsAny, mergeDays, packDays, unpackDays } from '../../shared/fold/days.ts';
import {
  accept,
  apply,
  type Backlog,
  emptyBacklog,
  movingDays,
  oldestOf,
  packGroups,
  unpackGroups,
} from '../../shared/store/backlog.ts';
import { markAccepted, markApplied, readStored } from '../../shared/store/progress.ts';
import { backlogOf } from '../../shared/store/progress-item.ts';
import { markShard } from '../../shared/store/settled.ts';
import { oneLineOrder } from '../bench/records.ts';
import { cost, metered } from '../bench/write-units.ts';
import { withFault } from '../make/faults.ts';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';

let store: TestTable;
beforeAll(async () => {
  store = await startKpiTable();
});
afterAll(() => store.stop());

const seq = (n: number) => `0001:056:${String(n).padStart(56, '0')}`;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('marks', () => {
  it('cost a large batch of one creator next to nothing: at most 1.1 write units an event with everything', async () => {
    const orders = range(500).map((n) => oneLineOrder(n, 1));
    const { perEvent, indexPerEvent } = await cost(store.table, orders, 500);
    // Orders that wait for their dispatch stand in the index of open orders: one unit each, which is none of the marks'.
    expect(perEvent).toBeLessThanOrEqual(1.1);
    expect(indexPerEvent).toBeLessThanOrEqual(1.01);
  });

  it.each([
    ['a creator', 'C#7495000000000000000#1', 0],
    ['a shard', 'P#stream#1#shardId-000000000009', 1],
  ])(
    'of %s (%s) cost a write unit each, however much waits, and %s of the index where waiting begins or ends',
    async (_, partition, ofIndex) => {
      const days = [
        [20_000, 20_010],
        [20_100, 20_200],
        [20_300, 20_400],
        [20_500, 20_501],
      ] as const;
      const meter = metered(store.table);
      const priced = () => ({ table: meter.units(), index: meter.indexUnits() });
      for (const n of range(20)) {
        const was = priced();
        const at = new Date(Date.UTC(2026, 2, 1) + n * 60_000).toISOString();
        await markAccepted(meter.table, partition, seq(n + 1), at, { days, stored: async () => days });
        expect(meter.units() - was.table, `mark ${n}`).toBe(1);
        expect(meter.indexUnits() - was.index, `mark ${n}`).toBe(n === 0 ? ofIndex : 0);
      }
      const was = priced();
      await markApplied(meter.table, partition, seq(20), '2026-03-01T00:20:00.000Z');
      expect({ table: meter.units() - was.table, index: meter.indexUnits() - was.index }).toEqual({ table: 1, index: ofIndex });
    },
  );
});

type Mark = { seq: number; at: number; day: number } | { applied: number };
const mark: fc.Arbitrary<Mark> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ seq: fc.integer({ min: 1, max: 40 }), at: fc.nat(400_000), day: fc.nat(3000) }) },
  { weight: 1, arbitrary: fc.record({ applied: fc.integer({ min: 1, max: 40 }) }) },
);

const take = (known: Backlog, one: Mark): Backlog =>
  'applied' in one
    ? apply(known, { seq: seq(one.applied), asOf: '', days: [], quarantined: 0 })
    : accept(known, { seq: seq(one.seq), at: one.at, days: [[one.day, one.day]] });

describe('a shard', () => {
  const shard = { epoch: 1, shardId: 'shardId-000000000077' };
  const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
  const waits = async () => {
    const { groups } = await readStored(store.table, 'P#stream#1#shardId-000000000077');
    return groups.length > 0;
  };

  it('is marked by an instance of collect once in five seconds, by another one all the same', async () => {
    const meter = metered(store.table);
    const [one, other] = [new Map<string, number>(), new Map<string, number>()];
    const unitsOf = async (n: number, second: number, latest: Map<string, number>) => {
      const was = meter.units();
      await markShard(meter.table, shard, seq(n), at(second), latest);
      return meter.units() - was;
    };
    expect(await unitsOf(1, 0, one)).toBe(2);
    expect(await unitsOf(2, 4, one)).toBe(0);
    expect(await unitsOf(3, 4, other)).toBe(2);
    expect(await unitsOf(4, 5, one)).toBe(2);
  });

  it('is not remembered as marked where the mark failed', async () => {
    const latest = new Map<string, number>();
    const failing = withFault(store.table, 1, 'before');
    await expect(markShard(failing.table, shard, seq(5), at(20), latest)).rejects.toThrow('the call failed');
    await markShard(store.table, shard, seq(5), at(21), latest);
    expect(await waits()).toBe(true);
  });
});

describe('a backlog', () => {
  it('holds every day of what is accepted and not applied, in whatever order marks come', () => {
    const law = fc.property(fc.array(mark, { maxLength: 30 }), (marks) => {
      const backlog = marks.reduce(take, emptyBacklog);
      const applied = Math.max(0, ...marks.map((one) => ('applied' in one ? one.applied : 0)));
      const waiting = marks.flatMap((one) => ('seq' in one && one.seq > applied ? [one] : []));
      for (const { day, at } of waiting) {
        expect(movingDays(backlog).some(([from, to]) => from <= day && day <= to)).toBe(true);
        expect(oldestOf(backlog)).toBeLessThanOrEqual(at);
      }
      if (!waiting.length) expect(backlog.groups).toEqual([]);
      expect(backlog.groups.length).toBeLessThanOrEqual(4);
    });
    fc.assert(law, { numRuns: 300 });
  });

  it('reads as it was written', () => {
    const law = fc.property(fc.array(mark, { maxLength: 30 }), (marks) => {
      const { groups, accepted, applied } = marks.reduce(take, emptyBacklog);
      expect(unpackGroups(packGroups(groups), { accepted, applied }, 0)).toEqual(groups);
    });
    fc.assert(law);
  });

  it('of items that hold none is none', () => {
    expect(backlogOf(undefined)).toEqual(emptyBacklog);
    expect(backlogOf({ accepted: { S: 'b' }, applied: { S: 'b' }, pendingSince: { S: '2026-03-01T00:00:00Z' } }).groups).toEqual(
      [],
    );
  });
});

describe('days', () => {
  const ranges = fc.array(
    fc.tuple(fc.nat(9000), fc.nat(40)).map(([from, n]): [number, number] => [from, from + n]),
    { maxLength: 9 },
  );

  it('lose none when they are merged, and are few', () => {
    const law = fc.property(ranges, (given) => {
      const merged = mergeDays(given);
      expect(merged.length).toBeLessThanOrEqual(4);
      for (const [from, to] of given) expect(merged.some((one) => one[0] <= from && one[1] >= to)).toBe(true);
      expect(unpackDays(packDays(merged))).toEqual(merged);
    });
    fc.assert(law);
  });

  it('of text that is none of ours, and of what is not known, are all', () => {
    expect(unpackDays(packDays(everyDay))).toEqual(everyDay);
    expect(unpackDays('?')).toEqual(everyDay);
    expect(holdsAny(everyDay, '1999-01-01', '1999-01-01')).toBe(true);
  });

  it('of an entity are those of its parts and those that it contributed to', () => {
    const part = (facts: Record<string, string>) => ({ version: 1, definitions: 1, profile: 1, hash: '', facts });
    const days = daysOfEntity({
      parts: { order: part({ paidAt: '2026-03-01T23:30:00-05:00', status: 'paid' }) },
      contributions: [['sales', '2026-02-27', {}, {}]],
    });
    expect(['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'].map((day) => holdsAny(days, day, day))).toEqual(
      [false, true, false, true, false],
    );
  });
});
