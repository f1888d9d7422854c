/** Does a creator learn where the numbers are, however old they are, at the price of a few small reads? */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportDataDays } from '../../shared/reports/data-span.ts';
import { openScope } from '../../shared/reports/scope.ts';
import { packPage, pageOf } from '../../shared/store/pages.ts';
import { partitionOf } from '../../shared/store/table.ts';
import { makeOrder, makeRefund } from '../make/events.ts';
import { withFault } from '../make/faults.ts';
import { makeShop, type Shop } from '../make/shop.ts';

const now = '2026-03-20T16:30:00Z';
let shop: Shop;
beforeAll(async () => {
  shop = await makeShop(now);
  const days = Array.from({ length: 900 }, (_, i) => new Date(Date.UTC(2016, 0, 1) + i * 86_400_000).toISOString());
  await shop.load('c-1', [
    makeOrder('o-first', { paidAt: '2016-10-05T03:30:00Z' }),
    makeOrder('o-last', { paidAt: '2018-08-29T15:00:00Z' }),
    makeRefund('o-last', 'r-1', '2018-09-12T10:00:00Z', 100),
  ]);
  await shop.load(
    'c-many',
    days.map((paidAt, i) => makeOrder(`o-${i}`, { creator: 'c-many', paidAt })),
  );
  await shop.load('c-none', []);
  await shop.load('c-unpaid', [makeOrder('o-1', { creator: 'c-unpaid', paidAt: undefined })]);
  await shop.load('c-ahead', [
    makeOrder('o-1', {
      creator: 'c-ahead',
      paidAt: '2026-03-01T12:00:00Z',
      data: { shipBy: '2026-05-01T00:00:00Z', deliverBy: '2026-06-01T00:00:00Z' },
    }),
  ]);
});
afterAll(() => shop.close());

const daysOf = async (creator: string) => {
  const { dataFrom, dataTo, newestSale } = (await shop.get('', undefined, creator)).json;
  return { dataFrom, dataTo, newestSale };
};

describe('the days with numbers', () => {
  it('of a shop that ended years ago are its own, in its zone, the last sale beside what came after it', async () => {
    expect(await daysOf('c-1')).toEqual({ dataFrom: '2016-10-04', dataTo: '2018-09-12', newestSale: '2018-08-29' });
  });

  it.each(['c-none', 'c-unpaid'])('of %s are none', async (creator) => {
    expect(await daysOf(creator)).toEqual({ dataFrom: null, dataTo: null, newestSale: null });
  });

  it('end today, whatever is dated ahead', async () => {
    expect(await daysOf('c-ahead')).toEqual({ dataFrom: '2026-03-01', dataTo: '2026-03-01', newestSale: '2026-03-01' });
  });

  it('leave out a day that a correction emptied', async () => {
    await shop.load('c-moved', [makeOrder('o-1', { creator: 'c-moved', paidAt: '2018-05-01T12:00:00Z' })]);
    // Months before it whose numbers a later snapshot took away.
    for (let month = 1; month <= 4; month++) {
      const day = `D#sales#total#2018-0${month}-01`;
      const sums = new Map([[day, new Map(Object.entries({ orders: 0, 'orders~': 1 }))]]);
      const page = packPage(partitionOf('c-moved', 1), pageOf(day), { watermark: 'x', sums, isSplit: false });
      await shop.table.send(new PutItemCommand({ TableName: shop.table.name, Item: page }));
    }
    expect(await daysOf('c-moved')).toEqual({ dataFrom: '2018-05-01', dataTo: '2018-05-01', newestSale: '2018-05-01' });
  });

  it('cost two pages a subject, of nine hundred days as of one', async () => {
    const callsOf = async (creator: string): Promise<number> => {
      const watched = withFault(shop.table, 0, 'before');
      const scope = await openScope(shop.table, creator, Date.parse(now));
      await reportDataDays({ ...scope, table: watched.table });
      return watched.sent.length;
    };
    expect(await callsOf('c-many')).toBeLessThanOrEqual(16);
  });
});
