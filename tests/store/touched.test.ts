/** Which entities stand behind a day's number? */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyBatch } from '../../shared/store/apply.ts';
import { isChangedAfter, packChangeLists, readChangedRoots } from '../../shared/store/change-index.ts';
import { readPartition } from '../../shared/store/partition.ts';
import { itemsOf, sizeOf } from '../make/contents.ts';
import { mergeAll } from '../make/pages.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { anOrder, aRefund } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

let table: MadeTable;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const behind = async (creator: string, topic: string, day: string) =>
  (await readChangedRoots(await readPartition(table, `C#${creator}#1`), topic, day)).sort();

async function putLists(creator: string, roots: string[], seq: string): Promise<void> {
  for (const Item of packChangeLists(`C#${creator}#1`, new Map([['sales|2026-03-01', roots]]), seq))
    await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

describe('lists of changes', () => {
  it.each([[[false, false]], [[true, false]], [[false, true]], [[true, true]]])(
    'name the orders behind each day of each topic, those that moved away among them, merged after each batch or pending: %j',
    async ([first, second]) => {
      const creator = `c-behind-${first}-${second}`;
      await applyBatch(table, aStream([anOrder({}, { creator }), anOrder({}, { creator, order: 'o-2' })]));
      if (first) await mergeAll(table, `C#${creator}#1`);
      await applyBatch(
        table,
        aStream([anOrder({ paidAt: '2026-03-02T15:00:00Z' }, { creator, version: 2 }), aRefund({}, { creator })], {}, 10),
      );
      if (second) await mergeAll(table, `C#${creator}#1`);
      expect(await behind(creator, 'sales', '2026-03-01')).toEqual(['order/o-1', 'order/o-2']);
      expect(await behind(creator, 'sales', '2026-03-02')).toEqual(['order/o-1']);
      expect(await behind(creator, 'refunds', '2026-03-10')).toEqual(['order/o-1']);
      expect(await behind(creator, 'sales', '2026-03-03')).toEqual([]);
      expect(await behind(creator, 'shipping', '2026-03-01')).toEqual([]);
    },
  );

  it('say what moved after a record, pending or merged', async () => {
    const creator = 'c-after';
    const records = aStream([anOrder({}, { creator }), anOrder({ paidAt: '2026-03-02T15:00:00Z' }, { creator, order: 'o-2' })]);
    await applyBatch(table, records);
    const isMoved = async (day: string) =>
      isChangedAfter(await readPartition(table, `C#${creator}#1`), 'sales', day, records[0]?.seq ?? '');
    expect([await isMoved('2026-03-01'), await isMoved('2026-03-02'), await isMoved('2026-03')]).toEqual([false, true, true]);
    await mergeAll(table, `C#${creator}#1`);
    expect([await isMoved('2026-03-02'), await isMoved('2026-03-03')]).toEqual([true, false]);
  });

  it('name a root once, however often it was merged', async () => {
    for (const seq of ['0001:1', '0001:1', '0001:2']) await putLists('c-twice', ['order/o-1'], seq);
    expect(await behind('c-twice', 'sales', '2026-03-01')).toEqual(['order/o-1']);
  });

  it('take as many items as they need, each of a size that a store takes', async () => {
    const roots = Array.from({ length: 1500 }, (_, i) => `order/${String(i).padStart(4, '0')}-${'x'.repeat(200)}`);
    await putLists('c-many', roots, '0001:1');
    expect((await itemsOf(table, 'C#c-many#1')).length).toBeGreaterThan(1);
    expect(await behind('c-many', 'sales', '2026-03-01')).toEqual(roots);
  });

  it('stay below 400 KB whatever the roots are', () => {
    // Text that does not compress: three bytes a character, none like the one before.
    const noise = (n: number) =>
      String.fromCodePoint(...Array.from({ length: 300 }, (_, i) => 0x4e00 + ((n * 7919 + i * i * 104_729) % 20_000)));
    const roots = Array.from({ length: 900 }, (_, n) => noise(n));
    for (const item of packChangeLists('C#c-1#1', new Map([['sales|2026-03-01', roots]]), '0001:1'))
      expect(sizeOf(item)).toBeLessThan(400 * 1024);
  });
});
