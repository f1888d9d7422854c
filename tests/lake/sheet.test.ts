/** Does a merged file hold exactly the rows that it was made of, and is one that does not told from it? */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertHolds, readRowGroup, writeRowGroup } from '../../shared/lake/row-group.ts';

describe('a merged file', () => {
  const cells = {
    string: fc.option(fc.string({ unit: 'grapheme' })),
    bigint: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    double: fc.option(fc.double({ noNaN: true })),
    boolean: fc.option(fc.boolean()),
    timestamp: fc.option(fc.bigInt({ min: -62_135_596_800_000n, max: 253_402_300_799_999n })),
  };

  test('holds exactly what was written: every type, nulls, the ends of their ranges', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record(cells), { maxLength: 50 }), async (rows) => {
        const names = Object.keys(cells) as (keyof typeof cells)[];
        const rowGroup = {
          rows: rows.length,
          types: new Map(names.map((name) => [name, name])),
          cells: new Map(names.map((name) => [name, rows.map((row) => row[name])])),
        };
        const bytes = writeRowGroup(rowGroup, { about: 'a test' });
        await assertHolds(bytes, rowGroup);
        expect(await readRowGroup(bytes)).toMatchObject(rowGroup);
      }),
    );
  });

  test('that holds something else is told from what was written', async () => {
    const rowGroup = { rows: 2, types: new Map([['n', 'bigint' as const]]), cells: new Map([['n', [1n, 2n]]]) };
    const other = { ...rowGroup, cells: new Map([['n', [1n, null]]]) };
    await expect(assertHolds(writeRowGroup(other, {}), rowGroup)).rejects.toThrow('column n');
    await expect(assertHolds(writeRowGroup(rowGroup, {}), { ...rowGroup, rows: 3 })).rejects.toThrow('does not hold');
  });
});
