/** Do the numbers over a range stand in the right buckets, with the right state? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { makeOrder, makeRefund, makeShipment } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
  await shop.load('c-1', [
    // New York, UTC-5 until 8 March 2026: 03:30Z is the evening before.
    makeOrder('o-1', { paidAt: '2026-02-03T03:30:00Z', unitPrice: 1000, quantity: 2, sellerDiscount: 100 }),
    makeOrder('o-2', { paidAt: '2026-02-03T15:00:00Z', unitPrice: 500 }),
    makeOrder('o-3', { paidAt: '2026-02-28T15:00:00Z', unitPrice: 700 }),
    makeOrder('o-4', { paidAt: '2026-03-20T14:10:00Z', unitPrice: 300 }),
    makeOrder('o-5', { paidAt: undefined, unitPrice: 999 }),
    makeRefund('o-1', 'r-1', '2026-02-10T12:00:00Z', 400),
    makeShipment(
      'o-2',
      's-1',
      { handedOverAt: '2026-02-04T15:00:00Z', deliveredAt: '2026-02-06T15:00:00Z' },
      '2026-02-06T16:00:00Z',
    ),
    makeShipment(
      'o-3',
      's-1',
      { handedOverAt: '2026-03-01T15:00:00Z', deliveredAt: '2026-03-02T15:00:00Z' },
      '2026-03-02T16:00:00Z',
    ),
  ]);
  await shop.load('c-empty', []);
});
afterAll(() => shop.close());

const kpis = async (query: Record<string, string>, creator?: string) => (await shop.get('kpis', query, creator)).json;
const february = { from: '2026-02-01', to: '2026-02-28' };
/** Points other than zero, by where they stand. */
const told = (points: { at: string; value: number | null }[]) =>
  Object.fromEntries(points.filter(({ value }) => value).map(({ at, value }) => [at, value]));

describe('a range', () => {
  it('answers whose numbers these are, in which zone and currency, and through when they hold', async () => {
    expect(await kpis({ names: 'netSales', ...february })).toMatchObject({
      creatorId: 'c-1',
      timeZone: 'America/New_York',
      currency: 'USD',
      from: '2026-02-01',
      to: '2026-02-28',
      grain: 'day',
      asOf: '2026-03-20T16:30:00.000Z',
      lagSeconds: 0,
      definitionVersion: String(dictionary.latest),
    });
  });

  it('has every day, local days, and net sales as what was sold less discounts and refunds of their own days', async () => {
    const [series] = (await kpis({ names: 'netSales', ...february })).series;
    expect(series).toMatchObject({ name: 'netSales', unit: 'money', total: 1900 + 500 + 700 - 400 });
    expect(series.points).toHaveLength(28);
    expect(told(series.points)).toEqual({ '2026-02-02': 1900, '2026-02-03': 500, '2026-02-10': -400, '2026-02-28': 700 });
    expect(series.points[0]).toEqual({ at: '2026-02-01', value: 0, state: 'complete', noData: true });
  });

  it('gives the series in the order of the names, however the names are separated', async () => {
    const { series } = await kpis({ names: 'units, orders', ...february, grain: 'total' });
    expect(series.map(({ name, total }: { name: string; total: number }) => [name, total])).toEqual([
      ['units', 4],
      ['orders', 3],
    ]);
  });

  it('of a creator without events is zeros, with nulls where there is nothing to divide', async () => {
    const { series } = await kpis(
      { names: 'orders,averageOrderValue,timeToDeliver', from: '2026-02-01', to: '2026-02-01' },
      'c-empty',
    );
    expect(series.map(({ total, points }: { total: number; points: object[] }) => [total, points])).toEqual([
      [0, [{ at: '2026-02-01', value: 0, state: 'complete' }]],
      [null, [{ at: '2026-02-01', value: null, state: 'complete', numerator: 0, denominator: 0 }]],
      [null, [{ at: '2026-02-01', value: null, state: 'complete', p50: null, p90: null, n: 0 }]],
    ]);
  });
});

describe('a grain', () => {
  const orders = async (grain: string, from: string, to: string) => (await kpis({ names: 'orders', from, to, grain })).series[0];

  it('week starts on Monday and is clipped to the range', async () => {
    const { points, total } = await orders('week', '2026-02-03', '2026-02-28');
    expect(points.map(({ at }: { at: string }) => at)).toEqual(['2026-02-03', '2026-02-09', '2026-02-16', '2026-02-23']);
    expect(told(points)).toEqual({ '2026-02-03': 1, '2026-02-23': 1 });
    expect(total).toBe(2);
  });

  it('month is clipped to the range, so edge days count only where they lie in it', async () => {
    const { points, total } = await orders('month', '2026-02-03', '2026-03-19');
    expect(points.map(({ at, value }: { at: string; value: number }) => [at, value])).toEqual([
      ['2026-02-03', 2],
      ['2026-03-01', 0],
    ]);
    expect(total).toBe(2);
  });

  it('total is one number over whole months and edge days alike', async () => {
    expect(await orders('total', '2025-06-15', '2026-03-20')).toMatchObject({
      total: 4,
      points: [{ at: '2025-06-15', value: 4, state: 'partial' }],
    });
  });

  it('hour names each hour with its offset, in local time', async () => {
    const { points } = await orders('hour', '2026-02-02', '2026-02-03');
    expect(points).toHaveLength(48);
    expect(told(points)).toEqual({ '2026-02-02T22:00:00-05:00': 1, '2026-02-03T10:00:00-05:00': 1 });
  });

  it.each([
    ['2026-03-08', 23],
    ['2026-11-01', 25],
    ['2026-03-09', 24],
  ])('hour has as many points as %s has hours: %i', async (day, hours) => {
    shop.setNow('2026-11-20T16:30:00Z');
    const { points } = await orders('hour', day, day);
    shop.setNow('2026-03-20T16:30:00Z');
    expect(new Set(points.map(({ at }: { at: string }) => at)).size).toBe(hours);
  });

  it('hour is refused where the hours are no longer kept, and by day is offered instead', async () => {
    const answer = await shop.get('kpis', { names: 'orders', from: '2025-02-01', to: '2025-02-02', grain: 'hour' });
    expect(answer).toMatchObject({
      status: 400,
      json: { issues: [{ path: 'grain', message: expect.stringContaining('grain=day') }] },
    });
  });
});

describe('a ratio', () => {
  it('divides sums, says by what, and averages nothing', async () => {
    const [value, refunds] = (await kpis({ names: 'averageOrderValue,refundRate', ...february })).series;
    expect(value).toMatchObject({ unit: 'money', total: Math.round(3100 / 3), numerator: 3100, denominator: 3 });
    expect(value.points[1]).toEqual({ at: '2026-02-02', value: 1900, numerator: 1900, denominator: 1, state: 'complete' });
    expect(refunds).toMatchObject({ unit: 'ratio', total: 400 / 3200, numerator: 400, denominator: 3200 });
    expect(refunds.points[9]).toMatchObject({ at: '2026-02-10', value: null, numerator: 400, denominator: 0 });
  });
});

describe('a distribution', () => {
  it('answers p50, p90 and n, over the range from the merged counters', async () => {
    const [series] = (await kpis({ names: 'timeToDeliver', from: '2026-02-01', to: '2026-03-05' })).series;
    const near = (seconds: number) => ({ asymmetricMatch: (given: number) => Math.abs(given / seconds - 1) <= 0.01 });
    expect(series).toMatchObject({
      unit: 'seconds',
      total: near(2 * 86_400),
      p50: near(2 * 86_400),
      p90: near(3 * 86_400),
      n: 2,
    });
    const point = series.points.find(({ at }: { at: string }) => at === '2026-02-06');
    expect(point).toMatchObject({ value: near(3 * 86_400), n: 1, state: 'complete' });
    expect((await kpis({ names: 'timeToDeliver', ...february, grain: 'month' })).series[0].n).toBe(1);
  });
});

describe('refunds', () => {
  it('count on the day of the refund, or on the order’s day where that is asked for, and say so', async () => {
    const byRefund = await kpis({ names: 'netSales,refundRate,refunds', ...february });
    const byOrder = await kpis({ names: 'netSales,refundRate,refunds', ...february, refundsBy: 'order_date' });
    expect([byRefund.refundsBy, byOrder.refundsBy]).toEqual(['refund_date', 'order_date']);
    expect(told(byRefund.series[2].points)).toEqual({ '2026-02-10': 400 });
    expect(told(byOrder.series[2].points)).toEqual({ '2026-02-02': 400 });
    expect(told(byOrder.series[0].points)).toMatchObject({ '2026-02-02': 1500, '2026-02-03': 500 });
    expect(byOrder.series[1].points[1]).toMatchObject({ value: 400 / 2000 });
    expect(byOrder.series.map(({ restates }: { restates?: boolean }) => restates)).toEqual([true, true, true]);
    expect(byRefund.series[0].restates).toBeUndefined();
  });
});

describe('a state', () => {
  const states = async (names: string, from: string, to: string, grain = 'day') =>
    (await kpis({ names, from, to, grain })).series[0].points.map(({ state }: { state: string }) => state);

  it('is partial until the bucket has ended in the creator’s zone', async () => {
    expect(await states('orders', '2026-03-19', '2026-03-21')).toEqual(['complete', 'partial', 'partial']);
    expect(await states('orders', '2026-02-01', '2026-03-31', 'month')).toEqual(['complete', 'partial']);
    expect((await states('orders', '2026-03-20', '2026-03-20', 'hour')).indexOf('partial')).toBe(12);
  });

  it('is restated where a part of the number changed later than a day after the bucket’s end', async () => {
    await shop.load('c-late', [
      makeOrder('o-1', { creator: 'c-late', paidAt: '2026-02-03T15:00:00Z' }),
      makeOrder('o-1', {
        creator: 'c-late',
        paidAt: '2026-02-03T15:00:00Z',
        unitPrice: 1200,
        version: Date.parse('2026-02-20T00:00:00Z'),
      }),
    ]);
    const state = async (names: string, grain = 'day') =>
      (await kpis({ names, from: '2026-02-02', to: '2026-02-03', grain }, 'c-late')).series[0].points.at(-1).state;
    expect(await state('grossSales')).toBe('restated');
    expect(await state('netSales')).toBe('restated');
    expect(await state('refundRate')).toBe('restated');
    expect(await state('grossSales', 'hour')).toBe('complete');
    expect(await state('orders')).toBe('complete');
  });
});

describe('what is open', () => {
  it('is one number of now, by hours left, and closes when the order is handed over', async () => {
    const order = (id: string, shipBy: string) =>
      makeOrder(id, { creator: 'c-open', paidAt: '2026-03-18T15:00:00Z', data: { shipBy } });
    await shop.load('c-open', [
      order('o-1', '2026-03-20T12:00:00Z'),
      order('o-2', '2026-03-20T20:00:00Z'),
      order('o-3', '2026-03-21T12:00:00Z'),
      order('o-4', '2026-03-25T12:00:00Z'),
      order('o-5', '2026-03-20T12:00:00Z'),
      { ...makeShipment('o-5', 's-1', { handedOverAt: '2026-03-19T12:00:00Z' }, '2026-03-19T13:00:00Z'), creatorid: 'c-open' },
    ]);
    const [series] = (await kpis({ names: 'slaAtRisk', ...february }, 'c-open')).series;
    expect(series).toMatchObject({ total: 3, points: [{ at: '2026-03-20', value: 3, state: 'partial' }] });
    expect(series.breakdown).toEqual([
      { from: null, to: 0, value: 1 },
      { from: 0, to: 6, value: 1 },
      { from: 6, to: 24, value: 1 },
    ]);
  });
});

describe('a question that cannot be answered is refused with its place and its remedy', () => {
  it.each([
    ['names', { names: undefined }, 'is missing'],
    ['names', { names: 'profitMargin' }, 'unknown KPI profitMargin; GET /v1/kpis'],
    ['names', { names: Array(21).fill('orders').join() }, 'at most 20'],
    ['from', { from: '2026-02-30' }, 'must be a day'],
    ['from', { from: '2026-03-01' }, 'is after to'],
    ['to', { from: '2021-02-28' }, 'more than 5 years'],
    ['grain', { grain: 'minute' }, 'hour'],
    ['grain', { grain: 'hour', from: '2025-12-01' }, '62 days'],
    ['grain', { grain: 'hour', names: 'timeToDeliver' }, 'grain=day'],
    ['grain', { grain: 'hour', names: 'onTimeDeliveryRate' }, 'grain=day'],
    ['grain', { grain: 'hour', by: 'channel' }, 'a split is kept by day'],
    ['by', { by: 'planet' }, 'unknown dimension planet'],
    ['by', { by: 'product' }, 'orders cannot be split by product; it can by channel'],
    ['top', { top: '0' }, 'from 1 to 100'],
    ['top', { top: 'ten' }, 'whole number'],
    ['compare', { compare: 'last_year' }, 'previous_year'],
    ['refundsBy', { refundsBy: 'today' }, 'order_date'],
    ['colour', { colour: 'red' }, 'unknown; known are names, from, to'],
  ])('%s: %o', async (path, change, message) => {
    const query = Object.entries({ names: 'orders', ...february, ...change }).filter(([, value]) => value !== undefined);
    const { status, json } = await shop.get('kpis', Object.fromEntries(query) as Record<string, string>);
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'bad_request' });
    expect(json.issues).toContainEqual({ path, message: expect.stringContaining(message) });
  });

  it('but exactly five years are answered', async () => {
    expect((await shop.get('kpis', { names: 'orders', from: '2021-03-01', to: '2026-02-28', grain: 'month' })).status).toBe(200);
  });
});
