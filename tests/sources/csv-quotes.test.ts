/** Does a wrong quotation mark stop one row, and no other? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uciEvents } from '../../samples/uci.ts';
import { csvEvents } from '../../shared/sources/csv/events.ts';
import { type MisquotedLine, wellQuoted } from '../../shared/sources/files/csv-quotes.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { all, folderOf } from '../samples/events-of.ts';
import { creatorRow, importOf } from './csv-files.ts';

const header = 'creator_id,product_id,title,category';
const good = (id: string) => `f,${id},Tea,drinks`;
const products = (...rows: string[]) => ({ 'creators.csv': creatorRow(), 'products.csv': [header, ...rows, ''].join('\n') });
const titles = (events: { subject: string; data: { [field: string]: unknown } }[]) =>
  events.filter(({ subject }) => subject.startsWith('product/')).map(({ subject, data }) => [subject, data.title]);

async function checked(text: string, delimiter = ',', chunk = 7) {
  const misquoted: MisquotedLine[] = [];
  const chunks = async function* () {
    for (let at = 0; at < text.length; at += chunk) yield text.slice(at, at + chunk);
  };
  let passed = '';
  for await (const piece of wellQuoted(chunks(), delimiter, { onMisquoted: (line) => misquoted.push(line) })) passed += piece;
  return { passed, misquoted };
}

describe('a quotation mark', () => {
  it.each([
    ['inside a cell', 'f,p-2,5" bowl,home', '5" bowl has a quotation mark inside it; .*twice: "5"" bowl"'],
    ['inside a cell between marks', 'f,p-2,"5" bowl",home', '"5" bowl" has a quotation mark inside it; .*: "5"" bowl"'],
    ['amid a word', 'f,p-2,Bo"wl,home', 'Bo"wl has a quotation mark inside it'],
    ['before more text', 'f,p-2,"Bowl" blue,home', '"Bowl" blue has a quotation mark inside it'],
    [
      'that is opened and closed amid text of a later row',
      'f,p-2,"Bowl,home',
      'Bowl,home opens a quotation mark that is never closed',
    ],
  ])('%s stops its row alone, and says what to do', async (_, row, message) => {
    const { events, wrong } = await importOf(products(good('p-1'), row, 'f,p-3,"Tea, black",drinks', good('p-4')));
    expect(titles(events)).toEqual([
      ['product/p-1', 'Tea'],
      ['product/p-3', 'Tea, black'],
      ['product/p-4', 'Tea'],
    ]);
    expect(wrong).toEqual([expect.stringMatching(`^products\\.csv line 3, column title: "?.*${message}`)]);
  });

  it('that is never closed is named where it was opened, not where the file ends', async () => {
    const { events, wrong } = await importOf(products(good('p-1'), 'f,p-2,"Bowl,home', good('p-3'), good('p-4')));
    expect(titles(events).map(([subject]) => subject)).toEqual(['product/p-1', 'product/p-3', 'product/p-4']);
    expect(wrong).toEqual([expect.stringContaining('products.csv line 3, column title: "Bowl,home opens a quotation mark')]);
  });

  it('in a title stops the file before anything is sent', async () => {
    const files = { 'creators.csv': creatorRow(), 'products.csv': `${header.replace('title', 'ti"tle')}\n${good('p-1')}\n` };
    await expect(importOf(files)).rejects.toThrow('products.csv line 1, a title: ti"tle has a quotation mark inside it');
  });

  it('leaves the whole order out, of which one row is wrong', async () => {
    const columns = 'creator_id,order_id,placed_at,paid_at,product_id,quantity,unit_price,title';
    const row = (id: string, title: string) => `f,${id},2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,p-1,1,10.00,${title}`;
    const rows = [columns, row('o-1', 'Tea'), row('o-1', '5" bowl'), row('o-2', 'Tea')];
    const { events } = await importOf({ 'creators.csv': creatorRow(), 'orders.csv': rows.join('\n') });
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2']);
  });

  it('inside a cell that goes over lines is read', async () => {
    const { events, wrong } = await importOf(products('f,p-1,"Bowl\r\n5"" wide, ""blue""",home', good('p-2')));
    expect(wrong).toEqual([]);
    expect(titles(events)[0]).toEqual(['product/p-1', 'Bowl\r\n5" wide, "blue"']);
  });
});

describe('a row that cannot be read', () => {
  const columns = 'creator_id,title,order_id,placed_at,paid_at,product_id,quantity,unit_price';
  const row = (id: string, title: string, price: string) =>
    `f,${title},${id},2026-10-06T07:00:00Z,2026-10-06T07:00:00Z,p-1,1,${price}`;

  it.each([
    ['a stray mark and a separator before its id', row('o-1', '5" bowl, blue', '5.00')],
    ['a cell too many before its id', row('o-1', 'bowl, blue', '5.00')],
    ['a cell too few before its id', row('o-1', 'x', '5.00').replace('x,', '')],
    ['a cell too many behind its id', `${row('o-1', 'x', '1')},234.00`],
  ])('with %s leaves its order out, whole', async (_, torn) => {
    const rows = [columns, row('o-1', 'Tea', '10.00'), torn, row('o-2', 'Tea', '5.00')];
    const { events, wrong } = await importOf({ 'creators.csv': creatorRow(), 'orders.csv': rows.join('\n') });
    expect(events.map(({ subject }) => subject)).toEqual(['creator/f', 'order/o-2']);
    expect(wrong.join('\n')).toContain('orders.csv line 2, column order_id: may have one row more, orders.csv line 3');
  });

  it('because a mark is closed in a later row is named with that row', async () => {
    const rows = ['f,p-1,"Bowl 5,home', 'f,p-2,Bowl 6",home', good('p-3')];
    const { events, wrong } = await importOf(products(...rows));
    expect(titles(events).map(([subject]) => subject)).toEqual(['product/p-3']);
    expect(wrong).toEqual([
      expect.stringContaining(
        'products.csv line 2, column title: "Bowl 5,home opens a quotation mark that is closed 1 line below',
      ),
      expect.stringContaining('products.csv line 3'),
    ]);
  });

  it('for a character that cannot be seen is named alone', async () => {
    const { events, wrong } = await importOf(products(good('p-1'), 'f,p-2,T\u0000ea,drinks'));
    expect(titles(events)).toHaveLength(1);
    expect(wrong[0]).toContain('products.csv line 3, column title: T□ea holds a character that cannot be read (U+0000');
  });

  it('is named by its first line, where it goes over several', async () => {
    const { wrong } = await importOf(products(good('p-1'), 'f,p-2,"Bowl\nblue",home,more'));
    expect(wrong[0]).toContain('products.csv line 3: has 5 cells');
  });
});

describe('a misquoted row of a public data set', () => {
  it('is skipped and counted', async () => {
    const columns = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
    const row = (no: string, what: string) => `${no},85123A,${what},6,2010-12-01T08:26:00,2.55,17850,United Kingdom`;
    const folder = folderOf({ 'online.csv': [columns, row('1', 'HOLDER'), row('2', '5" BOWL'), row('3', 'LANTERN')].join('\n') });
    const report = newReport();
    const events = await all(uciEvents(join(folder, 'online.csv'), { report }));
    expect(events.map(({ subject }) => subject)).toEqual(['creator/uci-online-retail', 'order/1', 'order/3']);
    expect(report.skipped.get('row that cannot be read')?.examples).toEqual([expect.stringContaining('online.csv line 3')]);
  });
});

describe('a text', () => {
  // A cell over several lines holds no separators here: with as many as a row has in each line it would be taken for swallowed rows.
  const cellOf = (...marks: string[]) => fc.string({ unit: fc.constantFrom('a', '7', ' ', '"', 'é', ...marks) });
  const cell = fc.oneof(cellOf('\n', '\r'), cellOf(',', ';', '|'));
  const quoted = (text: string) => (/[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  const end = fc.constantFrom('\n', '\r\n', '\r');

  it('that is well quoted passes as it is, however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        end,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.integer({ min: 1, max: 50 }),
        async (rows, eol, sign, chunk) => {
          const written = (text: string) => (text.includes(sign) ? `"${text.replaceAll('"', '""')}"` : quoted(text));
          const text = rows.map((cells) => cells.map(written).join(sign) + eol).join('');
          expect(await checked(text, sign, chunk)).toEqual({ passed: text, misquoted: [] });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('loses the misquoted lines alone, and keeps the number of each', async () => {
    const bad = fc.constantFrom('x"y', '"x"y', 'x,"y" z', '"x,y');
    const lines = fc.array(fc.record({ line: bad, isBad: fc.boolean() }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 20 }), async (kinds, chunk) => {
        const text = kinds.map(({ line, isBad }, i) => `${isBad ? line : `"good, ${i}",b`}\n`).join('');
        const { passed, misquoted } = await checked(text, ',', chunk);
        expect(passed.split('\n')).toEqual([...kinds.map(({ isBad }, i) => (isBad ? '' : `"good, ${i}",b`)), '']);
        expect(misquoted.map(({ line, text: held }) => [line, held])).toEqual(
          kinds.flatMap(({ line, isBad }, i) => (isBad ? [[i + 1, line]] : [])),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file that is no text', () => {
  it.each([
    [
      'a workbook',
      'orders.csv',
      '504b030414000600',
      'this is a workbook or another zip archive; .* save each sheet as "CSV UTF-8"',
    ],
    ['an old workbook', 'orders.csv', 'd0cf11e0a1b11ae1', 'this is a workbook of an old spreadsheet'],
    ['a packed file', 'orders.csv', '1f8b080000000000', 'this is packed with gzip; let its name end in .csv.gz'],
    ['a file that is not packed', 'orders.csv.gz', Buffer.from(header).toString('hex'), 'is not packed with gzip, or broken'],
    ['UTF-16 that does not say so', 'orders.csv', Buffer.from(header, 'utf16le').toString('hex'), '--encoding utf-16le'],
    ['UTF-16 the other way round', 'orders.csv', Buffer.from(header, 'utf16le').swap16().toString('hex'), '--encoding utf-16be'],
  ])('%s says what it is', async (_, name, bytes, message) => {
    const folder = folderOf({ 'creators.csv': creatorRow() });
    writeFileSync(join(folder, name), Buffer.from(bytes, 'hex'));
    await expect(all(csvEvents(folder, { report: newReport() }))).rejects.toThrow(new RegExp(`${name}: .*${message}`));
  });
});

describe('a file', () => {
  it.each(['\n', '\r\n', '\r'])('that is not UTF-8 is named by its line, whatever ends lines (%j)', async (end) => {
    const folder = folderOf({ 'creators.csv': creatorRow() });
    const rows = Array.from({ length: 20_000 }, (_, i) => good(`p-${i}`));
    rows[17_000] = 'f,p-x,Caf\xe9,drinks';
    writeFileSync(join(folder, 'products.csv'), Buffer.from([header, ...rows].join(end), 'latin1'));
    await expect(all(csvEvents(folder, { report: newReport() }))).rejects.toThrow('products.csv line 17002: this is not UTF-8');
  });

  it('that says what separates its cells is read so', async () => {
    const { events } = await importOf({
      ...products(),
      'products.csv': `sep=;\n${header.replaceAll(',', ';')}\nf;p-1;Tea, black;drinks\n`,
    });
    expect(titles(events)).toEqual([['product/p-1', 'Tea, black']]);
  });

  it('that lies there packed and plain is asked about', async () => {
    await expect(importOf({ ...products(good('p-1')), 'products.csv.gz': '' })).rejects.toThrow(
      'holds products.csv and products.csv.gz',
    );
  });
});
