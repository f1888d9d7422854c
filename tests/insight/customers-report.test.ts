/** Are customers told to the exact numbers, only where they are old enough, and without anybody's key? */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CustomersAnswer, customersAnswer, getCustomers } from '../../shared/api/customers.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { observedValue, repeatRateWithin } from '../../shared/insight/customers/cohorts.ts';
import { aheadOf } from '../../shared/insight/customers-report/ahead.ts';
import { buyersOf } from '../../shared/insight/customers-report/buyers.ts';
import {
  type CustomersByFirst,
  type CustomersOfShop,
  customersDocuments,
} from '../../shared/insight/customers-report/document.ts';
import { customersJob } from '../../shared/insight/customers-report/job.ts';
import type { AthenaRow } from '../../shared/lake/athena.ts';
import { reportCustomers } from '../../shared/reports/customers.ts';
import { readDocuments } from '../../shared/store/report-documents.ts';
import { addDays } from '../../shared/time.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { aLine, anOrder, aRefund } from '../make/snapshots.ts';

const now = Date.parse('2026-06-15T12:00:00Z');
const today = '2026-06-15';

let made = 0;
/** An order of 2 × 10.00 less 1.00, so 19.00, paid at noon in New York. */
function sale(buyerKey: string | undefined, day: string, more: object = {}, order = `o-${++made}`): CloudEvent {
  const at = `${day}T16:00:00Z`;
  return anOrder({ placedAt: at, paidAt: at, buyerKey, lines: [aLine({ unitCost: 300 })], ...more }, { order });
}

const secret = 'secret-buyer-';
const shop = [
  // January: three buyers. The first comes back in 20 days and in March, the second in 89 days, the third on the same day only.
  sale(`${secret}1`, '2026-01-05', { channel: 'live', contentId: 'live-1' }),
  sale(`${secret}1`, '2026-01-25'),
  sale(`${secret}1`, '2026-03-10', {}, 'o-refunded'),
  sale(`${secret}2`, '2026-01-20', { channel: 'video', lines: [aLine({ productId: 'p-2', sku: 's-2', unitCost: 300 })] }),
  sale(`${secret}2`, '2026-04-19'),
  sale(`${secret}3`, '2026-01-31', { channel: 'live', contentId: 'live-1' }),
  sale(`${secret}3`, '2026-01-31'),
  // May: one, who comes back in June, which is not over; and one of today, which is not known yet.
  sale(`${secret}4`, '2026-05-20', { channel: 'video' }),
  sale(`${secret}4`, '2026-06-14'),
  sale(`${secret}5`, '2026-06-15'),
  // Never counted: a sample, an order that was not paid, one that names nobody.
  sale(`${secret}6`, '2026-02-01', { sample: true }),
  sale(`${secret}7`, '2026-02-01', { paidAt: undefined, status: 'placed' }),
  sale(undefined, '2026-02-02'),
  // Goods of 5.00 are given back of the first buyer's order in March, long after.
  aRefund(
    {
      completedAt: '2026-06-01T16:00:00Z',
      goodsAmount: 500,
      lines: [{ productId: 'p-1', sku: 's-1', quantity: 1, goodsAmount: 500 }],
    },
    { order: 'o-refunded' },
  ),
];
const once = Array.from({ length: 40 }, (_, i) => sale(`once-${i}`, addDays('2025-10-01', i)));
const returned = [
  sale('a', '2026-01-05', {}, 'r-1'),
  aRefund(
    {
      completedAt: '2026-01-09T16:00:00Z',
      goodsAmount: 1900,
      lines: [{ productId: 'p-1', sku: 's-1', quantity: 2, goodsAmount: 1900 }],
    },
    { order: 'r-1' },
  ),
];

let shops: ComputedShops;
const ask = async (creator: string, more: object = {}): Promise<CustomersAnswer> =>
  customersAnswer.parse(await reportCustomers(getCustomers.query.parse(more) as never, await shops.scope(creator)));

beforeAll(async () => {
  shops = await computeShops(
    {
      'c-1': { events: shop },
      'c-once': { events: once },
      'c-one': { events: [sale('a', '2026-06-01')] },
      'c-returned': { events: returned },
      'c-nameless': { events: [sale(undefined, '2026-05-01'), sale(undefined, '2026-05-02')] },
      'c-empty': { events: [] },
    },
    now,
    customersJob,
  );
});
afterAll(() => shops?.close());

describe('a shop of four buyers', () => {
  it('tells who is new and who came back, on another day', async () => {
    const answer = await ask('c-1');
    expect(answer).toMatchObject({ until: '2026-06-14', orders: 10, namedOrders: 9, buyers: 4, repeaters: 3, repeatShare: 0.75 });
    expect([answer.newBuyers, answer.newBuyersBefore]).toEqual([1, 0]);
    expect(answer.reasons).toEqual(['some_buyers_missing']);
    expect(answer.months.map(({ month, orders, buyers, newBuyers }) => [month, orders, buyers, newBuyers])).toEqual([
      ['2026-01', 5, 3, 3],
      ['2026-02', 0, 0, 0],
      ['2026-03', 1, 1, 0],
      ['2026-04', 1, 1, 0],
      ['2026-05', 1, 1, 1],
      ['2026-06', 1, 1, 0],
    ]);
    expect(answer.months.map(({ newOrderShare }) => newOrderShare)).toEqual([0.6, null, 0, 0, 1, 0]);
    expect(answer.months.map(({ returningShare }) => returningShare)).toEqual([0, null, 1, 1, 0, 1]);
  });

  it('has a triangle whose unfinished month is blank', async () => {
    const { cohorts, olderBuyers } = await ask('c-1');
    expect(cohorts.map(({ month, buyers, months }) => [month, buyers, months.map((cell) => cell?.buyers ?? null)])).toEqual([
      ['2026-01', 3, [3, 0, 1, 1, 0, null]],
      ['2026-05', 1, [1, null]],
    ]);
    expect(cohorts[0]?.months[2]).toEqual({ buyers: 1, share: 0.333333 });
    expect(olderBuyers).toBe(0);
  });

  it('tells what buyers brought who are old enough, after refunds so far', async () => {
    const { windows } = await ask('c-1');
    // The buyer of May has been known for 25 days: for no window long enough. Refunded: 5.00 of the order in March, its 64th day.
    expect(windows.map(({ days, repeated, known, valued, netSales }) => [days, repeated, known, valued, netSales])).toEqual([
      [30, 1, 3, 3, Math.round((3800 + 1900 + 3800) / 3)],
      [90, 2, 3, 3, Math.round((5700 - 500 + 3800 + 3800) / 3)],
      [365, 0, 0, 0, null],
    ]);
    expect(windows.map(({ interval }) => interval)).toEqual([null, null, null]);
  });

  it('tells them by what came first, and rows add up to the shop', async () => {
    const by = async (dimension: string) =>
      (await ask('c-1', { by: dimension, days: '90' })).rows.map(({ value, buyers, repeated, known }) => [
        value,
        buyers,
        repeated,
        known,
      ]);
    expect(await by('channel')).toEqual([
      ['live', 2, 1, 2],
      ['video', 2, 1, 1],
    ]);
    expect(await by('product')).toEqual([
      ['p-1', 3, 1, 2],
      ['p-2', 1, 1, 1],
    ]);
    expect(await by('content')).toEqual([
      ['', 2, 1, 1],
      ['live-1', 2, 1, 2],
    ]);
    const { rows } = await ask('c-1', { top: '1' });
    expect(rows.map(({ value, isOther, buyers }) => [value, isOther, buyers])).toEqual([
      ['p-1', undefined, 3],
      ['', true, 1],
    ]);
  });

  it('predicts nothing, and says why', async () => {
    expect(await ask('c-1')).toMatchObject({ predicted: null, notPredicted: 'too_few_buyers', groups: [] });
  });

  it('stores no key of a buyer', async () => {
    const { table, partition } = await shops.scope('c-1');
    const documents = await readDocuments<CustomersOfShop | CustomersByFirst>(table, partition, customersJob.report, '', '~');
    expect(documents).toHaveLength(4);
    expect(JSON.stringify(documents)).not.toContain(secret);
    expect(JSON.stringify(await ask('c-1'))).not.toContain(secret);
  });
});

it('buyers who all came once have shares of nothing and no prediction', async () => {
  const answer = await ask('c-once');
  expect(answer).toMatchObject({ buyers: 40, repeaters: 0, repeatShare: 0, predicted: null, notPredicted: 'too_few_repeaters' });
  expect(answer.windows.slice(0, 2).map(({ repeatShare, known, netSales }) => [repeatShare, known, netSales])).toEqual([
    [0, 40, 1900],
    [0, 40, 1900],
  ]);
  // All brought the same: no interval of no width.
  expect(answer.windows[0]?.interval).toBeNull();
  expect(answer.groups.reduce((sum, { buyers }) => sum + buyers, 0)).toBe(40);
  expect(answer.groups.reduce((sum, { netSales }) => sum + netSales, 0)).toBe(40 * 1900);
});

it('one order, a refund of everything, and orders of nobody are told as they are', async () => {
  expect(await ask('c-one')).toMatchObject({ buyers: 1, reasons: ['too_young'], repeatShare: 0, predicted: null, groups: [] });
  const { windows, buyers, months } = await ask('c-returned');
  expect([buyers, windows[0]?.netSales, windows[0]?.valued, months.length]).toEqual([1, 0, 1, 6]);
  expect(await ask('c-nameless')).toMatchObject({
    orders: 2,
    namedOrders: 0,
    buyers: 0,
    repeatShare: null,
    reasons: ['no_buyers'],
  });
  expect(await ask('c-empty')).toMatchObject({ orders: 0, cohorts: [], rows: [], reasons: ['no_orders'] });
  await shops.addLater('c-later');
  expect(await ask('c-later')).toMatchObject({ computedAt: null, until: null, reasons: ['not_computed'] });
});

const rowOf = (buyer: number | null, daysAgo: number, value: number): AthenaRow => ({
  creator_id: 'c',
  buyer_key: buyer === null ? null : `b-${buyer}`,
  day: addDays(today, -daysAgo),
  channel: ['live', 'video', ''][(buyer ?? 0) % 3] ?? '',
  content_id: `v-${(buyer ?? 0) % 400}`,
  product_id: `p-${daysAgo % 5}`,
  net_sales: String(value),
  contribution: String(value - 300),
  costed_sales: String(value),
  named_sales: String(value),
});
const logs = fc
  .array(
    fc.tuple(
      fc.option(fc.integer({ min: 0, max: 20 }), { freq: 5 }),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: -200, max: 9000 }),
    ),
    { maxLength: 80 },
  )
  .map((all) => all.toSorted(([, a], [, b]) => b - a).map((row) => rowOf(...row)));
const read = (rows: AthenaRow[]) => {
  const documents = customersDocuments(rows, today);
  return {
    shop: documents.get('shop') as CustomersOfShop,
    by: (name: string) => documents.get(`by-${name}`) as CustomersByFirst,
  };
};

it('cohorts, months, and rows of each dimension add up to the buyers, whatever was bought', () => {
  fc.assert(
    fc.property(logs, (rows) => {
      const { shop, by } = read(rows);
      const known = new Set(rows.flatMap(({ buyer_key, day }) => (buyer_key && (day ?? '') < today ? [buyer_key] : [])));
      expect(shop.buyers).toBe(known.size);
      expect(shop.cohorts.reduce((sum, { buyers }) => sum + buyers, shop.olderBuyers)).toBe(shop.buyers);
      for (const { buyers, counts } of shop.cohorts) {
        expect(counts[0] ?? buyers).toBe(buyers);
        for (const count of counts) expect(count ?? 0).toBeLessThanOrEqual(buyers);
      }
      for (const dimension of ['product', 'channel', 'content']) {
        const all = by(dimension);
        expect(all.reduce((sum, [, { buyers }]) => sum + buyers, 0)).toBe(shop.buyers);
        for (const [i, { netSales, known: old, repeated }] of shop.windows.entries()) {
          const sum = (of: 'netSales' | 'known' | 'repeated') =>
            all.reduce((total, [, { windows }]) => total + (windows[i]?.[of] ?? 0), 0);
          expect([sum('netSales'), sum('known'), sum('repeated')]).toEqual([netSales, old, repeated]);
        }
      }
      expect(JSON.stringify(shop)).not.toMatch(/NaN|Infinity|b-\d/);
    }),
    { numRuns: 150 },
  );
});

it('first days are those of the engines, whatever was bought', () => {
  fc.assert(
    fc.property(logs, (rows) => {
      const until = addDays(today, -1);
      const { netSales } = buyersOf(rows, until);
      for (const { days, repeated, known, valued, netSales: sum } of read(rows).shop.windows) {
        expect(repeatRateWithin(netSales, until, days)).toMatchObject({ count: repeated, of: known });
        const [observed] = observedValue(netSales, until, days, () => '');
        expect(observed?.customers ?? 0).toBe(valued);
        expect(sum).toBeCloseTo((observed?.value ?? 0) * valued, 4);
      }
    }),
    { numRuns: 150 },
  );
});

describe('what is expected', () => {
  /** Of five buyers two come back, every 30 or 50 days; values differ by buyer. */
  const history = (days: number): AthenaRow[] =>
    Array.from({ length: 200 }, (_, buyer) => {
      const first = days - ((buyer * 7) % (days - 20));
      const gap = buyer % 5 === 0 ? 30 : buyer % 5 === 1 ? 50 : days;
      const value = 1000 + 137 * (buyer % 23);
      return Array.from({ length: 1 + Math.floor((first - 1) / gap) }, (_, n) =>
        rowOf(buyer, first - n * gap, value + 91 * ((buyer + n) % 4)),
      );
    })
      .flat()
      .toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1));

  it('has its model, an interval around it, and no more buyers than there are', () => {
    const { ahead } = read(history(500)).shop;
    if ('refused' in ahead) throw new Error(ahead.refused);
    expect([ahead.model, ahead.buyers]).toEqual(['mbg-nbd', 200]);
    expect(ahead.repeaters).toBeLessThan(200);
    expect(ahead.stillBuyers).toBeLessThanOrEqual(200);
    for (const { expected, lower, upper } of [ahead.purchases, ahead.value]) {
      expect(lower).toBeLessThan(expected);
      expect(upper).toBeGreaterThan(expected);
    }
    expect(aheadOf(buyersOf(history(500), addDays(today, -1)).netSales, addDays(today, -1))).toEqual(ahead);
  });

  it('is refused of a short history, and where everything was given back', () => {
    expect(read(history(150)).shop.ahead).toEqual({ refused: 'too_short' });
    expect(read(history(500).map((row) => ({ ...row, net_sales: '0' }))).shop.ahead).toEqual({ refused: 'no_values' });
  });
});

it('many values of a dimension are kept to the largest 300 and the others', () => {
  const rows = Array.from({ length: 400 }, (_, i) => rowOf(i, 100, 1000));
  const all = read(rows).by('content');
  expect([all.length, all.at(-1)?.[1].buyers]).toEqual([301, 100]);
});
