/** Does what moved add up to the change, for every number that adds up, by every dimension, whatever a shop did? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MoversAnswer } from '../../shared/api/movers.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { snapshot } from '../make/arbitrary.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { aLine, anOrder } from '../make/snapshots.ts';
import { roundsOf } from '../rounds.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop('2026-03-31T20:10:00Z');
});
afterAll(() => shop.close());

const names = [...dictionary.entries.keys()].filter(
  (name) => ['measure', 'sum'].includes(dictionary.entries.get(name)?.kpi.kind ?? '') && dictionary.dimensionsOf(name).length > 0,
);
const ask = async (query: Record<string, string>, creator: string): Promise<MoversAnswer> => {
  const { status, json } = await shop.get('movers', query, creator);
  expect({ status, json }).toMatchObject({ status: 200 });
  return json;
};
const sumOf = (answer: MoversAnswer, dimension: string, of: 'now' | 'before' | 'change'): number => {
  const found = answer.dimensions.find((each) => each.dimension === dimension);
  return (found?.rest[of] ?? 0) + (found?.rows ?? []).reduce((sum, row) => sum + row[of], 0);
};

it('the parts of a change add up to it', async () => {
  let n = 0;
  const ranges = [
    { from: '2026-03-01', to: '2026-03-10' },
    { from: '2026-03-20', to: '2026-03-31' },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(snapshot, { minLength: 5, maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (events, top) => {
      const creator = `c-moved-${n++}`;
      await shop.load(
        creator,
        events.map((event) => ({ ...event, creatorid: creator })),
      );
      for (const name of names)
        for (const range of ranges) {
          const answer = await ask({ name, ...range, top: String(top) }, creator);
          for (const dimension of dictionary.dimensionsOf(name))
            for (const of of ['now', 'before', 'change'] as const)
              expect(sumOf(answer, dimension, of), `${name} by ${dimension}: ${of}`).toBe(answer[of]);
        }
    }),
    { numRuns: roundsOf('movers') },
  );
});

it('names what grew, what shrank and what is gone', async () => {
  const order = (order: string, day: string, productId: string, quantity: number, more: object = {}) =>
    anOrder(
      {
        placedAt: `${day}T15:00:00Z`,
        paidAt: `${day}T15:00:00Z`,
        lines: [aLine({ productId, quantity, sellerDiscount: 0 })],
        ...more,
      },
      { order, creator: 'c-named' },
    );
  await shop.load('c-named', [
    order('o-1', '2026-03-02', 'p-gone', 3),
    order('o-2', '2026-03-03', 'p-less', 2),
    order('o-3', '2026-03-12', 'p-less', 1),
    order('o-4', '2026-03-13', 'p-new', 4, { channel: undefined }),
  ]);
  const answer = await ask({ name: 'units', from: '2026-03-11', to: '2026-03-20' }, 'c-named');
  expect(answer).toMatchObject({ now: 5, before: 5, change: 0, against: { from: '2026-03-01', to: '2026-03-10' } });
  const rowsOf = (dimension: string) =>
    answer.dimensions.find((each) => each.dimension === dimension)?.rows.map(({ value, change }) => [value, change]);
  expect(rowsOf('product')).toEqual([
    ['p-new', 4],
    ['p-gone', -3],
    ['p-less', -1],
  ]);
  expect(rowsOf('channel')).toEqual([
    ['(none)', 4],
    ['live', -4],
  ]);
});

it('of a rate is refused with what to ask instead', async () => {
  const query = { from: '2026-03-11', to: '2026-03-20' };
  const rate = await shop.get('movers', { ...query, name: 'refundRate' }, 'c-named');
  expect([rate.status, rate.json.issues[0].message]).toEqual([
    400,
    'refundRate is a rate, whose parts do not add up: ask for refunds and for grossSales',
  ]);
  const by = await shop.get('movers', { ...query, name: 'gmv', by: 'product' }, 'c-named');
  expect([by.status, by.json.issues[0].message]).toEqual([
    400,
    'product is not kept of gmv; kept are channel, campaign, content',
  ]);
});
