/** Do the files of a shop come to what the shop did, in every market, whatever order they are imported in? */
import { describe, expect, test } from 'vitest';
import { minorDigits } from '../../../shared/money.ts';
import { markets } from '../../../shared/sources/seller-center/rules/markets.ts';
import { toLocal } from '../../../shared/time.ts';
import { csvOf, sellerFolder, workbookOf } from '../../make/seller-files.ts';
import { incomeSheets, ordersGrid, personal, returnsGrid } from '../../make/seller-grids.ts';
import { type Habits, habits } from '../../make/seller-markets.ts';
import { firstExport, makeShop, penalty, type ShopOrder, secondExport, settledOf } from '../../make/seller-shop.ts';
import { importOf, newestOf, ofEntity } from './import-files.ts';

const shop = makeShop();
const overlap = '2026-10-01';

function filesOf(habit: Habits) {
  return sellerFolder({
    'All order-2026-10-15-09_12.xlsx': workbookOf({ OrderSKUList: ordersGrid(shop, habit, firstExport, '', true) }),
    'All order-2026-11-14-23_58.csv': csvOf(ordersGrid(shop, habit, secondExport, overlap), { ends: 'mixed' }),
    'Return order-2026-11-15-00_05.csv': csvOf(returnsGrid(shop, habit), { ends: '\r\n' }),
    'income_20261026091516(UTC+7).xlsx': workbookOf(incomeSheets(shop, habit, 0)),
    'income_20261115103005(UTC+7).xlsx': workbookOf(incomeSheets(shop, habit, 1)),
  });
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
/** When the newest export that has an order was made. */
const shownAt = ({ created }: ShopOrder): string => (created >= overlap ? secondExport : firstExport);
const isShown = (order: ShopOrder): boolean => order.created <= shownAt(order);
const byDay = <T>(items: T[], day: (item: T) => string, value: (item: T) => number): { [day: string]: number } =>
  Object.fromEntries([...Map.groupBy(items, day)].map(([key, group]) => [key, sum(group.map(value))]));
const grossOf = ({ lines }: ShopOrder): number => sum(lines.map(({ price, quantity }) => price * quantity));

/** What the model says, in minor units of the model. */
const truth = (() => {
  const shown = shop.filter(isShown);
  const paid = shown.filter((order) => order.paid !== undefined && order.paid <= shownAt(order));
  const payouts = shop.flatMap(({ id, payouts }) => payouts.map((payout) => ({ id, ...payout })));
  return {
    orders: shown.length,
    gross: byDay(paid, ({ paid }) => paid?.slice(0, 10) ?? '', grossOf),
    refunds: byDay(
      shown.filter(({ refund }) => refund),
      ({ refund }) => refund?.at.slice(0, 10) ?? '',
      ({ refund }) => refund?.amount ?? 0,
    ),
    settled: byDay(
      payouts.filter(({ day }) => day <= '2026-11-14'),
      ({ day }) => day,
      ({ amounts }) => settledOf(amounts),
    ),
    payouts: payouts.filter(({ day }) => day <= '2026-11-14'),
  };
})();

describe.each(habits)('$market', (habit) => {
  const { market } = habit;
  const { zone, currency } = markets[market];
  // The model has two decimals; files of VN write its units whole.
  const scale = market === 'VN' ? 1 : 10 ** (minorDigits(currency) - 2);
  const dayOf = (instant: unknown): string =>
    toLocal(Date.parse(String(instant)), [{ from: '0001-01-01T00:00:00Z', zone }]).slice(0, 10);
  const scaled = (values: { [day: string]: number }) =>
    Object.fromEntries(Object.entries(values).map(([day, value]) => [day, value * scale]));

  test('orders, refunds and settlements are what the shop did', async () => {
    const { plan, events, wrong, skipped } = await importOf(filesOf(habit).toReversed());
    expect({ market: plan.market, currency: plan.shop.currency, wrong }).toEqual({ market, currency, wrong: [] });
    expect(skipped.every((each) => each.startsWith('withdrawal'))).toBe(true);
    const newest = newestOf(events);
    const orders = ofEntity(newest, 'order');
    expect(orders.length).toBe(truth.orders);
    const lines = (data: (typeof orders)[number]['data']) => data.lines as { unitPrice: number; quantity: number }[];
    const paid = orders.filter(({ data }) => data.paidAt !== undefined);
    const gross = byDay(
      paid,
      ({ data }) => dayOf(data.paidAt),
      ({ data }) => sum(lines(data).map(({ unitPrice, quantity }) => unitPrice * quantity)),
    );
    expect(gross).toEqual(scaled(truth.gross));
    const refunds = ofEntity(newest, 'refund');
    const whole = (data: (typeof refunds)[number]['data']) =>
      Number(data.goodsAmount) + Number(data.shippingAmount ?? 0) + Number(data.taxAmount ?? 0);
    expect(
      byDay(
        refunds,
        ({ data }) => dayOf(data.completedAt),
        ({ data }) => whole(data),
      ),
    ).toEqual(scaled(truth.refunds));
    const settlements = ofEntity(newest, 'settlement');
    expect(
      byDay(
        settlements,
        ({ ids }) => ids[2] ?? '',
        ({ data }) => Number(data.settledAmount),
      ),
    ).toEqual(scaled(truth.settled));
    expect(ofEntity(newest, 'adjustment').map(({ ids, data }) => [ids, data.amount, data.kind])).toEqual([
      [[penalty.id, penalty.day], penalty.amount * scale, 'penalty'],
    ]);
  });

  test('fees have their kinds and signs, and what no column explains is kept', async () => {
    const { events } = await importOf(filesOf(habit));
    const settlements = ofEntity(newestOf(events), 'settlement');
    const fees = settlements.flatMap(({ data }) => data.fees as { kind: string; name: string; amount: number }[]);
    const total = (of: (fee: (typeof fees)[number]) => boolean) => sum(fees.filter(of).map(({ amount }) => amount)) / scale || 0;
    const known = (field: 'payment' | 'commission' | 'shipping' | 'affiliate' | 'unknown') =>
      sum(truth.payouts.map(({ amounts }) => amounts[field])) || 0;
    expect({
      payment: total(({ kind }) => kind === 'payment'),
      commission: total(({ name }) => name === 'commission'),
      shipping: total(({ kind }) => kind === 'shipping'),
      affiliate: total(({ kind }) => kind === 'affiliate'),
      unknown: total(({ name }) => name === 'other'),
    }).toEqual({
      payment: known('payment'),
      commission: known('commission'),
      shipping: known('shipping'),
      affiliate: known('affiliate'),
      unknown: known('unknown'),
    });
    expect(fees.some(({ name, amount }) => name === 'commission' && amount > 0)).toBe(true);
    expect(settlements.filter(({ data }) => data.residual !== undefined)).toEqual([]);
  });

  test('no personal column is in any event', async () => {
    const { events } = await importOf(filesOf(habit));
    const text = JSON.stringify(events);
    for (const each of [...personal, 'INVENTED BANK']) expect(text).not.toContain(each);
  });
});

test('files one by one, in any order, leave behind what all at once do', async () => {
  const [habit] = habits;
  const paths = filesOf(habit as Habits);
  const joined = newestOf((await importOf(paths)).events);
  const one = async (chosen: string[]) => (await importOf(chosen, { market: 'ID' })).events;
  const [first = '', second = '', returns = '', ...income] = paths;
  const apart = [
    await one([second]),
    await one([...income].reverse()),
    await one([first]),
    await one([first, second, returns, ...income]),
    await one([first]),
  ];
  const left = newestOf(apart.flat());
  expect([...left.keys()].sort()).toEqual([...joined.keys()].sort());
  for (const [subject, event] of joined) expect(left.get(subject)).toEqual(event);
});
