/** Does the first screen say what is so now, against what is fair to compare? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headline, today } from '../../shared/kpis/headline.ts';
import { makeOrder } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
// 12:30 in New York on a Friday.
beforeAll(async () => {
  shop = await makeShop('2026-03-20T16:30:00Z');
  await shop.load('c-1', [
    makeOrder('o-1', { paidAt: '2026-03-20T13:10:00Z', unitPrice: 300 }),
    makeOrder('o-2', { paidAt: '2026-03-20T16:20:00Z', unitPrice: 500 }),
    makeOrder('o-3', { paidAt: '2026-03-19T15:59:00Z', unitPrice: 200 }),
    makeOrder('o-4', { paidAt: '2026-03-19T16:30:00Z', unitPrice: 999, data: { shipBy: '2026-03-20T20:00:00Z' } }),
    makeOrder('o-5', { paidAt: '2026-03-13T13:00:00Z', unitPrice: 600 }),
    makeOrder('o-7', { paidAt: '2026-01-02T13:00:00Z', unitPrice: 1 }),
    makeOrder('o-6', { paidAt: '2026-02-10T13:00:00Z', unitPrice: 899 }),
  ]);
});
afterAll(() => shop.close());

describe('the dashboard', () => {
  it('sets today so far against yesterday and the weekday before until the same minute', async () => {
    const { json } = await shop.get('dashboard');
    expect(json.today).toMatchObject({ day: '2026-03-20', through: '2026-03-20T12:30:00-04:00' });
    expect(json.today.kpis.map(({ name }: { name: string }) => name)).toEqual([...today]);
    const [sales] = json.today.kpis;
    expect(sales).toMatchObject({ value: 800, throughValue: 800 });
    expect(sales.points).toHaveLength(13);
    expect(sales.against).toMatchObject([
      { basis: 'yesterday', day: '2026-03-19', until: '12:30', value: 200, change: 3, difference: 600 },
      { basis: 'same_weekday', day: '2026-03-13', until: '12:30', value: 600, change: 0.3333 },
    ]);
    // The whole of yesterday can be drawn behind today.
    expect(sales.against[0].points.map(({ value }: { value: number }) => value).filter(Boolean)).toEqual([200, 999]);
  });

  it('shows the last 30 whole days of each headline KPI against the 30 before', async () => {
    const { headline: shown } = (await shop.get('dashboard')).json;
    expect(shown.map(({ name }: { name: string }) => name)).toEqual([...headline]);
    const [sales] = shown;
    expect(sales).toMatchObject({ title: 'Net sales', better: 'up', total: 1799, compare: { total: 899, change: 1.0011 } });
    expect([sales.points.length, sales.points[0].at, sales.points.at(-1).at]).toEqual([30, '2026-02-18', '2026-03-19']);
  });

  it('counts what is at risk and says how fresh everything is', async () => {
    const { json } = await shop.get('dashboard');
    expect(json.atRisk).toMatchObject({ value: 1, breakdown: [{ value: 0 }, { value: 1 }, { value: 0 }] });
    expect(json.alerts).toEqual([]);
    expect(json.sources).toEqual([{ name: 'events', state: 'fresh', asOf: '2026-03-20T16:30:00.000Z', lagSeconds: 0 }]);
  });

  it('names the most urgent orders at risk', async () => {
    const { atRisk } = (await shop.get('dashboard')).json;
    expect(atRisk.orders).toMatchObject([{ subject: 'order/o-4', shipBy: '2026-03-20T20:00:00.000Z', hoursLeft: 3 }]);
  });

  it('of today alone is the same without what changes seldom', async () => {
    const { json: whole } = await shop.get('dashboard');
    const { json } = await shop.get('dashboard', { only: 'today' });
    const { orders: _, ...atRisk } = whole.atRisk;
    expect(json).toEqual({ ...whole, headline: [], atRisk });
  });

  it('of a creator without events is there, with zeros and nothing to compare', async () => {
    await shop.load('c-empty', []);
    const { status, json } = await shop.get('dashboard', undefined, 'c-empty');
    expect(status).toBe(200);
    expect(json.today.kpis[0]).toMatchObject({
      value: 0,
      against: [
        { value: 0, change: null },
        { value: 0, change: null },
      ],
    });
  });

  it('takes no other parameter', async () => {
    expect((await shop.get('dashboard', { day: '2026-03-20' })).status).toBe(400);
  });
});
