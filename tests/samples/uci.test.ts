/** Do invoices of the UCI file become orders and refunds? */
import { expect, test } from 'vitest';
import { uciEvents } from '../../samples/uci.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { all, countByEntity, folderOf, found, refusals } from './events-of.ts';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

async function importOf(...rows: string[]) {
  const report = newReport();
  const events = await all(uciEvents(folderOf({ 'online_retail.csv': [header, ...rows].join('\n') }), { report }));
  expect(refusals(events, Date.parse('2026-01-01T00:00:00Z'))).toEqual([]);
  return { events, report };
}

test('an invoice is an order paid when placed, in London time and pence', async () => {
  const { events } = await importOf(
    '700001,A1,BLUE CUP,6,2011-06-01T08:26:00,2.55,17,United Kingdom',
    '700001,B2,,2,2011-06-01T08:26:00,0,17,United Kingdom',
  );
  const { buyerKey, ...data } = found(events, 'order/700001').data;
  expect(data).toEqual({
    status: 'paid',
    placedAt: '2011-06-01T07:26:00Z',
    paidAt: '2011-06-01T07:26:00Z',
    currency: 'GBP',
    lines: [
      { productId: 'A1', sku: 'A1', title: 'BLUE CUP', quantity: 6, unitPrice: 255 },
      { productId: 'B2', sku: 'B2', quantity: 2, unitPrice: 0 },
    ],
  });
  expect(buyerKey).toMatch(/^[\w-]{22}$/);
});

test('the original file’s American dates are read too', async () => {
  const { events } = await importOf('700001,A1,CUP,1,12/1/2010 8:26,1,17,United Kingdom');
  expect(found(events, 'order/700001').data.placedAt).toBe('2010-12-01T08:26:00Z');
});

test('a cancellation is a completed refund under its own number, its units back in stock', async () => {
  const { events } = await importOf(
    'C700002,A1,CUP,-3,2010-12-02T09:00:00,2.55,17,United Kingdom',
    'C700002,D,Discount,-1,2010-12-02T09:00:00,27.5,17,United Kingdom',
  );
  expect(found(events, 'order/C700002/refund/C700002').data).toEqual({
    status: 'completed',
    requestedAt: '2010-12-02T09:00:00Z',
    completedAt: '2010-12-02T09:00:00Z',
    currency: 'GBP',
    goodsAmount: 3515,
    lines: [
      { productId: 'A1', sku: 'A1', quantity: 3, goodsAmount: 765, restockedQuantity: 3 },
      { productId: 'D', sku: 'D', quantity: 1, goodsAmount: 2750, restockedQuantity: 1 },
    ],
  });
});

test('corrections of stock and negative prices in ordinary invoices are skipped, each with its reason', async () => {
  const { events, report } = await importOf(
    '700003,A1,damaged,-10,2010-12-02T09:00:00,0,,United Kingdom',
    '700004,B,Adjust bad debt,1,2010-12-02T09:00:00,-11062.06,,United Kingdom',
    '700005,A1,CUP,1,2010-12-02T09:00:00,1.5,,United Kingdom',
  );
  expect(countByEntity(events)).toEqual({ creator: 1, order: 1 });
  expect([...report.skipped.keys()]).toEqual([
    'line of an ordinary invoice with a quantity of zero or less (a stock correction)',
    'line with a negative price (a bad debt)',
  ]);
  expect(found(events, 'order/700005').data).not.toHaveProperty('buyerKey');
});

test('prices of more than two decimals are rounded half to even, per unit, and counted', async () => {
  const { events, report } = await importOf(
    '700006,A1,CUP,100,2010-12-02T09:00:00,0.125,,UK',
    '700006,A2,CUP,100,2010-12-02T09:00:00,0.135,,UK',
    '700006,A3,CUP,1,2010-12-02T09:00:00,1.500,,UK',
  );
  expect((found(events, 'order/700006').data.lines as { unitPrice: number }[]).map(({ unitPrice }) => unitPrice)).toEqual([
    12, 14, 150,
  ]);
  expect(report.notes.get('price of more than two decimals, rounded half to even')?.count).toBe(2);
});

test('an invoice of more than 500 lines goes on under a second number', async () => {
  const rows = Array.from({ length: 1001 }, (_, i) => `700007,A${i},CUP,1,2010-12-02T09:00:00,1,,United Kingdom`);
  const { events, report } = await importOf(...rows);
  const sizes = ['700007', '700007-2', '700007-3'].map((no) => (found(events, `order/${no}`).data.lines as unknown[]).length);
  expect(sizes).toEqual([500, 500, 1]);
  expect(report.notes.get('invoice of more than 500 lines, split')?.count).toBe(1);
});

test('lines of invoices written at the same time may be mixed', async () => {
  const line = (no: string, sku: string) => `${no},${sku},CUP,1,2010-12-02T09:00:00,1,,United Kingdom`;
  const { events } = await importOf(line('700008', 'A'), line('700009', 'A'), line('700008', 'B'));
  expect((found(events, 'order/700008').data.lines as unknown[]).length).toBe(2);
});
