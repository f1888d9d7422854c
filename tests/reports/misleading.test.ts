/** Do the comparisons that once misled, each number right and the sentence wrong, tell the truth? By hand, one case each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOrder, makeRefund } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { anOrder, aShipment } from '../make/snapshots.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
});
afterAll(() => shop.close());

let made = 0;
/** A shop of its own in New York with these orders, asked at an instant. */
async function ask(now: string, events: ReturnType<typeof makeOrder>[], query: Record<string, string>) {
  const creator = `c-misleading-${++made}`;
  shop.setNow(now);
  await shop.load(
    creator,
    events.map((event) => ({ ...event, creatorid: creator })),
  );
  const { json } = await shop.get('kpis', { names: 'grossSales', grain: 'day', ...query }, creator);
  return json.series[0];
}

let orders = 0;
const sale = (paidAt: string, unitPrice: number) => makeOrder(`o-${++orders}`, { paidAt, unitPrice });
const days = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => new Date(Date.parse(`${from}T16:00:00Z`) + i * 86_400_000).toISOString());

describe('a comparison that misled', () => {
  it('an unfinished week that sells as the week before is not a fall: −57 % became 0 %', async () => {
    // Monday to Sunday 10.00 a day, then Monday to Wednesday noon the same.
    const sales = days('2026-03-09', 10).map((at) => sale(at, 1000));
    const series = await ask('2026-03-18T17:00:00Z', sales, {
      from: '2026-03-16',
      to: '2026-03-18',
      compare: 'previous_weekday_aligned',
    });
    expect(series).toMatchObject({ total: 3000, compare: { total: 3000, from: '2026-03-09', to: '2026-03-11', change: 0 } });
    expect(series.compare.until).toBe('13:00');
  });

  it('half past midnight stands against half past midnight: −97 % became +25 %', async () => {
    const sales = [
      sale('2026-03-19T04:10:00Z', 800),
      ...[14, 16, 18, 20, 22].map((hour) => sale(`2026-03-19T${hour}:00:00Z`, 7000)),
      sale('2026-03-20T04:10:00Z', 1000),
    ];
    const series = await ask('2026-03-20T04:30:00Z', sales, { from: '2026-03-20', to: '2026-03-20', compare: 'previous_days' });
    expect(series).toMatchObject({ total: 1000, compare: { total: 800, until: '00:30', change: 0.25 } });
  });

  it('a month that the range cuts is marked with its days, and so is the running one', async () => {
    const sales = days('2026-01-01', 79).map((at) => sale(at, 1000));
    const { points } = await ask('2026-03-20T17:00:00Z', sales, { from: '2026-01-22', to: '2026-03-20', grain: 'month' });
    expect(points).toMatchObject([
      { at: '2026-01-22', to: '2026-01-31', isCut: true, value: 10_000 },
      { at: '2026-02-01', value: 28_000 },
      { at: '2026-03-01', to: '2026-03-20', isCut: true, state: 'partial' },
    ]);
    expect(points[1].isCut).toBeUndefined();
  });

  it('an order that is not due yet is not late: a day ahead has no rate, and today says nothing before its end', async () => {
    const due = (id: string, deliverBy: string, deliveredAt?: string) => [
      anOrder({ deliverBy, paidAt: '2026-03-10T14:00:00Z', placedAt: '2026-03-10T14:00:00Z' }, { order: id }),
      ...(deliveredAt ? [aShipment({ status: 'delivered', deliveredAt }, { order: id })] : []),
    ];
    const events = [
      ...due('a', '2026-03-18T23:00:00Z', '2026-03-17T15:00:00Z'),
      ...due('b', '2026-03-20T23:00:00Z'),
      ...due('c', '2026-03-22T23:00:00Z'),
    ];
    const query = { names: 'onTimeDeliveryRate', from: '2026-03-18', to: '2026-03-22' };
    const { total, denominator, points } = await ask('2026-03-20T17:00:00Z', events as never, query);
    expect({ total, denominator }).toEqual({ total: 1, denominator: 1 });
    expect(points.map(({ value }: { value: number | null }) => value)).toEqual([1, null, null, null, null]);
  });

  it('days before the first datum are no data, not zero: ×148 became no change, with the day since when there is data', async () => {
    const sales = days('2026-03-12', 8).map((at) => sale(at, 50_000));
    const series = await ask('2026-03-20T17:00:00Z', [sale('2026-03-06T16:00:00Z', 2000), ...sales], {
      from: '2026-03-12',
      to: '2026-03-19',
      compare: 'previous_days',
    });
    expect(series.compare).toMatchObject({ change: null, difference: null, dataFrom: '2026-03-06' });
    expect(series.compare.points.map(({ noData = false }) => noData)).toEqual([true, true, ...Array(6).fill(false)]);
  });

  it('a rate of 3 changes in points and says of how many it is, on either side', async () => {
    const before = days('2026-03-01', 10).map((at) => sale(at, 1000));
    const now = days('2026-03-11', 3).map((at) => sale(at, 1000));
    const refunded = now[0]?.subject.slice('order/'.length) ?? '';
    const refund = makeRefund(refunded, 'r-1', '2026-03-12T16:00:00Z', 1000);
    const { compare, ...rate } = await ask('2026-03-20T17:00:00Z', [...before, ...now, refund], {
      names: 'refundedOrderRate',
      from: '2026-03-11',
      to: '2026-03-20',
      compare: 'previous_days',
    });
    expect(rate).toMatchObject({ total: 1 / 3, numerator: 1, denominator: 3 });
    expect(compare).toMatchObject({ total: 0, numerator: 0, denominator: 10, change: null });
    expect(compare.difference).toBeCloseTo(1 / 3, 3);
  });

  it.each([
    ['below zero', 3000, -2000, 3000],
    ['zero', 1000, 0, 1000],
  ])('a base %s has no percentage, only a difference', async (_, refunded, base, difference) => {
    const old = sale('2026-03-01T16:00:00Z', 1000);
    const before = makeRefund(old.subject.slice('order/'.length), 'r-1', '2026-03-18T16:00:00Z', refunded);
    const events = [old, sale('2026-03-18T17:00:00Z', 1000), before, sale('2026-03-19T16:00:00Z', base + difference)];
    const { total, compare } = await ask('2026-03-20T17:00:00Z', events, {
      names: 'netSales',
      from: '2026-03-19',
      to: '2026-03-19',
      compare: 'previous_days',
    });
    expect(total).toBe(1000);
    expect(compare).toMatchObject({ total: base, change: null, difference });
  });

  it.each([
    ['that still runs', '2026-03-19', '2026-03-19', '2026-03-20', '2026-03-20', 'not_over'],
    ['of which a part lies ahead', '2026-03-12', '2026-03-18', '2026-03-17', '2026-03-23', 'not_over'],
    ['of another length', '2026-03-10', '2026-03-12', '2026-03-13', '2026-03-19', 'other_length'],
    ['while the range itself has no data', '2025-01-01', '2025-01-07', '2026-03-10', '2026-03-16', 'no_data'],
    ['while the range lies ahead', '2026-04-01', '2026-04-03', '2026-03-10', '2026-03-12', 'ahead'],
  ])('days chosen by hand %s give no change, and why', async (_, from, to, compareFrom, compareTo, noChange) => {
    const sales = days('2026-03-09', 11).map((at) => sale(at, 1000));
    const { compare } = await ask('2026-03-20T17:00:00Z', sales, { from, to, compare: 'custom', compareFrom, compareTo });
    expect(compare).toMatchObject({ change: null, difference: null, noChange });
  });

  it('a rate of days chosen by hand of another length still has its change: it does not grow with days', async () => {
    const sales = days('2026-03-09', 11).map((at) => sale(at, 1000));
    const query = { names: 'averageOrderValue', from: '2026-03-10', to: '2026-03-12', compare: 'custom' };
    const { compare } = await ask('2026-03-20T17:00:00Z', sales, {
      ...query,
      compareFrom: '2026-03-13',
      compareTo: '2026-03-19',
    });
    expect(compare).toMatchObject({ change: 0 });
  });

  it('what is due on days ahead has no rate among the days compared with either', async () => {
    const due = (id: string, deliverBy: string) =>
      anOrder({ deliverBy, paidAt: '2026-03-10T14:00:00Z', placedAt: '2026-03-10T14:00:00Z' }, { order: id });
    const events = [due('a', '2026-03-18T23:00:00Z'), due('b', '2026-03-20T23:00:00Z'), due('c', '2026-03-22T23:00:00Z')];
    const { compare } = await ask('2026-03-20T17:00:00Z', events as never, {
      names: 'dueOrders',
      from: '2026-03-11',
      to: '2026-03-15',
      compare: 'custom',
      compareFrom: '2026-03-18',
      compareTo: '2026-03-22',
    });
    expect(compare).toMatchObject({ total: 1, to: '2026-03-19', noChange: 'not_over' });
    expect(compare.points.map(({ value }: { value: number | null }) => value)).toEqual([1, 0, null, null, null]);
  });

  it('a range before the first datum has no data as a whole, and is no fall of all', async () => {
    const sales = days('2026-03-12', 3).map((at) => sale(at, 1000));
    const series = await ask('2026-03-20T17:00:00Z', sales, { from: '2026-02-01', to: '2026-02-07', compare: 'previous_days' });
    expect(series).toMatchObject({ total: 0, noData: true, compare: { noData: true, noChange: 'no_data', change: null } });
  });
});
