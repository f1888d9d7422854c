/** Is what samples cost and brought what a hand made of it, to the minor unit, and does each dimension add up to it? */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getSamples, type SamplesAnswer, samplesAnswer } from '../../shared/api/samples.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { sampleDays } from '../../shared/insight/free-samples/brought.ts';
import { samplesIn, samplesMonths } from '../../shared/insight/free-samples/document.ts';
import { samplesJob } from '../../shared/insight/free-samples/job.ts';
import { reportSamples } from '../../shared/reports/samples.ts';
import { addDays } from '../../shared/time.ts';
import { makeEvent } from '../make/events.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { aLine, anOrder, aShipment } from '../make/snapshots.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const at = (day: string): string => `${day}T15:00:00Z`;
let made = 0;
const next = (): string => `o-${++made}`;

const unitCost = (sku: string, amount: number) =>
  makeEvent({ entity: 'unit-cost', subject: `unit-cost/${sku}/2026-01-01`, data: { amount, currency: 'USD' } });
const line = (product: string, quantity = 1) =>
  aLine({ productId: product, sku: `s-${product}`, quantity, unitPrice: 1000, sellerDiscount: 0 });

/** A sample to an affiliate; with a label where that has a cost. */
function sample(affiliate: string | undefined, product: string, day: string, more: object = {}, label?: number): CloudEvent[] {
  const order = next();
  const data = { placedAt: at(day), paidAt: undefined, sample: true, affiliate, lines: [line(product)], ...more };
  return [anOrder(data, { order }), ...(label === undefined ? [] : [aShipment({ labelCost: label }, { order })])];
}
/** A unit at 10.00 that an affiliate sold on a day, for a commission of 1.50. */
function sale(creator: string, product: string, day: string, contentId?: string, order: object = {}): CloudEvent[] {
  const id = next();
  const soldAt = at(day);
  return [
    anOrder(
      { placedAt: soldAt, paidAt: soldAt, shippingCharged: 0, channel: 'affiliate', lines: [line(product)], ...order },
      { order: id },
    ),
    makeEvent({
      entity: 'affiliate-sale',
      subject: `order/${id}/affiliate-sale/a-1`,
      data: { sku: `s-${product}`, creator, contentId, soldAt, currency: 'USD', paidAmount: 1000, estimatedCommission: 150 },
    }),
  ];
}

const shop: CloudEvent[] = [
  unitCost('s-p-1', 300),
  unitCost('p-2', 401),
  // Rosa: a sample of p-1 for 3.00 and a label of 4.01. Two videos sold it, one order too late and one too early.
  ...sample('rosa', 'p-1', '2026-09-10', {}, 401),
  ...sale('rosa', 'p-1', '2026-09-09', 'v-1'),
  ...sale('rosa', 'p-1', '2026-09-10', 'v-1'),
  ...sale('rosa', 'p-1', '2026-09-20', 'v-2'),
  ...sale('rosa', 'p-1', addDays('2026-09-10', sampleDays), 'v-2'),
  ...sale('rosa', 'p-1', addDays('2026-09-10', sampleDays + 1), 'v-2'),
  // Cancelled: brought nothing.
  ...sale('rosa', 'p-1', '2026-09-15', 'v-8', { status: 'cancelled', cancelledAt: at('2026-09-16') }),
  // Another product, and another affiliate: not of this sample.
  ...sale('rosa', 'p-2', '2026-09-20', 'v-2'),
  ...sale('theo', 'p-1', '2026-09-20', 'v-9'),
  // Mia never sold what she got; its cost stands at the product. The one that was cancelled was not sent.
  ...sample('mia', 'p-2', '2026-09-12'),
  ...sample('mia', 'p-2', '2026-09-13', { status: 'cancelled', cancelledAt: at('2026-09-14') }),
  // Of p-3 nobody knows the cost.
  ...sample('ana', 'p-3', '2026-10-02'),
  ...sale('ana', 'p-3', '2026-10-05', 'v-5'),
];

let shops: ComputedShops;
const ask = async (creator: string, more: object = {}): Promise<SamplesAnswer> => {
  const query = getSamples.query.parse({ from: '2026-09-05', to: '2026-09-30', ...more }) as never;
  return samplesAnswer.parse(await reportSamples(query, await shops.scope(creator)));
};

beforeAll(async () => {
  const named = (affiliate: string, contentId: string) => [
    unitCost('s-p-1', 300),
    ...sample(affiliate, 'p-1', '2026-09-10'),
    ...sale(affiliate, 'p-1', '2026-09-11', contentId),
  ];
  const unnamed = [unitCost('s-p-1', 300), ...sample(undefined, 'p-1', '2026-09-10'), ...sale('rosa', 'p-1', '2026-09-11')];
  const events = { 'c-1': shop, 'c-unnamed': unnamed, 'c-empty': [], 'c-odd': named('constructor', '__proto__') };
  shops = await computeShops(
    Object.fromEntries(Object.entries(events).map(([id, all]) => [id, { events: all }])),
    now,
    samplesJob,
  );
});
afterAll(() => shops?.close());

/** 10.00 less the commission of 1.50 and goods of 3.00. */
const each = 550;

describe('samples of a shop', () => {
  it('cost their goods and labels, and brought what the affiliate sold of the product within sixty days', async () => {
    const answer = await ask('c-1');
    expect(answer).toMatchObject({
      from: '2026-09-01',
      to: '2026-09-30',
      sent: 2,
      sold: 1,
      cost: 701 + 401,
      isAtLeast: false,
      orders: 3,
      netSales: 3000,
      contribution: 3 * each,
      isAtMost: false,
      result: 3 * each - 1102,
      reasons: [],
    });
    expect(answer.rows.map(({ value, sent, sold, cost, orders, result }) => [value, sent, sold, cost, orders, result])).toEqual([
      ['rosa', 1, 1, 701, 3, 3 * each - 701],
      ['mia', 1, 0, 401, 0, -401],
    ]);
  });

  it('are shared among the videos that sold them, and what sold nothing stands apart', async () => {
    const { rows } = await ask('c-1', { by: 'content' });
    expect(rows.map(({ value, affiliate, sent, cost, contribution }) => [value, affiliate, sent, cost, contribution])).toEqual([
      ['v-2', 'rosa', null, 350, 2 * each],
      ['v-1', 'rosa', null, 351, each],
      ['', null, null, 401, 0],
    ]);
    expect(rows[0]?.returnOnSamples).toBeCloseTo((2 * each - 350) / 350, 5);
  });

  it('without a unit cost are said to cost at least so much, with no result', async () => {
    const answer = await ask('c-1', { from: '2026-10-01', to: '2026-10-31' });
    expect(answer).toMatchObject({
      cost: 0,
      isAtLeast: true,
      isAtMost: true,
      result: null,
      returnOnSamples: null,
      reasons: ['no_costs'],
    });
  });

  it('of which nobody says to whom they went cost something and bring nothing', async () => {
    expect(await ask('c-unnamed')).toMatchObject({
      sent: 1,
      sold: 0,
      cost: 300,
      orders: 0,
      result: -300,
      reasons: ['no_affiliates'],
    });
  });

  it('are none, or not computed yet', async () => {
    expect(await ask('c-empty')).toMatchObject({ sent: 0, cost: 0, result: 0, returnOnSamples: null, reasons: ['no_samples'] });
    await shops.addLater('c-later');
    expect(await ask('c-later')).toMatchObject({ computedAt: null, reasons: ['not_computed'] });
  });
});

it('names are only names, whatever they are', async () => {
  expect((await ask('c-odd')).rows).toMatchObject([{ value: 'constructor', affiliate: null, sold: 1 }]);
  expect((await ask('c-odd', { by: 'content' })).rows).toMatchObject([{ value: '__proto__', affiliate: 'constructor' }]);
});

describe('rows of either dimension', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2026-06-01', n));
  const who = { affiliate: fc.constantFrom('', 'a', 'b'), product_id: fc.constantFrom('p-1', 'p-2'), day };
  const amount = (max: number) => fc.integer({ min: -max, max }).map(String);
  const sent = fc.record({
    ...who,
    quantity: fc.constantFrom('1', '3'),
    cost: fc.option(fc.integer({ min: 0, max: 999 }).map(String)),
    label_cost: fc.constantFrom('0', '7'),
  });
  const sold = fc.record({
    ...who,
    affiliate: fc.constantFrom('a', 'b'),
    content_id: fc.constantFrom('', 'v-1', 'v-2', 'v-3'),
    order_id: fc.uuid(),
    net_sales: amount(5000),
    contribution: amount(5000),
    costed_sales: amount(5000),
    named_sales: amount(5000),
  });

  it('add up to the sums, whatever was sent and sold', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 12 }), fc.array(sold, { maxLength: 30 }), (sentRows, sales) => {
        const months = [...samplesMonths(sentRows, sales).values()];
        const cost = sentRows.reduce((sum, row) => sum + Number(row.cost ?? 0) + Number(row.label_cost), 0);
        for (const dimension of ['affiliate', 'content'] as const) {
          const { total, rows } = samplesIn(months, dimension);
          expect(total.cost).toBe(cost);
          for (const name of ['cost', 'orders', 'netSales', 'contribution'] as const)
            expect([...rows.values()].reduce((sum, row) => sum + row[name], 0)).toBe(total[name]);
        }
      }),
    );
  });
});
