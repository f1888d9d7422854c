/** Which entities stand behind a day's number? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyBatch } from '../../shared/store/apply.ts';
import { packChangeIndex, putChangeIndex, readChangedRoots } from '../../shared/store/change-index.ts';
import { itemsOf, sizeOf } from '../make/contents.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { anOrder, aRefund } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

let table: MadeTable;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

describe('change index', () => {
  it('name the orders behind each day of each subject, those that moved away among them', async () => {
    const creator = 'c-behind';
    await applyBatch(table, aStream([anOrder({}, { creator }), anOrder({}, { creator, order: 'o-2' })]));
    await applyBatch(
      table,
      aStream([anOrder({ paidAt: '2026-03-02T15:00:00Z' }, { creator, version: 2 }), aRefund({}, { creator })], {}, 10),
    );
    const behind = (subject: string, day: string) => readChangedRoots(table, `C#${creator}#1`, subject, day);
    expect((await behind('sales', '2026-03-01')).sort()).toEqual(['order/o-1', 'order/o-2']);
    expect(await behind('sales', '2026-03-02')).toEqual(['order/o-1']);
    expect(await behind('refunds', '2026-03-10')).toEqual(['order/o-1']);
    expect(await behind('sales', '2026-03-03')).toEqual([]);
    expect(await behind('shipping', '2026-03-01')).toEqual([]);
  });

  it('name a root once, however often its batch was sent', async () => {
    for (const seq of ['0001:1', '0001:1', '0001:2'])
      await putChangeIndex(table, 'C#c-twice#1', 'sales', '2026-03-01', seq, ['order/o-1']);
    expect(await readChangedRoots(table, 'C#c-twice#1', 'sales', '2026-03-01')).toEqual(['order/o-1']);
  });

  it('take as many items as they need, each of a size that a store takes', async () => {
    const roots = Array.from({ length: 1500 }, (_, i) => `order/${String(i).padStart(4, '0')}-${'x'.repeat(200)}`);
    await putChangeIndex(table, 'C#c-many#1', 'sales', '2026-03-01', '0001:1', roots);
    expect((await itemsOf(table, 'C#c-many#1')).length).toBeGreaterThan(1);
    expect((await readChangedRoots(table, 'C#c-many#1', 'sales', '2026-03-01')).sort()).toEqual(roots);
  });

  it('stay below 400 KB whatever the roots are', () => {
    // Text that does not compress: three bytes a character, none like the one before.
    const noise = (n: number) =>
      String.fromCodePoint(...Array.from({ length: 300 }, (_, i) => 0x4e00 + ((n * 7919 + i * i * 104_729) % 20_000)));
    for (const item of packChangeIndex(
      'C#c-1#1',
      'sales',
      '2026-03-01',
      '0001:1',
      Array.from({ length: 900 }, (_, n) => noise(n)),
    ))
      expect(sizeOf(item)).toBeLessThan(400 * 1024);
  });
});
