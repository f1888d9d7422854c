/** Do your own CSV files become events, and does an error say where it is and what to write instead? */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { csvTables } from '../../shared/sources/csv/columns.ts';
import { csvEvents } from '../../shared/sources/csv/events.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { all, folderOf, found, refusals } from '../samples/events-of.ts';

const creators = 'creator_id,name,time_zone,currency\nc-9,Nona,Europe/Berlin,EUR\nc-8,Yuki,Asia/Tokyo,JPY\n';

async function importOf(files: { [name: string]: string }) {
  const report = newReport();
  const events = await all(csvEvents(folderOf(files), { report }));
  expect(refusals(events, Date.now())).toEqual([]);
  return { events, wrong: [...report.wrong.values()].flatMap(({ examples }) => examples), notes: [...report.notes.keys()] };
}

test('rows of an order become one order with a line for each, times read in the creator’s zone', async () => {
  const orders = [
    'creator_id,order_id,placed_at,paid_at,deliver_by,channel,product_id,quantity,unit_price,seller_discount,gift',
    'c-9,o-1,2026-03-01 10:00:00,2026-03-01T09:05:00Z,2026-03-08,live,p-1,2,19.99,1.5,no',
    'c-9,o-1,,,,,p-2,1,5,,',
  ];
  const { events } = await importOf({ 'creators.csv': creators, 'orders.csv': orders.join('\n') });
  const order = found(events, 'order/o-1');
  expect(order.data).toEqual({
    status: 'paid',
    placedAt: '2026-03-01T09:00:00Z',
    paidAt: '2026-03-01T09:05:00Z',
    deliverBy: '2026-03-08T22:59:59Z',
    channel: 'live',
    gift: false,
    currency: 'EUR',
    lines: [
      { productId: 'p-1', quantity: 2, unitPrice: 1999, sellerDiscount: 150 },
      { productId: 'p-2', quantity: 1, unitPrice: 500 },
    ],
  });
  // Rows that do not say how new they are are as new as their file.
  expect(order.time).toBe('2026-03-01T09:05:00Z');
  expect(order.entityversion).toBeGreaterThan(Date.parse('2026-03-01T09:05:00Z'));
});

test('every file is read, in an order in which the creator comes first', async () => {
  const { events } = await importOf({
    'reviews.csv': 'creator_id,order_id,review_id,rating,submitted_at\nc-9,o-1,v-1,5,2026-03-09 10:00:00\n',
    'refunds.csv.gz':
      'creator_id,order_id,refund_id,requested_at,completed_at,shipping_amount,product_id,quantity,line_amount\nc-9,o-1,r-1,2026-03-09 10:00,2026-03-10 10:00,4.90,p-1,1,19.99\nc-9,o-1,r-1,,,,p-2,1,5.00\n',
    'shipments.csv':
      'creator_id,order_id,shipment_id,carrier,label_at,delivered_at,label_cost\nc-9,o-1,s-1,DHL,2026-03-02 10:00:00,2026-03-04 10:00:00,4.12\n',
    'products.csv': 'creator_id,product_id,title,list_price\nc-8,p/1,茶,1500\n',
    'creators.csv': creators,
  });
  expect(events.map((event) => event.subject)).toEqual([
    'creator/c-9',
    'creator/c-8',
    'product/p%2F1',
    'order/o-1/shipment/s-1',
    'order/o-1/refund/r-1',
    'order/o-1/review/v-1',
  ]);
  expect(found(events, 'product/p%2F1').data).toEqual({ title: '茶', listPrice: 1500, currency: 'JPY' });
  expect(found(events, 'order/o-1/refund/r-1').data).toMatchObject({
    status: 'completed',
    goodsAmount: 2499,
    shippingAmount: 490,
  });
  expect(found(events, 'order/o-1/shipment/s-1').data).toMatchObject({ status: 'delivered', labelCost: 412 });
});

describe('an error names file, line, column and remedy', () => {
  const header = 'creator_id,order_id,placed_at,paid_at,currency,buyer_key,product_id,quantity,unit_price';
  const good = 'c-9,o-1,2026-03-01 10:00:00,,,,p-1,1,19.99';
  // biome-ignore format: a table of cases
  test.each([
    ['a sign', '-19.99', good.replace('19.99', '-19.99'), 'orders.csv line 2, column unit_price: -19.99 is not an amount; write digits with a point, such as 19.99, without sign'],
    ['too many decimals', '19.9990001', good.replace('19.99', '19.9990001'), 'orders.csv line 2, column unit_price: 19.9990001 has more than the 2 decimals of EUR; round it in the file'],
    ['no time', 'a day', good.replace(' 10:00:00', ''), 'orders.csv line 2, column placed_at: 2026-03-01 is not a time; write 2026-03-01 14:03:00 (local) or 2026-03-01T14:03:00Z'],
    ['an unknown currency', 'EURO', good.replace(',,,,p', ',,EURO,,p'), 'orders.csv line 2, column currency: EURO is no currency; write an ISO 4217 code such as USD'],
    ['an empty cell', 'p-1', good.replace('p-1', ''), 'orders.csv line 2, column product_id: is empty; every row needs it'],
    ['a person for a key', 'mail', good.replace(',,,,p', ',,,a@example.com,p'), 'orders.csv line 2, column buyer_key: this looks like an address or a name; write a keyed hash of it instead'],
    ['an unknown creator', 'c-7', good.replace('c-9', 'c-7'), "orders.csv line 2, column placed_at: 2026-03-01 10:00:00 has no offset and the creator's zone is unknown; write 2026-03-01T10:00:00Z or add the creator to creators.csv"],
    ['a fraction of a unit', '1.5', good.replace(',1,19', ',1.5,19'), 'orders.csv line 2, column quantity: 1.5 is not a whole number; write digits alone'],
    ['no unit at all', '0', good.replace(',1,19', ',0,19'), 'orders.csv line 2, column quantity: Too small: expected number to be >=1'],
  ])('%s (%s)', async (_, __, row, message) => {
    const { events, wrong } = await importOf({ 'creators.csv': creators, 'orders.csv': `${header}\n${row}\n` });
    expect(wrong[0]).toBe(message);
    expect(events.some((event) => event.subject.startsWith('order/'))).toBe(false);
  });

  test('rows of one order that disagree, also where they stand apart', async () => {
    const rows = [good, good.replace('o-1', 'o-2'), good.replace('10:00', '11:00')];
    const { wrong } = await importOf({ 'creators.csv': creators, 'orders.csv': [header, ...rows].join('\n') });
    expect(wrong).toEqual([
      'orders.csv line 4, column placed_at: 2026-03-01 11:00:00 differs from 2026-03-01 10:00:00 on orders.csv line 2; rows of one entity agree, or leave it empty',
    ]);
  });

  test('a missing column, a file of another name', async () => {
    await expect(importOf({ 'orders.csv': 'creator_id,order_id\n' })).rejects.toThrow(
      'orders.csv line 1: column placed_at, product_id, quantity, unit_price is missing; add it to the header',
    );
    await expect(importOf({ 'sales.csv': 'a\n' })).rejects.toThrow('rename the file after what it holds');
  });

  test('columns and files that are not read are said', async () => {
    const { notes } = await importOf({
      'creators.csv': 'creator_id,name,time_zone,currency,paidat\nc-9,Nona,Europe/Berlin,EUR,x\n',
      'sales.csv': 'a\n',
    });
    expect(notes).toEqual([
      'file not read: its name is none of creators.csv, products.csv, orders.csv, shipments.csv, refunds.csv, reviews.csv, costs.csv, stock.csv',
      'column not read: its name is none of those documented',
    ]);
  });
});

test('the page on importing names every file and column', () => {
  const page = readFileSync(new URL('../../docs/02-implementation/import.md', import.meta.url), 'utf8');
  for (const { file, columns } of csvTables) {
    const [section = ''] = (page.split(`### ${file}.csv\n`)[1] ?? '').split('\n#');
    const named = [...section.matchAll(/^\| \**(\w+)\** +\|/gm)].map((match) => match[1]).slice(1);
    expect(named, file).toEqual(columns.map(({ name }) => name));
  }
});
