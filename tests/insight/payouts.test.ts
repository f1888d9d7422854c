/** Is what a shop was paid and is owed what a ledger made by hand says, to the minor unit, and what statements of Seller Center say? */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type PayoutsAnswer, payoutsAnswer } from '../../shared/api/payouts.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { payoutsJob } from '../../shared/insight/payouts/job.ts';
import { reportPayouts } from '../../shared/reports/payouts.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { threeFiles } from '../make/seller-drop.ts';
import { sellerFolder } from '../make/seller-files.ts';
import { makeShop, settledOf } from '../make/seller-shop.ts';
import { aLine, anAffiliateSale, anOrder, aRefund, aSettlement, aShipment } from '../make/snapshots.ts';
import { importOf } from '../sources/seller-center/import-files.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const at = (day: string): string => `${day}T15:00:00Z`;
/** An order of one unit at 10.00. */
const order = (id: string, data: object = {}): CloudEvent =>
  anOrder(
    {
      placedAt: at('2026-10-01'),
      paidAt: at('2026-10-01'),
      shippingCharged: 0,
      lines: [aLine({ quantity: 1, sellerDiscount: 0 })],
      ...data,
    },
    { order: id },
  );
const delivered = (id: string, day: string, parcel = 's-1'): CloudEvent =>
  aShipment({ status: 'delivered', labelAt: at('2026-10-02'), deliveredAt: at(day) }, { order: id, id: parcel });
const paid = (id: string, settledAmount: number, more: object = {}, statement = 's-1'): CloudEvent =>
  aSettlement(
    { settledAt: at('2026-11-12'), settledAmount, fees: [{ kind: 'platform', amount: -60 }], ...more },
    { order: id, id: statement },
  );

const ledger: CloudEvent[] = [
  order('as-expected'),
  delivered('as-expected', '2026-10-05'),
  paid('as-expected', 940),
  // 0.40 short, and the statement itself says so.
  order('short'),
  delivered('short', '2026-10-05'),
  paid('short', 900, { residual: -40 }),
  order('twice'),
  delivered('twice', '2026-10-05'),
  paid('twice', 940),
  paid('twice', 940, {}, 's-2'),
  // Given back after it was paid out: two statements; the second takes 0.25 back that the platform had paid of the price.
  order('given-back'),
  paid('given-back', 940),
  aRefund(
    { completedAt: at('2026-11-13'), lines: [{ productId: 'p-1', sku: 's-1', quantity: 1, goodsAmount: 1000 }] },
    { order: 'given-back' },
  ),
  paid('given-back', -965, { settledAt: at('2026-11-14'), fees: [{ kind: 'platform', amount: 60 }] }, 's-2'),
  // Statements of files stand at the beginning of their day: a refund of that day is in them.
  order('same-day'),
  aRefund(
    { completedAt: at('2026-11-12'), lines: [{ productId: 'p-1', sku: 's-1', quantity: 1, goodsAmount: 1000 }] },
    { order: 'same-day' },
  ),
  paid('same-day', 0, { settledAt: '2026-11-12T05:00:00Z', fees: [] }),
  // One later on the day of a statement that does not have it yet.
  order('later-that-day'),
  aRefund(
    { completedAt: at('2026-11-12'), lines: [{ productId: 'p-1', sku: 's-1', quantity: 1, goodsAmount: 1000 }] },
    { order: 'later-that-day' },
  ),
  paid('later-that-day', 940, { settledAt: '2026-11-12T05:00:00Z' }),
  // Five days: the platform tells an estimate.
  order('estimated'),
  delivered('estimated', '2026-11-25'),
  paid('estimated', 880, { estimated: true, settledAt: undefined }),
  // Eight days: without parcels, so it counts as delivered when it was completed.
  order('completed', { status: 'completed', completedAt: at('2026-11-22') }),
  // Twenty days: net sales less the commission.
  order('affiliate'),
  delivered('affiliate', '2026-11-10'),
  anAffiliateSale({ quantity: 1, paidAmount: 1000 }, { order: 'affiliate' }),
  // Forty days: a label that was made again does not hold it up; a part was given back.
  order('relabelled'),
  aShipment({ status: 'cancelled' }, { order: 'relabelled', id: 's-1' }),
  delivered('relabelled', '2026-10-21', 's-2'),
  aRefund(
    { completedAt: at('2026-10-25'), goodsAmount: 400, lines: [{ productId: 'p-1', sku: 's-1', quantity: 1, goodsAmount: 400 }] },
    { order: 'relabelled' },
  ),
  // One of two parcels has arrived.
  order('on-the-way'),
  delivered('on-the-way', '2026-11-10', 's-1'),
  aShipment({ status: 'in_transit', labelAt: at('2026-10-02') }, { order: 'on-the-way', id: 's-2' }),
  order('cancelled', { status: 'cancelled', cancelledAt: at('2026-10-02') }),
  order('sample', { sample: true }),
  paid('never-told-of', 500),
];

const many = Array.from({ length: 120 }, (_, i): CloudEvent[] => {
  const id = `m-${String(i).padStart(3, '0')}`;
  const day = `2026-10-${String(1 + (i % 30)).padStart(2, '0')}`;
  return [order(id, { lines: [aLine({ quantity: 1, sellerDiscount: 0, unitPrice: 1000 + i })] }), delivered(id, day)];
}).flat();

let shops: ComputedShops;
const ask = async (creator: string, when = now): Promise<PayoutsAnswer> =>
  payoutsAnswer.parse(await reportPayouts({}, await shops.scope(creator, when)));

beforeAll(async () => {
  shops = await computeShops(
    {
      'c-1': { events: ledger },
      'c-many': { events: many },
      'c-empty': { events: [] },
    },
    now,
    payoutsJob,
  );
});
afterAll(() => shops?.close());

describe('payouts of a shop', () => {
  it('are what the hand made of them', async () => {
    expect(await ask('c-1')).toMatchObject({
      settled: { orders: 6, amount: 940 + 940 + 900 + 1880 - 25 },
      expected: { orders: 5, amount: 880 + 1000 + 800 + 600 + 1000 },
      estimated: { orders: 1, amount: 880 },
      waiting: { orders: 4, amount: 880 + 1000 + 800 + 600 },
      short: { orders: 2, amount: -40 - 25 },
      shortRefunded: { orders: 1, amount: -25 },
      over: { orders: 1, amount: 1000 },
      twice: { orders: 1, amount: 1000 },
      payoutGap: 3280 + 40 - 1000,
      statements: { statements: 9, amount: 940 + 940 + 900 + 1880 - 25 + 500 },
      residual: { statements: 1, amount: -40 },
      unknownOrders: { statements: 1, amount: 500 },
      reasons: ['expected_from_sales', 'orders_missing'],
    });
  });

  it('are waited for as long as since delivery, counted to the day of the question', async () => {
    const amounts = async (when: number) => (await ask('c-1', when)).buckets.map(({ orders, amount }) => [orders, amount]);
    expect(await amounts(now)).toEqual([
      [1, 880],
      [1, 1000],
      [1, 800],
      [1, 600],
    ]);
    expect(await amounts(now + 3 * 86_400_000)).toEqual([
      [0, 0],
      [2, 1880],
      [1, 800],
      [1, 600],
    ]);
  });

  it('name the orders, the oldest first, and what was paid otherwise than expected', async () => {
    const { oldest, largest, differing } = await ask('c-1');
    expect(oldest.map(({ orderId, days, expected }) => [orderId, days, expected])).toEqual([
      ['relabelled', 40, 600],
      ['affiliate', 20, 800],
      ['completed', 8, 1000],
      ['estimated', 5, 880],
    ]);
    expect(largest.map(({ orderId }) => orderId)).toEqual(['completed', 'estimated', 'affiliate', 'relabelled']);
    expect(
      differing.map(({ orderId, settled, expected, difference, isTwice }) => [orderId, settled, expected, difference, isTwice]),
    ).toEqual([
      ['twice', 1880, 880, 1000, true],
      ['short', 900, 940, -40, false],
      ['given-back', -25, 0, -25, false],
    ]);
  });

  it('name fifty of many, and count all', async () => {
    const { waiting, oldest, largest, buckets } = await ask('c-many');
    const prices = Array.from({ length: 120 }, (_, i) => 1000 + i);
    expect(waiting).toEqual({ orders: 120, amount: prices.reduce((sum, price) => sum + price, 0) });
    expect(buckets.at(-1)).toMatchObject({ fromDays: 31, toDays: null, orders: 120 });
    expect(oldest).toHaveLength(50);
    expect(Math.min(...oldest.map(({ days }) => days))).toBe(48);
    expect(largest.map(({ expected }) => expected)).toEqual(prices.toReversed().slice(0, 50));
  });
});

describe('statements of Seller Center', () => {
  it('are paid out as the model says, explain themselves, and come to sales less fees where nothing was given back', async () => {
    const { events } = await importOf(sellerFolder(threeFiles()));
    const profile = { timeZone: 'America/Los_Angeles', currency: 'USD' };
    const own = events.filter(({ type }) => !type.includes('.creator.'));
    const computed = await computeShops({ 'c-files': { events: own, profile } }, now, payoutsJob);
    onTestFinished(() => computed.close());
    const answer = payoutsAnswer.parse(await reportPayouts({}, await computed.scope('c-files')));
    const shop = makeShop();
    const inFile = shop.flatMap(({ payouts }) => payouts).filter(({ day }) => day >= '2026-10-19' && day <= '2026-11-14');
    const amount = inFile.reduce((sum, { amounts }) => sum + settledOf(amounts), 0);
    expect(answer.statements).toEqual({ statements: inFile.length, amount });
    expect(answer.residual).toEqual({ statements: 0, amount: 0 });
    expect(answer.unknownOrders).toEqual({ statements: 0, amount: 0 });
    expect(answer.settled.amount).toBe(amount);
    expect(answer.twice.orders).toBe(0);
    const back = new Set(shop.filter(({ refund }) => refund).map(({ id }) => id));
    expect(answer.differing.filter(({ orderId }) => !back.has(orderId))).toEqual([]);
  });
});

describe('a shop', () => {
  it('without anything is told so, without a gap that is none', async () => {
    expect(await ask('c-empty')).toMatchObject({ payoutGap: null, oldest: [], reasons: ['no_orders', 'no_statements'] });
  });

  it('that nobody computed yet is told that', async () => {
    await shops.addLater('c-new');
    expect(await ask('c-new')).toMatchObject({ from: null, computedAt: null, payoutGap: null, reasons: ['not_computed'] });
  });
});
