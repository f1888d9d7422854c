/** Is the profit of a shop what a ledger made by hand says, to the minor unit, and what is said of how much of it is known? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProfitabilityAnswer } from '../../shared/api/profitability.ts';
import { getProfitability } from '../../shared/api/profitability.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { others } from '../../shared/insight/largest.ts';
import { openProfit, profitKey, valuesIn } from '../../shared/insight/profit/document.ts';
import { profitJob } from '../../shared/insight/profit/job.ts';
import { computeInsight } from '../../shared/insight/run.ts';
import { profitDimensions } from '../../shared/kpis/profit-steps.ts';
import { reportProfitability } from '../../shared/reports/profitability.ts';
import { openScope } from '../../shared/reports/scope.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { athenaOf } from '../make/embedded-athena.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { makeEvent } from '../make/events.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aCost, aCreator, aLine, anOrder, aRefund, aSettlement, aShipment } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

const march = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T15:00:00Z`;
const paid = (day: number) => ({ placedAt: march(day), paidAt: march(day), shippingCharged: 300 });
/** A unit of p-1 at 10.00. */
const one = aLine({ quantity: 1, sellerDiscount: 0 });
const unitCost = (sku: string, validFrom: string, amount: number) =>
  makeEvent({ entity: 'unit-cost', subject: `unit-cost/${sku}/${validFrom}`, data: { amount, currency: 'USD' } });
const adjustment = (id: string, kind: string, amount: number) =>
  makeEvent({
    entity: 'adjustment',
    subject: `adjustment/${id}/s-1`,
    data: { kind, settledAt: march(12), currency: 'USD', amount },
  });
const platform = (amount: number) => ({ fees: [{ kind: 'platform', amount }] });

const ledger: CloudEvent[] = [
  unitCost('s-1', '2026-01-01', 300),
  unitCost('s-1', '2026-03-05', 400),
  // Paid out as its sales and fees say: 19.00 − 2.40 − 4.00.
  anOrder({ ...paid(1), channel: 'live', contentId: 'v-1' }, { order: 'o-1' }),
  aSettlement({ settledAmount: 1260 }, { order: 'o-1' }),
  // Given back after payout: the statement of its second row takes it all, and gives the fee back.
  anOrder({ ...paid(6), lines: [one] }, { order: 'o-2' }),
  aSettlement({ settledAmount: 940, ...platform(-60) }, { order: 'o-2' }),
  aRefund(
    { completedAt: march(20), lines: [{ productId: 'p-1', sku: 's-1', quantity: 1, goodsAmount: 1000, restockedQuantity: 1 }] },
    { order: 'o-2' },
  ),
  aSettlement({ settledAmount: -940, settledAt: march(25), ...platform(60) }, { order: 'o-2', id: 's-2' }),
  // Not settled yet: fees are an estimate, and of p-2 nobody knows the cost.
  anOrder(
    { ...paid(7), lines: [one, aLine({ productId: 'p-2', sku: 's-2', quantity: 1, unitPrice: 501, sellerDiscount: 0 })] },
    { order: 'o-3' },
  ),
  aSettlement(
    {
      estimated: true,
      settledAt: undefined,
      settledAmount: 1350,
      fees: [
        { kind: 'platform', amount: -101 },
        { kind: 'shipping', amount: -50 },
      ],
    },
    { order: 'o-3' },
  ),
  // Cancelled before it went out, and nothing of it was ever booked.
  anOrder({ ...paid(8), status: 'cancelled', cancelledAt: march(9) }, { order: 'o-4' }),
  // No statement: shipping that was charged, the label, and the commission as the affiliate sale says.
  anOrder({ ...paid(9), lines: [one], channel: 'affiliate', campaign: 'spring' }, { order: 'o-5' }),
  aShipment({ labelCost: 412 }, { order: 'o-5' }),
  makeEvent({
    entity: 'affiliate-sale',
    subject: 'order/o-5/affiliate-sale/a-1',
    data: { sku: 's-1', creator: 'rosa', soldAt: march(9), currency: 'USD', paidAmount: 1000, estimatedCommission: 200 },
  }),
  // A sample is no sale.
  anOrder({ ...paid(9), sample: true }, { order: 'o-6' }),
  // The statement pays 0.40 less than sales and fees explain.
  anOrder({ ...paid(10), lines: [one] }, { order: 'o-7' }),
  aSettlement({ settledAmount: 900, ...platform(-60) }, { order: 'o-7' }),
  // The statement pays out what the buyer paid for shipping, without a line for it.
  anOrder({ ...paid(11), lines: [one] }, { order: 'o-8' }),
  aSettlement({ settledAmount: 1240, ...platform(-60) }, { order: 'o-8' }),
  aCost(),
  aCost({ kind: 'subscription', amount: 1000, campaign: undefined }, { id: 'k-2' }),
  adjustment('a-1', 'penalty', -2500),
  // Ads paid out of sales: the spend counts already.
  adjustment('a-2', 'advertising', -100),
];

const now = Date.parse('2026-04-10T12:00:00Z');
let [table, lake]: [MadeTable, EmbeddedLake] = [undefined as never, undefined as never];

const inLake = (creator: string, events: CloudEvent[]): void => {
  const own = events.map((event) => ({ ...event, creatorid: creator }));
  lake.put(aStream(own), creator === 'c-1' ? '2026-04-01' : `2026-04-${creator.length + 1}`);
};
const ask = async (creator: string, more: object = {}): Promise<ProfitabilityAnswer> => {
  const query = getProfitability.query.parse({ from: '2026-03-01', to: '2026-03-31', ...more }) as never;
  return reportProfitability(query, await openScope(table, creator, now));
};
const amounts = ({ steps }: Pick<ProfitabilityAnswer, 'steps'>) =>
  Object.fromEntries(steps.filter(({ amount }) => amount !== 0).map(({ step, amount }) => [step, amount]));
const rowOf = ({ rows = [] }: ProfitabilityAnswer, value: string) =>
  rows.find((row) => row.value === value) as unknown as ProfitabilityAnswer;

beforeAll(async () => {
  [table, lake] = await Promise.all([makeTable(), makeEmbeddedLake()]);
  for (const creator of ['c-1', 'c-empty', 'c-other']) await acceptProfile(table, aCreator({}, { creator }));
  inLake('c-1', ledger);
  inLake('c-other', [anOrder(paid(3))]);
  const stores = { table, athena: athenaOf(lake) };
  expect(await computeInsight(stores, { jobs: [profitJob], now: () => now })).toEqual({ creators: 3, documents: 14, left: 0 });
});
afterAll(async () => {
  lake?.close();
  await table?.close();
});

describe('the ledger of a shop', () => {
  it('is what the hand made of it', async () => {
    const answer = await ask('c-1');
    expect(amounts(answer)).toEqual({
      grossSales: 9501,
      sellerDiscounts: -200,
      cancelled: -1900,
      refunds: -1000,
      platformFees: -240 - 101 - 60 - 60,
      commission: -400 - 200,
      shipping: -50 + 300 - 412 + 300,
      statementDifference: -40,
      goods: -600 - 400 - 400 - 400 - 400,
      ads: -31_000,
      // Two units of the sample, and nobody told a cost of samples.
      samples: -800,
      otherCosts: -1000,
      adjustments: -2500,
    });
    expect(answer).toMatchObject({
      netSales: 6401,
      contribution: 3238,
      contributionAfterAds: 3238 - 31_000,
      profit: -31_262 - 800,
      isAtMost: true,
      costCoverage: 0.921731,
      settledShare: 0.60928,
      estimatedFees: -151,
      orders: 7,
      units: 8,
      reasons: ['some_costs_missing', 'fees_estimated', 'fees_missing'],
    });
  });

  it('adds up: steps to the profit, days to the range, rows to the months', async () => {
    const answer = await ask('c-1', { by: 'product' });
    expect(answer.steps.reduce((sum, { amount }) => sum + amount, 0)).toBe(answer.profit);
    expect(answer.days.reduce((sum, { profit }) => sum + (profit ?? 0), 0)).toBe(answer.profit);
    for (const by of profitDimensions) {
      const { rows = [], steps } = await ask('c-1', { by });
      for (const step of [
        'grossSales',
        'refunds',
        'platformFees',
        'shipping',
        'commission',
        'statementDifference',
        'goods',
      ] as const)
        expect(
          rows.reduce((sum, row) => sum + (row.steps.find((each) => each.step === step)?.amount ?? 0), 0),
          `${by} ${step}`,
        ).toBe(steps.find((each) => each.step === step)?.amount);
    }
  });

  it('names orders by what they brought, the least first', async () => {
    const { rows = [] } = await ask('c-1', { by: 'order' });
    expect(rows).toHaveLength(7);
    const profits = rows.flatMap(({ profit }) => (profit === null ? [] : [profit]));
    expect(profits).toEqual(profits.toSorted((a, b) => a - b));
    // The goods were given back and restocked, the fee as well.
    expect(rowOf({ rows } as ProfitabilityAnswer, 'o-2')).toMatchObject({ netSales: 0, orders: 1 });
    const [first, ...others] = (await ask('c-1', { by: 'order', top: 1 })).rows ?? [];
    expect([first?.value, others.map(({ isOther, orders }) => [isOther, orders])]).toEqual([rows[0]?.value, [[true, 6]]]);
  });

  it('tells the orders that are not named together, as what is left of the month', () => {
    const profit = openProfit('2026-03-01', '2026-03-31');
    const row = { creator_id: 'c-1', month: '2026-03', gross: '1000', orders: '10', units: '10' };
    profit.addOrders({ ...row, channel: 'live' });
    for (const [order_id, gross] of [
      ['o-1', '300'],
      ['o-2', '50'],
    ] as const)
      profit.addOrders({ ...row, order_id, gross, orders: '1', units: '1' });
    const document = profit.documents().get(profitKey('order', '2026-03'));
    const rows = valuesIn(document ? [document] : []);
    expect(rows.get('o-1')).toMatchObject({ grossSales: 300, orders: 1 });
    expect(rows.get(others)).toMatchObject({ grossSales: 650, orders: 8, units: 8 });
  });

  it('shares an order’s fees among its lines, and says no profit of a product without a cost', async () => {
    const products = await ask('c-1', { by: 'product' });
    expect(amounts(rowOf(products, 'p-2'))).toEqual({ grossSales: 501, platformFees: -34, shipping: -17 });
    expect(rowOf(products, 'p-2')).toMatchObject({ profit: null, margin: null, costCoverage: 0, orders: null });
  });

  it('knows what a channel, a campaign with its ads, a video and an affiliate brought', async () => {
    expect(rowOf(await ask('c-1', { by: 'content' }), 'v-1').profit).toBe(1260 - 600);
    expect(rowOf(await ask('c-1', { by: 'affiliate' }), 'rosa').profit).toBe(1000 - 112 - 200 - 400);
    const spring = rowOf(await ask('c-1', { by: 'campaign' }), 'spring');
    expect([spring.profit, spring.returnOnAds]).toEqual(
      [288 - 31_000, (288 - 31_000) / 31_000].map((n) => Math.round(n * 1e6) / 1e6),
    );
    expect(rowOf(await ask('c-1', { by: 'channel' }), 'affiliate').orders).toBe(1);
  });

  it('of a part of a month is that of its days; rows stay those of the whole month, and say so', async () => {
    const answer = await ask('c-1', { from: '2026-03-10', to: '2026-03-10', by: 'channel' });
    expect([answer.orders, answer.rowsFrom, answer.rowsTo]).toEqual([1, '2026-03-01', '2026-03-31']);
  });
});

describe('a shop', () => {
  it('without anything is told so, without numbers that are none', async () => {
    const answer = await ask('c-empty');
    expect(answer).toMatchObject({ profit: 0, margin: null, costCoverage: null, orders: 0, reasons: ['no_orders'] });
  });

  it('without costs is told no profit', async () => {
    const answer = await ask('c-other');
    expect(answer).toMatchObject({ profit: null, margin: null, costCoverage: 0, isAtMost: true });
    expect(answer.reasons).toContain('no_costs');
  });

  it('that nobody computed yet is told that', async () => {
    await acceptProfile(table, aCreator({}, { creator: 'c-new' }));
    expect((await ask('c-new')).reasons).toEqual(['not_computed']);
  });
});
