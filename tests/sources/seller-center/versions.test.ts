/** Does the later knowledge win, whatever is imported when: exports among themselves, and beside what the API says? */
import { describe, expect, test } from 'vitest';
import { instant } from '../../../shared/sources/files/snapshot.ts';
import { csvOf, sellerFolder, workbookOf } from '../../make/seller-files.ts';
import { incomeSheets, ordersGrid, returnsGrid } from '../../make/seller-grids.ts';
import { type Habits, habits } from '../../make/seller-markets.ts';
import { firstExport, makeShop, secondExport } from '../../make/seller-shop.ts';
import { importOf, newestOf, ofEntity } from './import-files.ts';

const shop = makeShop();
const indonesia = habits[0] as Habits;
const ofJakarta = (wall: string): number => Date.parse(`${wall.replace(' ', 'T')}+07:00`);
const older = { 'Semua pesanan-2026-10-15-09_12.csv': csvOf(ordersGrid(shop, indonesia, firstExport)) };
const newer = { 'Semua pesanan-2026-11-14-23_58.csv': csvOf(ordersGrid(shop, indonesia, secondExport)) };
const returns = { 'Return order-2026-11-15-00_05.csv': csvOf(returnsGrid(shop, indonesia)) };
const income = { 'income_20261115103005(UTC+7).xlsx': workbookOf(incomeSheets(shop, indonesia, 1)) };
const eventsOf = async (files: { [name: string]: string | Uint8Array }) =>
  (await importOf(sellerFolder(files), { market: 'ID' })).events;

describe('an export', () => {
  test('is as new as its name says: in the shop’s zone, or in the one that the name says', async () => {
    const [order] = await eventsOf(older);
    expect(order?.entityversion).toBe(ofJakarta(firstExport));
    const [settlement] = await eventsOf(income);
    expect(settlement?.entityversion).toBe(ofJakarta('2026-11-15 10:30:05'));
  });

  test('that is older overwrites nothing, though it is imported later; a corrected one that is later does', async () => {
    const [old, next] = [await eventsOf(older), await eventsOf(newer)];
    expect(newestOf([...next, ...old])).toEqual(
      newestOf([...next, ...old.filter(({ subject }) => !next.some((event) => event.subject === subject))]),
    );
    const corrected = shop.map((order) => ({ ...order, shipping: order.shipping + 100 }));
    const again = await eventsOf({ 'Semua pesanan-2026-11-15-08_00.csv': csvOf(ordersGrid(corrected, indonesia, secondExport)) });
    for (const { ids, data } of ofEntity(newestOf([...again, ...next]), 'order'))
      expect(data.shippingCharged).toBe((shop.find(({ id }) => id === ids[0])?.shipping ?? 0) + 100);
  });

  test('that is imported again changes nothing', async () => expect(await eventsOf(newer)).toEqual(await eventsOf(newer)));

  test('is never older than the latest time in it', async () => {
    const [order] = await eventsOf({ 'Semua pesanan-2026-10-01-09_12.csv': csvOf(ordersGrid(shop, indonesia, secondExport)) });
    expect(order?.entityversion).toBeGreaterThan(ofJakarta('2026-11-01 00:00:00'));
  });

  test('that is still to come is refused', async () =>
    await expect(
      eventsOf({ 'Semua pesanan-2027-10-01-09_12.csv': csvOf(ordersGrid(shop, indonesia, secondExport)) }),
    ).rejects.toThrow('still to come'));

  test('keeps the day of business, so that history imported later is no correction', async () => {
    for (const event of await eventsOf(newer)) expect(Date.parse(event.time)).toBeLessThanOrEqual(event.entityversion);
  });
});

describe('a refund, put together of two files', () => {
  const refundsOf = async (files: { [name: string]: string | Uint8Array }) =>
    (await eventsOf(files)).filter(({ subject }) => subject.includes('/refund/'));

  test('is newer with a newer file of either', async () => {
    const [first] = await refundsOf({ ...newer, ...returns });
    const [laterReturns] = await refundsOf({
      ...newer,
      'Return order-2026-11-16-00_05.csv': csvOf(returnsGrid(shop, indonesia)),
    });
    const [laterOrders] = await refundsOf({
      ...returns,
      'Semua pesanan-2026-11-16-23_58.csv': csvOf(ordersGrid(shop, indonesia, secondExport)),
    });
    expect(laterReturns?.entityversion).toBeGreaterThan(first?.entityversion ?? 0);
    expect(laterOrders?.entityversion).toBeGreaterThan(first?.entityversion ?? 0);
  });

  test('after the last export of its order has its amount from the statement, and stays when that is not at hand again', async () => {
    const all = await refundsOf({ ...older, ...returns, ...income });
    const late = shop.find(({ refund, payouts }) => refund && payouts.length > 1 && refund.at > firstExport);
    const found = all.find(({ subject }) => subject.startsWith(`order/${late?.id}/`));
    expect(Number(found?.data.goodsAmount) + Number(found?.data.shippingAmount ?? 0)).toBe(late?.refund?.amount);
    expect((await refundsOf({ ...older, ...returns })).map(({ subject }) => subject)).not.toContain(found?.subject);
  });
});

test('beside the API the later of export and change wins', async () => {
  const [file] = (await eventsOf(newer)).filter(({ subject }) => /^order\/\d+$/.test(subject));
  if (!file) throw new Error('there is an order');
  const api = (version: number) => ({
    ...file,
    entityversion: version,
    time: instant(version),
    data: { ...file.data, status: 'delivered' },
  });
  const statusOf = (version: number) => newestOf([api(version), file]).get(file.subject)?.data.status;
  expect([statusOf(file.entityversion - 60_000), statusOf(file.entityversion + 60_000)]).toEqual([file.data.status, 'delivered']);
});
