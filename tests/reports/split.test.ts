/** Do the series of a split add up to the whole, for any shop? */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOrder, makeRefund } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
});
afterAll(() => shop.close());

interface Series {
  value: string;
  isOther?: true;
  total: number | null;
  numerator?: number;
  points: { value: number | null }[];
}

const sale = fc.record({
  product: fc.constantFrom('p-1', 'p-2', 'p-3', 'p-4', 'other', 'a#b|c'),
  day: fc.integer({ min: 1, max: 59 }),
  unitPrice: fc.integer({ min: 0, max: 100_000 }),
  quantity: fc.integer({ min: 1, max: 5 }),
  refunded: fc.boolean(),
});

describe('a split', () => {
  it('adds up to the total, in sum and in every point, whatever top is', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(sale, { maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('day', 'week', 'month', 'total'),
        async (sales, top, grain) => {
          const creator = `c-split-${made++}`;
          const events = sales.flatMap(({ product, day, unitPrice, quantity, refunded }, i) => {
            const paidAt = new Date(Date.UTC(2026, 0, day, 15)).toISOString();
            const goods = [{ productId: product, category: 'beauty', quantity, goodsAmount: unitPrice }];
            const refund = {
              ...makeRefund(`o-${i}`, 'r', new Date(Date.UTC(2026, 0, day + 3, 15)).toISOString(), unitPrice, { lines: goods }),
              creatorid: creator,
            };
            return [makeOrder(`o-${i}`, { creator, paidAt, product, unitPrice, quantity }), ...(refunded ? [refund] : [])];
          });
          await shop.load(creator, events);
          const ask = async (query: Record<string, string>): Promise<Series[]> =>
            (await shop.get('kpis', { names: 'netSales', from: '2026-01-05', to: '2026-03-04', grain, ...query }, creator)).json
              .series;
          const [whole] = await ask({});
          const parts = await ask({ by: 'product', top: String(top) });
          const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
          expect(sum(parts.map(({ total }) => total))).toBe(whole?.total);
          for (const [i, point] of (whole?.points ?? []).entries())
            expect(sum(parts.map(({ points }) => points[i]?.value ?? 0))).toBe(point.value);
          const named = parts.filter(({ isOther }) => !isOther);
          expect(named.length).toBeLessThanOrEqual(top);
          expect(named.map(({ total }) => total)).toEqual(named.map(({ total }) => total).sort((a, b) => (b ?? 0) - (a ?? 0)));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('of a ratio divides value by value and has no others', async () => {
    await shop.load('c-rate', [
      makeOrder('o-1', { creator: 'c-rate', paidAt: '2026-02-10T15:00:00Z', product: 'p-1', unitPrice: 1000 }),
      makeOrder('o-2', { creator: 'c-rate', paidAt: '2026-02-10T15:00:00Z', product: 'p-2', unitPrice: 1000 }),
      { ...makeRefund('o-1', 'r', '2026-02-12T15:00:00Z', 250), creatorid: 'c-rate' },
    ]);
    const query = { names: 'refundRate', from: '2026-02-01', to: '2026-02-28', by: 'product', grain: 'total' };
    const series: Series[] = (await shop.get('kpis', { ...query, top: '1' }, 'c-rate')).json.series;
    expect(series).toMatchObject([{ dimension: 'product', value: 'p-1', total: 0.25, numerator: 250 }]);
    expect((await shop.get('kpis', query, 'c-rate')).json.series).toHaveLength(2);
  });

  it('leaves out a value whose numbers all went elsewhere', async () => {
    const order = (product: string, version: string) =>
      makeOrder('o-1', { creator: 'c-moved', paidAt: '2026-02-10T15:00:00Z', product, version: Date.parse(version) });
    await shop.load('c-moved', [order('p-1', '2026-02-10T16:00:00Z'), order('p-2', '2026-02-10T17:00:00Z')]);
    const query = { names: 'grossSales', from: '2026-02-01', to: '2026-02-28', by: 'product', grain: 'total' };
    const { series } = (await shop.get('kpis', query, 'c-moved')).json;
    expect(series.map(({ value }: Series) => value)).toEqual(['p-2']);
  });
});
