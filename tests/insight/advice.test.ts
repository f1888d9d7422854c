/** Is each planted problem found with its money, a quiet shop left alone, and remembered what was done? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recommendationsAnswer } from '../../shared/api/recommendations.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { advise } from '../../shared/insight/advice/advise.ts';
import type { Facts } from '../../shared/insight/advice/rule.ts';
import { noSamples } from '../../shared/insight/free-samples/brought.ts';
import { noPayouts } from '../../shared/insight/payouts/document.ts';
import { stockJob } from '../../shared/insight/stock/job.ts';
import { nothing } from '../../shared/kpis/profit-steps.ts';
import { reportRecommendations } from '../../shared/reports/recommendations.ts';
import { putMark } from '../../shared/store/advice-marks.ts';
import { addDays, daysOf } from '../../shared/time.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { aLine, anOrder, aStockDay } from '../make/snapshots.ts';

const today = '2026-11-30';
const quiet: Facts = {
  ...{ today, late: { orders: 0, sales: 0 }, stockToday: today, stock: [], payouts: noPayouts(today) },
  ...{ profit: new Map(), profitDays: 60, matured: new Map(), samples: new Map() },
};
const found = (more: Partial<Facts>) =>
  advise({ ...quiet, ...more }).map(({ rule, about, money }) => [rule, about?.value, money.expected]);

describe('rules', () => {
  it('leave a quiet shop alone', () => expect(advise(quiet)).toEqual([]));

  it('find late orders with their sales', () =>
    expect(found({ late: { orders: 3, sales: 21_400 } })).toEqual([['late_orders', undefined, 21_400]]));

  it('find what was paid short, less what refunds explain', () => {
    const short = { orders: 3, amount: -900 };
    const payouts = { ...noPayouts(today), short, shortRefunded: { orders: 1, amount: -200 } };
    expect(found({ payouts })).toEqual([['paid_short', undefined, 700]]);
    expect(found({ payouts: { ...payouts, shortRefunded: short } })).toEqual([]);
  });

  it('find a price below cost by what it loses in 30 days, where all costs are known', () => {
    // 40 units for 400.00 with fees of 60.00 and goods of 360.00: 20.00 lost in 60 days.
    const product = {
      ...nothing(),
      grossSales: 40_000,
      platformFees: -6000,
      goods: -36_000,
      units: 40,
      costedSales: 40_000,
      namedSales: 40_000,
    };
    expect(found({ profit: new Map([['p-1', product]]) })).toEqual([['below_cost', 'p-1', 1000]]);
    expect(found({ profit: new Map([['p-1', { ...product, goods: -34_000 }]]) })).toEqual([]);
    expect(found({ profit: new Map([['p-1', { ...product, costedSales: 0 }]]) })).toEqual([]);
    expect(found({ profit: new Map([['p-1', { ...product, units: 9 }]]) })).toEqual([]);
  });

  it('find affiliates whose samples had their time and never sold', () => {
    const sent = { ...noSamples(), sent: 3, cost: 900 };
    const matured = new Map([['mia', sent]]);
    expect(found({ matured, samples: matured })).toEqual([['samples_unsold', 'mia', 900]]);
    expect(found({ matured, samples: new Map([['mia', { ...sent, orders: 1 }]]) })).toEqual([]);
    expect(found({ matured: new Map([['', sent]]) })).toEqual([]);
  });

  it('stand by money, with ids that stay', () => {
    const late = { orders: 1, sales: 500 };
    const matured = new Map([['mia', { ...noSamples(), sent: 2, cost: 900 }]]);
    const [first, second] = advise({ ...quiet, late, matured });
    expect([first?.rule, second?.rule]).toEqual(['samples_unsold', 'late_orders']);
    expect(advise({ ...quiet, matured, late: { orders: 2, sales: 9000 } }).map(({ id }) => id)).toEqual([second?.id, first?.id]);
  });
});

const now = Date.parse(`${today}T17:00:00Z`);
let made = 0;
const sale = (day: string, more: object = {}): CloudEvent => {
  const at = `${day}T16:00:00Z`;
  const lines = [aLine({ quantity: 2, unitPrice: 1000, sellerDiscount: 0 })];
  return anOrder({ placedAt: at, paidAt: at, lines, ...more }, { order: `o-${++made}` });
};
const days = daysOf(addDays(today, -56), addDays(today, -1));
const shop = (onHand: number, more: object = {}): CloudEvent[] => [
  ...days.map((day) => sale(day, { status: 'delivered', ...(day === days.at(-1) ? more : {}) })),
  ...days.map((day) => aStockDay({ onHand }, { day })),
];

let shops: ComputedShops;
const ask = async (creator: string, at = now) =>
  recommendationsAnswer.parse(await reportRecommendations(await shops.scope(creator, at)));

beforeAll(async () => {
  const events = { 'c-dry': shop(8), 'c-full': shop(400), 'c-empty': [] };
  shops = await computeShops(Object.fromEntries(Object.entries(events).map(([id, all]) => [id, { events: all }])), now, stockJob);
});
afterAll(() => shops?.close());

describe('a shop', () => {
  it('with 8 units and two sold a day misses ten days until an order arrives', async () => {
    const { recommendations } = await ask('c-dry');
    expect(recommendations).toHaveLength(1);
    const [advice] = recommendations;
    expect(advice).toMatchObject({ rule: 'runs_out', about: { kind: 'product', value: 'p-1', sku: 's-1' } });
    // 14 days of two units, of which 8 are there, at 10.00.
    expect(Math.abs((advice?.money.expected ?? 0) - 20_000)).toBeLessThan(1000);
    expect(advice?.money.lower).toBeLessThan(20_000);
    expect(advice?.money.upper).toBeGreaterThan(20_000);
    expect(advice?.evidence).toContainEqual({ name: 'available', value: 8, unit: 'count' });
  });

  it('with enough of all, and one with nothing, have nothing to do', async () => {
    expect((await ask('c-full')).recommendations).toEqual([]);
    expect((await ask('c-empty')).recommendations).toEqual([]);
  });

  it('sees what it did no more until its outcome can be told', async () => {
    const [advice] = (await ask('c-dry')).recommendations;
    if (!advice) throw new Error('nothing is advised');
    const { table } = await shops.scope('c-dry');
    const mark = {
      id: advice.id,
      state: 'done' as const,
      at: new Date(now).toISOString(),
      money: 500,
      number: 3,
      judgedAfterDays: 14,
    };
    await putMark(table, 'c-dry', mark);
    const later = now + 13 * 86_400_000;
    expect(await ask('c-dry', later)).toMatchObject({ recommendations: [], outcomes: [] });
    const { recommendations, outcomes } = await ask('c-dry', later + 86_400_000);
    expect(recommendations.map(({ id }) => id)).toEqual([advice.id]);
    expect(outcomes).toEqual([
      { id: advice.id, doneAt: mark.at, before: { money: 500, number: 3 }, now: { money: advice.money.expected, number: 8 } },
    ]);
    await putMark(table, 'c-dry', { ...mark, state: 'dismissed' });
    expect((await ask('c-dry', later)).recommendations).toEqual([]);
    expect((await ask('c-dry', later + 2 * 86_400_000)).outcomes).toEqual([]);
  });
});
