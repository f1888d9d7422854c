/** Are the orders behind a number exactly those that make it up? */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { type makeEvent, makeOrder, makeRefund, makeShipment } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
});
afterAll(() => shop.close());

interface Row {
  orderId: string | null;
  value: number | null;
  numerator?: number;
  denominator?: number;
}

/** All pages of a list, and the first one's answer. */
async function all(query: Record<string, string>, creator: string) {
  const first = (await shop.get('orders', query, creator)).json;
  const rows: Row[] = [...first.orders];
  for (let { cursor } = first; cursor; ) {
    const page = (await shop.get('orders', { ...query, cursor }, creator)).json;
    rows.push(...page.orders);
    cursor = page.cursor;
  }
  return { first, rows };
}

const day = '2026-02-10';
const on = (hour: number, days = 0) => new Date(Date.UTC(2026, 1, 10 + days, hour)).toISOString();

describe('the orders behind a number', () => {
  const life = fc.record({
    paid: fc.integer({ min: 0, max: 2 }),
    product: fc.constantFrom('p-1', 'p-2'),
    channel: fc.constantFrom('live', 'video'),
    unitPrice: fc.integer({ min: 0, max: 9999 }),
    refunded: fc.option(fc.integer({ min: 0, max: 2 })),
    shipped: fc.option(fc.integer({ min: 0, max: 2 })),
    movedTo: fc.option(fc.constantFrom('p-1', 'p-2')),
  });
  const additive = [...dictionary.entries.keys()].filter((name) =>
    ['measure', 'sum'].includes(dictionary.entries.get(name)?.kpi.kind ?? ''),
  );

  it('add up to it exactly: for every additive KPI, any shop, any page size, in total and for a value', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(life, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (lives, limit) => {
        const creator = `c-sum-${made++}`;
        const of = (event: ReturnType<typeof makeEvent>) => ({ ...event, creatorid: creator });
        const events = lives.flatMap(({ paid, product, channel, unitPrice, refunded, shipped, movedTo }, i) => {
          const order = (line: string, version: number) =>
            makeOrder(`o-${i}`, {
              paidAt: on(15, paid),
              product: line,
              channel,
              unitPrice,
              version,
              data: { deliverBy: on(15, 1), tax: 7 },
            });
          const goods = [{ productId: product, category: 'beauty', quantity: 1, goodsAmount: unitPrice }];
          const parcel = {
            labelAt: on(16, shipped ?? 0),
            handedOverAt: on(17, shipped ?? 0),
            deliveredAt: on(18, shipped ?? 0),
            labelCost: 30,
          };
          return [
            order(product, 1_000_000),
            ...(refunded === null ? [] : [makeRefund(`o-${i}`, 'r', on(16, refunded), unitPrice, { lines: goods })]),
            ...(shipped === null ? [] : [makeShipment(`o-${i}`, 's', parcel, on(18, shipped))]),
            ...(movedTo === null ? [] : [order(movedTo, 2_000_000)]),
          ].map(of);
        });
        await shop.load(creator, events);
        for (const kpi of additive) {
          const { first, rows } = await all({ kpi, day, limit: String(limit) }, creator);
          const number = (await shop.get('kpis', { names: kpi, from: day, to: day }, creator)).json.series[0].total;
          expect([kpi, first.total, rows.reduce((sum, { value }) => sum + (value ?? 0), 0)]).toEqual([kpi, number, number]);
          expect(new Set(rows.map(({ orderId }) => orderId)).size).toBe(rows.length);
        }
        const split = { kpi: 'netSales', day, by: 'product', value: 'p-1', limit: '200' };
        const { first, rows } = await all(split, creator);
        expect(first.total).toBe(rows.reduce((sum, { value }) => sum + (value ?? 0), 0));
      }),
      { numRuns: 6 },
    );
  });

  it('show what they are: times in UTC, status, lines, and what each one adds', async () => {
    await shop.load('c-rows', [
      makeOrder('o-1', { creator: 'c-rows', paidAt: on(15), quantity: 2, unitPrice: 400, sellerDiscount: 50 }),
      { ...makeRefund('o-1', 'r-1', on(20), 100), creatorid: 'c-rows' },
      makeOrder('o-2', { creator: 'c-rows', paidAt: on(15, 1) }),
    ]);
    const { json } = await shop.get('orders', { kpi: 'netSales', day }, 'c-rows');
    expect(json).toMatchObject({ kpi: 'netSales', day, total: 650, cursor: null });
    expect(json.orders).toEqual([
      {
        subject: 'order/o-1',
        orderId: 'o-1',
        status: 'paid',
        placedAt: '2026-02-10T15:00:00.000Z',
        paidAt: '2026-02-10T15:00:00.000Z',
        value: 650,
        lines: [expect.objectContaining({ productId: 'p-1', quantity: 2, grossAmount: 800, sellerDiscount: 50 })],
      },
    ]);
    const byOrder = await shop.get('orders', { kpi: 'refunds', day: '2026-02-10', refundsBy: 'order_date' }, 'c-rows');
    expect(byOrder.json.total).toBe(100);
  });

  it('of a ratio show numerator and denominator, of a distribution each one’s own duration', async () => {
    await shop.load('c-ratio', [
      makeOrder('o-1', { creator: 'c-ratio', paidAt: on(15), unitPrice: 400 }),
      makeOrder('o-2', { creator: 'c-ratio', paidAt: on(16), unitPrice: 600 }),
      { ...makeShipment('o-2', 's', { handedOverAt: on(20) }, on(20)), creatorid: 'c-ratio' },
    ]);
    const ratio = (await shop.get('orders', { kpi: 'averageOrderValue', day }, 'c-ratio')).json;
    expect(ratio).toMatchObject({ total: 500, numerator: 1000, denominator: 2 });
    expect(ratio.orders).toMatchObject([
      { value: null, numerator: 400, denominator: 1 },
      { value: null, numerator: 600, denominator: 1 },
    ]);
    const waits = (await shop.get('orders', { kpi: 'timeToDispatch', day }, 'c-ratio')).json;
    expect(waits).toMatchObject({ n: 1, orders: [{ orderId: 'o-2', n: 1 }] });
    expect(Math.abs(waits.orders[0].value / (4 * 3600) - 1)).toBeLessThan(0.01);
  });
});

describe('orders at risk', () => {
  it('come by time left to their ship-by, page by page', async () => {
    const order = (id: string, shipBy: string) =>
      makeOrder(id, { creator: 'c-risk', paidAt: '2026-03-18T15:00:00Z', data: { shipBy } });
    await shop.load('c-risk', [
      order('o-1', '2026-03-21T10:00:00Z'),
      order('o-2', '2026-03-20T10:00:00Z'),
      order('o-3', '2026-03-20T18:00:00Z'),
      order('o-4', '2026-03-22T18:00:00Z'),
    ]);
    const { first, rows } = await all({ atRisk: 'true', limit: '2' }, 'c-risk');
    expect(first.total).toBe(3);
    expect(rows).toMatchObject([
      { orderId: 'o-2', shipBy: '2026-03-20T10:00:00.000Z', hoursLeft: -7 },
      { orderId: 'o-3', hoursLeft: 1 },
      { orderId: 'o-1', hoursLeft: 17 },
    ]);
    expect((await all({ atRisk: '72' }, 'c-risk')).rows).toHaveLength(4);
  });
});

describe('a question for orders is refused', () => {
  it.each([
    ['kpi', {}, 'is missing'],
    ['day', { kpi: 'orders' }, 'is missing'],
    ['kpi', { kpi: 'slaAtRisk', day }, 'atRisk=true'],
    ['value', { kpi: 'orders', day, by: 'channel' }, 'go together'],
    ['by', { kpi: 'orders', day, value: 'live' }, 'go together'],
    ['by', { kpi: 'orders', day, by: 'product', value: 'p-1' }, 'cannot be split by product'],
    ['kpi', { kpi: 'orders', atRisk: 'true' }, 'one or the other'],
    ['atRisk', { atRisk: 'maybe' }, 'must be true'],
    ['limit', { kpi: 'orders', day, limit: '201' }, 'from 1 to 200'],
    ['cursor', { kpi: 'orders', day, cursor: 'b3JkZXI.AAAAAAAAAAAAAAAAAAAAAA' }, 'does not belong'],
    ['page', { kpi: 'orders', day, page: '2' }, 'unknown'],
  ])('%s: %o', async (path, query, message) => {
    await shop.load('c-bad', []);
    const { status, json } = await shop.get('orders', query as Record<string, string>, 'c-bad');
    expect(status).toBe(400);
    expect(json.issues).toContainEqual({ path, message: expect.stringContaining(message) });
  });

  it('when its cursor was made for another list or another creator', async () => {
    const events = (creator: string) => ['o-1', 'o-2'].map((id) => makeOrder(id, { creator, paidAt: on(15) }));
    await shop.load('c-one', events('c-one'));
    await shop.load('c-two', events('c-two'));
    const query = { kpi: 'orders', day, limit: '1' };
    const { cursor } = (await shop.get('orders', query, 'c-one')).json;
    expect((await shop.get('orders', { ...query, cursor }, 'c-one')).json.orders).toMatchObject([{ orderId: 'o-2' }]);
    expect((await shop.get('orders', { ...query, cursor }, 'c-two')).status).toBe(400);
    expect((await shop.get('orders', { ...query, kpi: 'units', cursor }, 'c-one')).status).toBe(400);
  });
});
