/** Does the importer never guess? Files that came out wrong, each with what is right; and the kinds that they stand for. */
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { fold } from '../../shared/fold/fold.ts';
import { csvEvents } from '../../shared/sources/csv/events.ts';
import { readTime } from '../../shared/sources/csv/time.ts';
import { answerOf, wordOf } from '../../shared/sources/csv/words.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { cellsOf, plain } from '../make/cells.ts';
import { aStream, inZone } from '../make/stream.ts';
import { all, folderOf, found } from '../samples/events-of.ts';
import { creatorRow, header, importOf, kpi, orderRow, orders, total } from './csv-files.ts';

describe('a file that came out wrong', () => {
  it('rows of an order that stand apart are read whole', async () => {
    const { events } = await importOf(
      orders(orderRow('o-1', '10.00'), orderRow('o-2', '5.00'), orderRow('o-1', '90.07').replace('p-1', 'p-2')),
    );
    expect(total(kpi(events, 'grossSales'))).toBe(10_507);
  });

  it('titles are found whatever their capital letters, those of optional columns too', async () => {
    const titles = header.split(',').map((title) => ` ${title.charAt(0).toUpperCase()}${title.slice(1).toUpperCase()} `);
    const { events, notes } = await importOf({
      'orders.csv': `${titles.join()}\n${orderRow('o-1', '10.00')}`,
      'creators.csv': orders()['creators.csv'] ?? '',
    });
    expect(total(kpi(events, 'grossSales'))).toBe(1000);
    expect(notes).toEqual([]);
  });

  it('a refund without a product is money all the same', async () => {
    const refunds =
      'creator_id,order_id,refund_id,completed_at,product_id,quantity,line_amount\nf,o-1,r-1,2026-10-06T12:00:00Z,,1,10.00\n';
    const { events } = await importOf({ ...orders(orderRow('o-1', '10.00')), 'refunds.csv': refunds });
    expect([total(kpi(events, 'refunds')), total(kpi(events, 'grossSales'))]).toEqual([1000, 1000]);
  });

  it('a local time is read in the zone in force then', async () => {
    const creators =
      'creator_id,name,time_zone,currency,updated_at\nf,Mov,Asia/Tokyo,USD,2026-07-01T00:00:00Z\nf,Mov,America/Los_Angeles,USD,2026-01-01T00:00:00Z\n';
    const rows = [orderRow('o-1', '10.00', '2026-03-10 05:00:00'), orderRow('o-2', '20.00', '2026-08-10 05:00:00')];
    const { events } = await importOf({ 'creators.csv': creators, 'orders.csv': [header, ...rows].join('\n') });
    expect(found(events, 'order/o-1').data.placedAt).toBe('2026-03-10T12:00:00Z');
    expect(found(events, 'order/o-2').data.placedAt).toBe('2026-08-09T20:00:00Z');
  });

  it.each(['5.77431E+17', '1.15e+18', '5,77E17'])('an id %s of a spreadsheet is refused', async (id) => {
    const { events, wrong } = await importOf(orders(orderRow(`"${id}"`, '10.00')));
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f']);
    expect(wrong[0]).toMatch(/column order_id: .*shortened by a spreadsheet/);
  });

  it.each(['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '########', '#NV', '#BEZUG!', '#N/D', '#¡REF!', '#NOM?'])(
    '%s of a spreadsheet is no id',
    async (id) => {
      const { events, wrong } = await importOf(
        orders(orderRow(id, '100.00'), orderRow(id, '200.00'), orderRow('o-1', '1.00'), orderRow('o-2', '1.00')),
      );
      expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2']);
      expect(wrong[0]).toMatch(/column order_id: .*where it has no value/);
    },
  );

  it.each([
    ['has no id, as merged cells come', 'f,,,,q,1,9.00', 'o-1'],
    ['has what a failed formula shows', 'f,#N/A,,,q,1,9.00', 'o-1'],
    ['has an id with something unseen in it', 'f,o-1\u0007,2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,q,1,9.00', 'o-1'],
    ['has no creator', ',o-1,2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,q,1,9.00', 'o-1'],
    [
      'has the id that a spreadsheet shortened',
      'f,5.77431E+17,2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,q,1,9.00',
      '577431091617435979',
    ],
  ])('an order is left out whole where one of its rows %s', async (_, lost, id) => {
    const rows = [orderRow(id, '1.00'), lost, orderRow('o-2', '3.00'), orderRow('577439991617435979', '4.00')];
    const { events, wrong } = await importOf(orders(...rows));
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2', 'order/577439991617435979']);
    expect(wrong.join('\n')).toContain('orders.csv line 2, column order_id: may have one row more, orders.csv line 3');
  });

  it('a row without an id that says when it was placed may begin the order below: both are left out', async () => {
    const lost = 'f,,2026-10-07T07:00:00Z,2026-10-07T07:00:05Z,p-2,1,20.00';
    const rows = [orderRow('o-1', '10.00'), lost, orderRow('o-2', '30.00'), orderRow('o-3', '1.00')];
    expect((await importOf(orders(...rows))).events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-3']);
    const merged = [orderRow('o-1', '10.00'), 'f,,,,p-2,1,20.00', orderRow('o-2', '30.00')];
    expect((await importOf(orders(...merged))).events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2']);
  });

  it('a row without an id holds back no order of another creator', async () => {
    const creators = `${creatorRow()}g,Shop,UTC,USD\n`;
    const rows = [orderRow('o-1', '10.00'), orderRow('#N/A', '1.00').replace('f,', 'g,')];
    const { events } = await importOf({ 'creators.csv': creators, 'orders.csv': [header, ...rows].join('\n') });
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'creator/g', 'order/o-1']);
  });

  it('words that are not known are all named', async () => {
    const file = 'creator_id,order_id,status,placed_at,paid_at,product_id,quantity,unit_price';
    const rows = Array.from({ length: 12 }, (_, i) => `f,o-${i},word ${i},2026-10-06T07:00:00Z,,p-1,1,10.00`);
    const { notes } = await importOf({ 'creators.csv': creatorRow(), 'orders.csv': [file, ...rows].join('\n') });
    for (let i = 0; i < 12; i++) expect(notes).toContainEqual(expect.stringContaining(`status word ${i} is not known`));
  });

  it('an id that ends in zeros behind its fifteenth digit is told, and kept', async () => {
    const { events, notes } = await importOf(
      orders(orderRow('577431091617436000', '10.00'), orderRow('577431091617435979', '1.00')),
    );
    expect(events).toHaveLength(3);
    expect(notes).toEqual([expect.stringContaining('ends in zeros')]);
  });

  it.each([
    '2026-02-30 10:00:00',
    '2026-02-31T10:00:00Z',
    '2026-02-28 25:00:00',
    '2026-02-28 24:00:00',
    '2026-13-01 10:00',
    '2025-02-29 10:00',
    '2026-06-30T23:59:60Z',
    '2026-00-10 10:00',
    '06/10/2026 07:00',
  ])('a time %s that no calendar or clock has is refused', async (at) => {
    const { events, wrong } = await importOf(orders(orderRow('o-1', '10.00', at), orderRow('o-2', '20.00')));
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2']);
    expect(wrong[0]).toContain(`orders.csv line 2, column placed_at: ${at}`);
  });

  it('words of states and channels count whatever their spelling and language', async () => {
    const file = 'creator_id,order_id,status,placed_at,paid_at,product_id,quantity,unit_price,channel';
    const row = (id: string, status: string, channel: string) =>
      `f,${id},${status},2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,p-1,1,10.00,${channel}`;
    const rows = [
      row('o-1', 'Canceled', 'LIVE'),
      row('o-2', 'cancelled', 'live'),
      row('o-3', 'Dibatalkan', 'Live'),
      row('o-4', 'completed', 'shop'),
      row('o-5', 'Verschickt', 'Product Card'),
    ];
    const { events, notes } = await importOf({ 'creators.csv': creatorRow(), 'orders.csv': [file, ...rows].join('\n') });
    expect(total(kpi(events, 'cancelledOrders'))).toBe(3);
    expect(kpi(events, 'orders', 'channel')).toEqual({
      '2026-10-06#live': 3,
      '2026-10-06#shop': 1,
      '2026-10-06#product_card': 1,
    });
    expect(notes).toEqual([expect.stringContaining('status Verschickt is not known')]);
  });

  it('ids leave as they came', async () => {
    const products = 'creator_id,product_id,title\nf,A/B 50%,Half\n';
    const { events } = await importOf({
      ...orders(orderRow('1001/2', '1.00').replace('p-1', 'A/B 50%')),
      'products.csv': products,
    });
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'product/A%2FB 50%25', 'order/1001%2F2']);
    expect((found(events, 'order/1001%2F2').data.lines as { productId: string }[])[0]?.productId).toBe('A/B 50%');
  });

  it('what is not UTF-8 is named with its line, and read where it is said what it is', async () => {
    const folder = folderOf({ 'creators.csv': creatorRow() });
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      join(folder, 'products.csv'),
      Buffer.from('creator_id,product_id,title\nf,p-0,Tea\nf,p-1,Caf\xe9 Gr\xf6\xdfe\n', 'latin1'),
    );
    const read = (encoding?: 'windows-1252') => all(csvEvents(folder, { report: newReport(), encoding }));
    await expect(read()).rejects.toThrow(/products\.csv line 3: this is not UTF-8.*--encoding windows-1252/);
    expect((await read('windows-1252')).at(-1)?.data.title).toBe('Café Größe');
    writeFileSync(join(folder, 'products.csv'), Buffer.from('\ufeffcreator_id,product_id,title\r\nf,p-1,Café\r\n', 'utf16le'));
    expect((await read()).at(-1)?.data.title).toBe('Café');
  });

  it.each([
    ['twice', `${header},quantity`, 'the title quantity stands 2 times (columns 6 and 8)'],
    ['twice in other letters', `${header}, Quantity `, 'the title quantity stands 2 times'],
    ['of TikTok Shop', '\ufeffOrder ID,Order Status,Seller SKU,Quantity', 'this is an order export of TikTok Shop Seller Center'],
    [
      'of Shopify',
      'Name,Email,Financial Status,Lineitem quantity',
      'this is an order export of Shopify, which is not one of your own files; import it as it is: npm run import -- shopify',
    ],
  ])('titles %s are refused before anything is sent', async (_, titles, message) => {
    await expect(importOf({ 'creators.csv': creatorRow(), 'orders.csv': `${titles}\n` })).rejects.toThrow(message);
  });

  it.each([
    ['short', 'f,o-2,2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,p-1,1', 'has 6 cells, the header has 7; add what is missing'],
    [
      'long',
      orderRow('o-2', '1,234.00'),
      'has 8 cells, the header has 7; a separator inside a cell, as in 1,234.00, needs quotation marks',
    ],
  ])('a row that is too %s is left out and named, and the rest goes on', async (_, row, message) => {
    const { events, wrong } = await importOf(orders(orderRow('o-1', '10.00'), row, orderRow('o-3', '40.00')));
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-1', 'order/o-3']);
    expect(wrong).toEqual([`orders.csv line 3: ${expect.anything() && message}`].map((text) => expect.stringContaining(text)));
  });

  it.each([
    ['semicolons', (text: string) => text.replaceAll(',', ';')],
    ['tabs', (text: string) => text.replaceAll(',', '\t')],
    ['line ends of every kind', (text: string) => text.replace('\n', '\r\n')],
    ['a tab behind a quotation mark', (text: string) => text.replace('o-1', '"o-1"\t')],
    ['rows of separators alone', (text: string) => `${text}\n,,,,,,\n`],
    ['empty titles and cells at the end', (text: string) => text.replaceAll('\n', ',,\n')],
  ])('%s are read', async (_, change) => {
    const { events, wrong } = await importOf({
      'creators.csv': creatorRow(),
      'orders.csv': change(`${header}\n${orderRow('o-1', '10.50')}\n`),
    });
    expect(wrong).toEqual([]);
    expect(total(kpi(events, 'grossSales'))).toBe(1050);
  });

  it('a time that the clock skipped is refused, an hour that came twice is its first', async () => {
    const berlin = { zones: inZone('Europe/Berlin'), allowsDay: false };
    expect(() => readTime('2026-03-29 02:30:00', berlin)).toThrow(/not shown by any clock in Europe\/Berlin/);
    expect(new Date(readTime('2026-10-25 02:30:00', berlin)).toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(new Date(readTime('2026-10-06 07:00:00 -0400', berlin)).toISOString()).toBe('2026-10-06T11:00:00.000Z');
  });

  it('an order with too many lines says what to do', async () => {
    const { wrong } = await importOf(orders(...Array.from({ length: 501 }, () => orderRow('o-1', '1.00'))));
    expect(wrong[0]).toMatch(/has 501 rows, an order holds 500 lines; .*o-1-2/);
  });

  it('a workbook that is broken off, and one of another form, say what to do', async () => {
    const read = (name: string) => all(csvEvents(`${folderOf({ [name]: 'PK' })}/${name}`, { report: newReport() }));
    await expect(read('orders.xlsx')).rejects.toThrow('is incomplete');
    await expect(read('orders.ods')).rejects.toThrow('save it as .xlsx, or each sheet as "CSV UTF-8"');
  });
});

describe('words', () => {
  it.each([
    ['order', 'status', 'DIBATALKAN', 'cancelled'],
    ['order', 'status', 'Đã hủy', 'cancelled'],
    ['order', 'status', 'To ship', 'paid'],
    ['shipment', 'status', 'In-Transit', 'in_transit'],
    ['refund', 'fault', 'Seller', 'seller'],
    ['shipment', 'fulfilled_by', 'FBT', 'platform'],
    ['order', 'channel', ' live stream', 'live'],
  ])('%s %s %s is %s', (entity, column, text, word) => expect(wordOf(entity, column, text)).toEqual({ word }));
  it('of yes and no are few', () =>
    expect(['Yes', 'Y', 'TRUE', '1', 'no', 'Tidak', 'maybe'].map(answerOf)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      undefined,
    ]));
});

describe('two imports that differ', () => {
  const version = fc.record({
    price: fc.constantFrom('10.00', '20.00', '30.00'),
    status: fc.constantFrom('paid', 'cancelled', 'completed'),
    isPaid: fc.boolean(),
  });
  const fileOf = (all: { price: string; status: string; isPaid: boolean }[]) =>
    [
      `${header},status`,
      ...all.map(
        ({ price, status, isPaid }, i) =>
          `f,o-${i},2026-10-06T07:00:00Z,${isPaid ? '2026-10-06T07:00:00Z' : ''},p-1,1,${price},${status}`,
      ),
    ].join('\n');
  const eventsOf = async (file: string, at: string) => {
    const folder = folderOf({ 'creators.csv': creatorRow(), 'orders.csv': file });
    for (const name of ['creators.csv', 'orders.csv']) utimesSync(join(folder, name), new Date(at), new Date(at));
    return all(csvEvents(folder, { report: newReport() }));
  };
  const cells = (events: CloudEvent[]) =>
    plain(cellsOf(fold(aStream(events, { zones: inZone('UTC'), receivedAt: '2026-11-20T00:00:00.000Z' }), new Map()).changes));

  it('end as the later export says, whichever comes first; the same file twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(version, { minLength: 1, maxLength: 4 }),
        fc.array(version, { minLength: 4, maxLength: 4 }),
        async (before, after) => {
          const [older, newer] = [
            await eventsOf(fileOf(before), '2026-11-01T08:00:00Z'),
            await eventsOf(fileOf(after), '2026-11-02T08:00:00Z'),
          ];
          const right = cells(newer);
          expect(cells([...older, ...newer])).toEqual(right);
          expect(cells([...newer, ...older])).toEqual(right);
          expect(cells([...newer, ...older, ...newer, ...newer])).toEqual(right);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('end as the later file says, though both are older than the times in their rows', async () => {
    const row = (price: string) => [header, orderRow('o-1', price)].join('\n');
    const older = await eventsOf(row('30.00'), '2020-01-01T00:00:00Z');
    const newer = await eventsOf(row('20.00'), '2020-01-02T00:00:00Z');
    expect(total(kpi([...older, ...newer], 'grossSales'))).toBe(2000);
    expect(total(kpi([...newer, ...older], 'grossSales'))).toBe(2000);
  });

  it('of rows that say when they were changed end as the later change', async () => {
    const row = (price: string, at: string) => `${orderRow('o-1', price)},${at}`;
    const file = (...rows: string[]) => [`${header},updated_at`, ...rows].join('\n');
    const changed = await eventsOf(file(row('20.00', '2026-10-08T00:00:00Z')), '2026-11-01T08:00:00Z');
    const stale = await eventsOf(file(row('10.00', '2026-10-07T00:00:00Z')), '2026-11-02T08:00:00Z');
    expect(total(kpi([...changed, ...stale], 'grossSales'))).toBe(2000);
  });
});
