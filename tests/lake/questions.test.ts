/** Do the eleven questions answer what they ask, over files as archive writes them? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questions } from '../../shared/lake/questions.ts';
import { makeEvent } from '../make/events.ts';
import { type MadeLake, makeLake } from '../make/lake.ts';
import { aLine, anOperationMinute, anOrder, aRefund, aReview, aSettlement, aShipment } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

const march = (day: number, time = '14:00:00Z') => `2026-03-${String(day).padStart(2, '0')}T${time}`;
const paid = (day: number, time?: string) => ({ placedAt: march(day, time), paidAt: march(day, time) });

/** A cost of a SKU from a day on; without an amount, one that was taken out. */
const cost = (validFrom: string, amount?: number, version = 1) =>
  makeEvent({
    entity: 'unit-cost',
    subject: `unit-cost/s-1/${validFrom}`,
    data: amount === undefined ? { withdrawn: true } : { amount, currency: 'USD' },
    version,
  });

// Goods of 20.00 less 1.00 of the seller's; with the platform's 0.50, tax 0.80 and shipping 3.00 the buyer pays 22.30.
const events = [
  anOrder({ ...paid(1), buyerKey: 'b-1', shipBy: march(3), deliverBy: march(8) }, { order: 'o-1', version: 2 }),
  anOrder(
    { ...paid(11), buyerKey: 'b-1', shipBy: march(12), lines: [aLine({ productId: 'p-2', quantity: 1 })] },
    { order: 'o-2' },
  ),
  anOrder({ ...paid(2, '03:30:00Z'), buyerKey: 'b-2', deliverBy: march(8) }, { order: 'o-3' }),
  anOrder({ ...paid(5), status: 'cancelled', cancelledAt: march(6), cancellationFault: 'seller' }, { order: 'o-4' }),
  anOrder({ ...paid(5), sample: true }, { order: 'o-5' }),
  anOrder({ ...paid(5), lines: [aLine({ quantity: 9 })] }, { order: 'o-1', creator: 'c-2' }),
  anOrder({ placedAt: '2026-04-02T14:00:00Z', paidAt: '2026-04-02T14:00:00Z' }, { order: 'o-6' }),
  aShipment({ handedOverAt: march(4), deliveredAt: march(6), status: 'delivered' }, { order: 'o-1' }),
  aShipment({ carrier: 'UPS', handedOverAt: march(12, '13:00:00Z'), region: 'US-NY' }, { order: 'o-2' }),
  aShipment({ handedOverAt: march(2), deliveredAt: march(9), region: 'US-HI', fulfilledBy: 'platform' }, { order: 'o-3' }),
  aRefund({ reason: 'damaged' }, { order: 'o-1' }),
  aRefund({ reason: 'changed mind', goodsAmount: 600, lines: [] }, { order: 'o-1', id: 'r-2' }),
  aRefund({ reason: 'damaged', completedAt: undefined, requestedAt: march(9) }, { order: 'o-3' }),
  aReview({ rating: 1, topic: 'leaks' }, { order: 'o-1' }),
  aReview({ rating: 2, topic: 'leaks' }, { order: 'o-3' }),
  aReview({ rating: 5, topic: 'scent' }, { order: 'o-2' }),
  aReview({ productId: 'p-2', rating: 4 }, { order: 'o-2', id: 'v-2' }),
  aSettlement(),
  aSettlement({ estimated: true }, { order: 'o-2' }),
  anOperationMinute({}, {}),
  cost('2026-01-01', 300),
  cost('2026-03-02', 999),
  cost('2026-03-05', 400),
  cost('2026-03-02', undefined, 2),
];
// An older snapshot that comes late, in a file of its own and on another day: it must count nowhere.
const late = [anOrder({ ...paid(1), lines: [aLine({ quantity: 50 })] }, { order: 'o-1' })];

let lake: MadeLake;
beforeAll(async () => {
  lake = await makeLake(aStream(events), aStream(late, { receivedAt: '2026-06-02T00:00:00.000Z' }, 900));
});
afterAll(() => lake?.close());

const answer = (name: string, from = '2026-03-01', through = '2026-03-31') =>
  lake.ask(questions.find((one) => one.name === name)!.sql, ['c-1', from, through]);

const answers: { [name: string]: object[] } = {
  'best-products': [
    { product_id: 'p-1', units: 6, gross: 6000, discounts: 300, refunded: 1000, net: 4700 },
    { product_id: 'p-2', units: 1, gross: 1000, discounts: 100, refunded: 0, net: 900 },
  ],
  // Of p-1 two orders of two before the cost rose on the 5th, and one on that day.
  'cost-of-goods': [
    { product_id: 'p-1', units: 6, units_with_cost: 6, cost: 4 * 300 + 2 * 400 },
    { product_id: 'p-2', units: 1, units_with_cost: 1, cost: 400 },
  ],
  'late-dispatch-by-carrier': [
    { carrier: 'USPS', dispatched: 2, late: 1, late_percent: 50, hours_late: 24 },
    { carrier: 'UPS', dispatched: 1, late: 0, late_percent: 0, hours_late: null },
  ],
  'refund-reasons-by-product': [
    { product_id: 'p-1', reason: 'damaged', refunds: 1, units: 1, amount: 1000, percent_of_product: 100 },
    { product_id: 'not of a product', reason: 'changed mind', refunds: 1, units: 0, amount: 600, percent_of_product: 100 },
  ],
  'repeat-buyers': [{ month: '2026-03', buyers: 2, came_again: 1, came_again_percent: 50, days_between: 10 }],
  'hours-that-sell': [
    { hour: '09', orders: 2, gmv: 4460, gmv_percent: 56.3 },
    // The clocks went forward on the 8th.
    { hour: '10', orders: 1, gmv: 1230, gmv_percent: 15.5 },
    { hour: '22', orders: 1, gmv: 2230, gmv_percent: 28.2 },
  ],
  'slow-regions': [
    { region: 'US-HI', delivered: 1, hours_on_average: 168, hours_at_most: 168, late: 1, late_percent: 100 },
    { region: 'US-CA', delivered: 1, hours_on_average: 48, hours_at_most: 48, late: 0, late_percent: 0 },
  ],
  'cancellations-by-fault': [{ fault: 'seller', cancelled: 1, order_value: 2230, percent_of_orders: 25 }],
  'settlement-fees': [
    { kind: 'affiliate', charged: 1, kept: 400, percent_before_fees: 10 },
    { kind: 'platform', charged: 1, kept: 240, percent_before_fees: 6 },
  ],
  'low-star-topics': [{ product_id: 'p-1', topic: 'leaks', low: 2, reviews: 2, stars: 1.5, percent_of_product: 66.7 }],
};

describe('the questions', () => {
  it('are eleven, each with a name and a sentence of its own', () => {
    expect(new Set(questions.map(({ name }) => name)).size).toBe(11);
    expect(new Set(questions.map(({ question }) => question)).size).toBe(11);
    for (const { question } of questions) expect(question).toMatch(/^[A-Z].*\?$/);
  });
  it.each(questions.map(({ name }) => name).filter((name) => name !== 'freshness-of-sources'))('%s', async (name) => {
    expect(await answer(name)).toEqual(answers[name]);
  });
  it('freshness-of-sources', async () => {
    expect(await answer('freshness-of-sources', '2026-06-01', '2026-06-02')).toEqual([
      {
        event_source: '/test',
        events: 24,
        newest_arrival: '2026-06-02 00:00:00',
        newest_event: '2026-03-12 14:00:00',
        hours_old_at_least: 1930,
        hours_old_at_most: 2218,
      },
    ]);
  });
  it.each(questions)('$name answers nothing about days without events', async ({ sql }) => {
    expect(await lake.ask(sql, ['c-1', '2025-01-01', '2025-01-31'])).toEqual([]);
  });
  it.each(questions)('$name says nothing about another creator', async ({ sql }) => {
    expect(await lake.ask(sql, ['c-3', '2026-01-01', '2026-12-31'])).toEqual([]);
  });
});
