/** What is profit where orders have two affiliates, goods sold for nothing, costs are told in some months only, or something comes late? By hand. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getProfitability, type ProfitabilityAnswer } from '../../shared/api/profitability.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { profitJob } from '../../shared/insight/profit/job.ts';
import { reportProfitability } from '../../shared/reports/profitability.ts';
import { makeEvent } from '../make/events.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { aCost, aLine, anOrder, aRefund, aSettlement, aShipment } from '../make/snapshots.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const at = (day: string): string => `${day}T15:00:00Z`;
const paid = (day = '2026-11-10') => ({ placedAt: at(day), paidAt: at(day), shippingCharged: 0 });
const line = (product: string, more: object = {}) =>
  aLine({ productId: product, sku: `s-${product}`, quantity: 1, unitPrice: 1000, sellerDiscount: 0, ...more });
const costOf = (product: string) =>
  makeEvent({ entity: 'unit-cost', subject: `unit-cost/s-${product}/2026-01-01`, data: { amount: 300, currency: 'USD' } });
const shownBy = (sale: string, product: string, creator: string, contentId: string) =>
  makeEvent({
    entity: 'affiliate-sale',
    subject: `order/o-1/affiliate-sale/${sale}`,
    data: { sku: `s-${product}`, creator, contentId, soldAt: at('2026-11-10'), currency: 'USD', paidAmount: 1000 },
  });
const paidByAds = (day: string) =>
  makeEvent({
    entity: 'adjustment',
    subject: 'adjustment/a-1/s-1',
    data: { kind: 'advertising', settledAt: at(day), currency: 'USD', amount: -500 },
  });

const shops: { [creator: string]: CloudEvent[] } = {
  'two-affiliates': [
    costOf('p-1'),
    costOf('p-2'),
    anOrder({ ...paid(), lines: [line('p-1'), line('p-2')] }),
    shownBy('a-1', 'p-1', 'zoe', 'v-1'),
    shownBy('a-2', 'p-2', 'ana', 'v-2'),
  ],
  gift: [costOf('p-1'), anOrder({ ...paid(), lines: [line('p-1'), line('gift', { unitPrice: 0 })] })],
  'given-back': [
    anOrder({ ...paid(), lines: [line('p-1')] }),
    aRefund({ completedAt: at('2026-11-20'), lines: [{ productId: 'p-1', sku: 's-p-1', quantity: 1, goodsAmount: 1000 }] }),
  ],
  // The statement paid 9.30 and the shipping; goods and shipping were given back after it.
  'shipping-given-back': [
    costOf('p-1'),
    anOrder({ ...paid(), shippingCharged: 499, lines: [line('p-1')] }),
    aSettlement({ settledAmount: 1429, settledAt: at('2026-11-12'), fees: [{ kind: 'platform', amount: -70 }] }),
    aRefund({
      completedAt: at('2026-11-20'),
      shippingAmount: 499,
      lines: [{ productId: 'p-1', sku: 's-p-1', quantity: 1, goodsAmount: 1000 }],
    }),
  ],
  'ads-of-february': [
    costOf('p-1'),
    anOrder({ ...paid(), lines: [line('p-1')] }),
    aCost({ kind: 'ads', amount: 100, from: '2026-02-01', to: '2026-02-01' }),
    paidByAds('2026-11-12'),
  ],
  'ads-of-november': [
    costOf('p-1'),
    anOrder({ ...paid(), lines: [line('p-1')] }),
    aCost({ kind: 'ads', amount: 500, from: '2026-11-01', to: '2026-11-30' }),
    paidByAds('2026-11-12'),
  ],
  'label-made-again': [
    costOf('p-1'),
    anOrder({ ...paid(), lines: [line('p-1')] }),
    aShipment({ status: 'cancelled', labelCost: 412 }),
    aShipment({ labelCost: 400 }, { id: 's-2' }),
  ],
  'samples-told': [
    costOf('p-1'),
    anOrder({ ...paid(), sample: true, lines: [line('p-1')] }),
    aCost({ kind: 'samples', amount: 250, from: '2026-11-01', to: '2026-11-30' }),
  ],
};

let computed: ComputedShops;
const ask = async (creator: string, more: object = {}): Promise<ProfitabilityAnswer> => {
  const query = getProfitability.query.parse({ from: '2026-11-01', to: '2026-11-30', ...more }) as never;
  return reportProfitability(query, await computed.scope(creator));
};
const stepOf = ({ steps }: ProfitabilityAnswer, step: string) => steps.find((each) => each.step === step)?.amount;

beforeAll(async () => {
  const all = Object.entries(shops).map(([creator, events]): [string, { events: CloudEvent[] }] => [creator, { events }]);
  computed = await computeShops(Object.fromEntries(all), now, profitJob);
});
afterAll(() => computed?.close());

it.each([
  ['affiliate', ['ana', 'zoe']],
  ['content', ['v-1', 'v-2']],
])('an order that two affiliates sold is shared by %s, line by line', async (by, values) => {
  const { rows = [] } = await ask('two-affiliates', { by });
  expect(rows.map(({ value, netSales }) => [value, netSales]).sort()).toEqual(values.map((value) => [value, 1000]));
});

it('a gift whose cost is not known keeps the profit from being exact, and has none of its own', async () => {
  const answer = await ask('gift', { by: 'product' });
  expect(answer).toMatchObject({ profit: 700, isAtMost: true });
  expect(answer.reasons).toContain('some_costs_missing');
  expect(answer.rows?.find(({ value }) => value === 'gift')).toMatchObject({ profit: null });
});

it('goods that are lost at an unknown cost leave no profit of nothing', async () => {
  const answer = await ask('given-back');
  expect(answer).toMatchObject({ profit: null, isAtMost: true });
  expect(answer.reasons).toContain('no_costs');
  expect(answer.days.map(({ profit }) => profit)).toEqual([null]);
});

it('shipping that is given back after the statement is taken at once, as the goods are', async () => {
  expect(await ask('shipping-given-back')).toMatchObject({ profit: 1429 - 1499 - 300 });
});

it.each([
  ['ads-of-february', 1000 - 300 - 500],
  ['ads-of-november', 1000 - 300 - 500],
])('ads paid out of sales count once: %s', async (creator, profit) => {
  expect(await ask(creator)).toMatchObject({ profit });
});

it('a label that was made again costs once', async () => {
  expect(await ask('label-made-again')).toMatchObject({ profit: 1000 - 300 - 400 });
});

it('samples cost what was told of them, or else their goods', async () => {
  expect(stepOf(await ask('samples-told'), 'samples')).toBe(-250);
});

it('fees of which nothing is known are said to be missing, not estimated', async () => {
  const { reasons, unstatedShare, estimatedFees } = await ask('gift');
  expect([reasons.includes('fees_missing'), reasons.includes('fees_estimated')]).toEqual([true, false]);
  expect([unstatedShare, estimatedFees]).toEqual([1, 0]);
});

it('days before the months that are computed are said not to be kept', async () => {
  expect((await ask('gift', { from: '2025-08-01', to: '2025-08-31' })).reasons).toEqual(['not_kept', 'no_orders']);
});
