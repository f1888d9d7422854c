/** Is a range compared with the range that is meant? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Comparison, changeOf, comparedRange } from '../../shared/reports/compare.ts';
import { makeOrder } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';

const between = (text: string) => ({ from: text.slice(0, 10), to: text.slice(-10) });

describe('the range compared with', () => {
  it.each<[Comparison, string, string, string]>([
    ['previous', 'a month', '2026-03-01..2026-03-31', '2026-02-01..2026-02-28'],
    ['previous', 'January', '2026-01-01..2026-01-31', '2025-12-01..2025-12-31'],
    ['previous', 'a quarter', '2026-04-01..2026-06-30', '2026-01-01..2026-03-31'],
    ['previous', 'a year', '2025-01-01..2025-12-31', '2024-01-01..2024-12-31'],
    ['previous', 'three months that are no quarter', '2026-02-01..2026-04-30', '2025-11-04..2026-01-31'],
    ['previous', 'a week', '2026-03-09..2026-03-15', '2026-03-02..2026-03-08'],
    ['previous', 'a day', '2026-03-01..2026-03-01', '2026-02-28..2026-02-28'],
    ['previous_year', 'days', '2026-03-09..2026-03-15', '2025-03-09..2025-03-15'],
    ['previous_year', 'a month that is longer this year', '2024-02-01..2024-02-29', '2023-02-01..2023-02-28'],
    ['previous_year', 'a month that is shorter this year', '2025-02-01..2025-02-28', '2024-02-01..2024-02-29'],
    ['previous_year', 'up to 29 February', '2024-02-10..2024-02-29', '2023-02-10..2023-02-28'],
    ['previous_weekday_aligned', 'a day', '2026-03-20..2026-03-20', '2026-03-13..2026-03-13'],
    ['previous_weekday_aligned', 'ten days', '2026-03-10..2026-03-19', '2026-02-24..2026-03-05'],
    ['previous_weekday_aligned', 'a week', '2026-03-09..2026-03-15', '2026-03-02..2026-03-08'],
  ])('%s of %s', (comparison, _, range, then) => {
    expect(comparedRange(between(range), comparison)).toMatchObject(between(then));
  });
});

describe('a change', () => {
  it('is null where there is nothing to compare with, and where the earlier number is below zero', () => {
    expect(changeOf(1234500, 1100000)).toBe(0.1223);
    expect([changeOf(5, 0), changeOf(null, 5), changeOf(5, null)]).toEqual([null, null, null]);
    expect(changeOf(-50, -100)).toBeNull();
  });
});

describe('a compared series', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await makeShop();
    await shop.load('c-1', [
      makeOrder('o-0', { paidAt: '2025-12-10T15:00:00Z', product: 'p-9', unitPrice: 1 }),
      makeOrder('o-1', { paidAt: '2026-01-10T15:00:00Z', product: 'p-1', unitPrice: 1000 }),
      makeOrder('o-2', { paidAt: '2026-02-10T15:00:00Z', product: 'p-1', unitPrice: 1500 }),
      makeOrder('o-3', { paidAt: '2026-01-11T15:00:00Z', product: 'p-2', unitPrice: 100 }),
      makeOrder('o-4', { paidAt: '2026-02-11T15:00:00Z', product: 'p-3', unitPrice: 200 }),
    ]);
  });
  afterAll(() => shop.close());
  const february = { from: '2026-02-01', to: '2026-02-28', compare: 'previous' };

  it('carries the other range, its total, its points and the change', async () => {
    const [series] = (await shop.get('kpis', { names: 'grossSales', ...february })).json.series;
    const { points, ...compare } = series.compare;
    expect(compare).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
      total: 1100,
      state: 'complete',
      change: 0.5455,
      difference: 600,
    });
    expect(points).toHaveLength(31);
    expect(points[9]).toEqual({ at: '2026-01-10', value: 1000, state: 'complete' });
  });

  it('of a split is compared value by value; a value of then that is gone counts among the others', async () => {
    const { series } = (await shop.get('kpis', { names: 'grossSales', ...february, by: 'product', top: '1', grain: 'total' }))
      .json;
    expect(series.map(({ value, total, compare }: never) => [value, total, (compare as { total: number }).total])).toEqual([
      ['p-1', 1500, 1000],
      ['other', 200, 100],
    ]);
  });
});
