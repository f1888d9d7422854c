/** Do moves reach an item once, however they are cut and repeated? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedDelta } from '../../shared/fold/fold.ts';
import { addToItem, cut } from '../../shared/store/aggregates.ts';
import { itemsOf } from '../make/contents.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';

const item = 'D#sales#total#2026-03-01';
const seqOf = (n: number) => `0001:056:${String(n).padStart(56, '0')}`;
const move = (record: number, field: string, by = 1): RecordedDelta => ({ seq: seqOf(record), item, field, by });

/** Moves in order of their records, a few fields each. */
const deltas = fc
  .array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 20 })
  .map((records) => records.flatMap((fields, i) => fields.map((field) => move(i + 1, `f${field}`))));

const cutsBetweenRecords = (cuts: typeof cut) =>
  fc.property(deltas, fc.integer({ min: 1, max: 20 }), (all, limit) => {
    const chunks = cuts(all, limit);
    expect(chunks.flat()).toEqual(all);
    for (const [i, chunk] of chunks.entries()) {
      expect(chunks[i + 1]?.[0]?.seq).not.toBe(chunk.at(-1)?.seq);
      const records = new Set(chunk.map(({ seq }) => seq));
      if (records.size > 1) expect(new Set(chunk.map(({ field }) => field)).size).toBeLessThanOrEqual(limit);
    }
  });

describe('a cut', () => {
  it('falls between records and keeps every move in order', () => {
    fc.assert(cutsBetweenRecords(cut), { numRuns: 300 });
  });

  it('that fell between the fields of a record would be found out', () => {
    const byCount: typeof cut = (all, limit = 100) =>
      Array.from({ length: Math.ceil(all.length / limit) }, (_, i) => all.slice(i * limit, (i + 1) * limit));
    expect(() => fc.assert(cutsBetweenRecords(byCount), { numRuns: 300, endOnFailure: true })).toThrow(/Property failed/);
  });
});

describe('an item', () => {
  let table: MadeTable;
  let made = 0;
  beforeAll(async () => {
    table = await makeTable();
  });
  afterAll(() => table.close());
  const newPartition = () => `C#c-${++made}#1`;
  const read = async (partition: string) => (await itemsOf(table, partition))[0] ?? {};
  const numbers = async (partition: string) =>
    Object.fromEntries(
      Object.entries(await read(partition)).flatMap(([name, value]) =>
        value.N === undefined || name === 'expires' ? [] : [[name, Number(value.N)]],
      ),
    );

  it('takes hundreds of fields in as many updates as it needs', async () => {
    const partition = newPartition();
    const all = Array.from({ length: 350 }, (_, i) => move(i + 1, `field${i}`, i + 1));
    await addToItem(table, partition, item, all);
    await addToItem(table, partition, item, all);
    expect(await numbers(partition)).toEqual(Object.fromEntries(all.map(({ field, by }) => [field, by])));
    expect((await read(partition)).w).toEqual({ S: seqOf(350) });
  });

  it('takes a single record of more fields than an update usually holds', async () => {
    const partition = newPartition();
    await addToItem(
      table,
      partition,
      item,
      Array.from({ length: 140 }, (_, i) => move(1, `field${i}`)),
    );
    expect(Object.keys(await numbers(partition))).toHaveLength(140);
  });

  it('takes of an overlapping batch only the records it does not have', async () => {
    const partition = newPartition();
    await addToItem(table, partition, item, [move(1, 'orders'), move(3, 'orders', 10)]);
    await addToItem(table, partition, item, [
      move(1, 'orders'),
      move(3, 'orders', 10),
      move(4, 'orders', 100),
      move(5, 'units', 7),
    ]);
    expect(await numbers(partition)).toEqual({ orders: 111, units: 7 });
  });

  it('refuses the rest of a record whose fields it has, even those it never saw', async () => {
    const partition = newPartition();
    await addToItem(table, partition, item, [move(2, 'orders')]);
    await addToItem(table, partition, item, [move(2, 'units')]);
    expect(await numbers(partition)).toEqual({ orders: 1 });
  });

  it('remembers a record that adds up to nothing', async () => {
    const partition = newPartition();
    await addToItem(table, partition, item, [move(1, 'grossSales', 5), move(2, 'grossSales', -5)]);
    expect(await read(partition)).toMatchObject({ w: { S: seqOf(2) }, grossSales: { N: '0' } });
  });

  it('counts every record once while attempts that were given up still write', async () => {
    const partition = newPartition();
    const all = Array.from({ length: 20 }, (_, i) => move(i + 1, 'orders'));
    const attempts = [all, all.slice(0, 12), all.slice(0, 5), all];
    await Promise.all(attempts.map((some) => addToItem(table, partition, item, some)));
    expect(await numbers(partition)).toEqual({ orders: 20 });
  });

  it('of an hour expires 400 days after it, told by the hour alone', async () => {
    const partition = newPartition();
    const hour = 'H#sales#total#2026-11-01T01-04:00';
    await addToItem(table, partition, hour, [{ ...move(1, 'orders'), item: hour }]);
    expect((await read(partition)).expires).toEqual({ N: String(Date.parse('2026-11-01T05:00:00Z') / 1000 + 400 * 86_400) });
  });

  it('of a day never expires', async () => {
    const partition = newPartition();
    await addToItem(table, partition, item, [move(1, 'orders')]);
    expect((await read(partition)).expires).toBeUndefined();
  });
});
