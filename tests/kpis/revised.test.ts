/** What happens to totals when a KPI changes its meaning? Each record counts by the version it was accepted under. */
import { describe, expect, it } from 'vitest';
import { fold } from '../../shared/fold/fold.ts';
import { makeDictionary } from '../../shared/kpis/dictionary.ts';
import { is, measure, not, revised, topic } from '../../shared/kpis/language.ts';
import { cellsOf, valuesOf } from '../make/cells.ts';
import { anOrder } from '../make/snapshots.ts';
import { aRecord } from '../make/stream.ts';

const about = { title: 'Orders', unit: 'count', better: 'up', formula: 'orders', basis: 'paid' } as const;
const old = measure({ of: 'order', at: 'paidAt', add: 1, ...about });
const dictionary = makeDictionary([
  topic({
    name: 'sales',
    title: 'Sales',
    kpis: {
      orders: revised(
        old,
        measure({ of: 'order', at: 'paidAt', add: 1, when: not(is('isCancelled', true)), since: 2, ...about }),
      ),
    },
  }),
]);
const cancelled = anOrder({ status: 'cancelled' });
const count = (...definitions: number[]) =>
  valuesOf(
    cellsOf(
      fold(
        definitions.map((version, i) => aRecord(cancelled, i + 1, { definitions: version })),
        new Map(),
        dictionary,
      ).changes,
    ),
    'orders',
    'total',
    dictionary,
  );

describe('a revised KPI', () => {
  it('counts by its old meaning what was accepted under the old version', () => {
    expect(count(1)).toEqual({ '2026-03-01': 1 });
  });

  it('counts by its new meaning what is accepted under the new version', () => {
    expect(count(2)).toEqual({});
  });

  it('takes back what it told when the same snapshot is replayed under the new version', () => {
    expect(count(1, 2)).toEqual({});
  });

  it('keeps the new meaning when an old record comes late', () => {
    expect(count(2, 1)).toEqual({});
  });
});
