/** Can what was refused be mended? The folder that comes back is imported, and ends as if the row had been right from the first. */
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCsvImport, readCsvFlags } from '../../commands/import-csv.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { csvEvents } from '../../shared/sources/csv/events.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { all, folderOf, found } from '../samples/events-of.ts';
import { creatorRow, header, kpi, orderRow, orders, total } from './csv-files.ts';

type Flags = Parameters<typeof readCsvFlags>[0];

/** Imports a folder for a service that refuses these subjects. */
async function refuse(folder: string, flags: Flags = {}, subjects: string[] = []) {
  const back = join(folder, 'back');
  const report = newReport();
  const run = openCsvImport(folder, report, readCsvFlags({ rejected: back, ...flags }));
  const events = await all(run.events);
  const batch = events.filter(({ subject }) => subjects.includes(subject));
  const rejected = batch.map((_, index) => ({ index, code: 'invalid', message: 'no' }));
  run.onAnswer(batch, { accepted: 0, positions: [], rejected });
  return { back, events, said: run.summary().join(), report };
}
const change = (folder: string, file: string, from: string | RegExp, to: string) => {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replaceAll(from, to));
};
/** Imports the folder that came back; nothing in it is wrong any more, nor unknown. */
async function importBack(folder: string) {
  const report = newReport();
  const events = await all(csvEvents(folder, { report }));
  expect([...report.wrong.values(), ...report.notes.values()]).toEqual([]);
  return events;
}
const dated = (folder: string, at: string) => {
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), new Date(at), new Date(at));
  return folder;
};
const subjectsOf = (events: CloudEvent[]) => events.map(({ subject }) => subject);

it('what was refused comes back as a file, with the line and what was wrong', async () => {
  const folder = dated(folderOf(orders(orderRow('o-1', '10.00'), orderRow('o-2', 'x'))), '2026-11-01T08:00:00Z');
  const { back, said } = await refuse(folder, {}, ['order/o-1']);
  expect(readFileSync(join(back, 'orders.csv'), 'utf8').split('\r\n')).toEqual([
    `${header},exported_at,decimal_mark,line,as_it_stands,problem`,
    expect.stringMatching(/^f,o-2,.*,x,2026-11-01T08:00:00.000Z,point,orders\.csv line 3,,"?unit_price x is not an amount/),
    expect.stringMatching(/^f,o-1,.*,10\.00,2026-11-01T08:00:00.000Z,point,orders\.csv line 2,,invalid: no$/),
    '',
  ]);
  expect(said).toContain(`npm run import -- csv ${back}`);
  change(back, 'orders.csv', ',x,', ',20.00,');
  expect(subjectsOf(await importBack(back))).toEqual(['creator/f', 'order/o-2', 'order/o-1']);
});

describe('the folder holds each creator that its rows need', () => {
  const two = `${creatorRow('USD', 'Asia/Tokyo')}g,Other,UTC,EUR\nh,Third,UTC,EUR\n`;

  it('one that the service refused, beside an order that the file has wrong', async () => {
    const files = { 'creators.csv': two, 'orders.csv': [header, orderRow('o-1', 'x', '2026-10-06 07:00:00')].join('\n') };
    const { back, events } = await refuse(folderOf(files), {}, ['creator/f', 'creator/g']);
    expect(subjectsOf(events)).toEqual(['creator/f', 'creator/g', 'creator/h']);
    const rows = readFileSync(join(back, 'creators.csv'), 'utf8').split('\r\n');
    expect(rows.slice(1)).toEqual([
      expect.stringMatching(/^f,.*,,invalid: no$/),
      expect.stringMatching(/^g,.*,,invalid: no$/),
      '',
    ]);
    change(back, 'orders.csv', ',x,', ',20.00,');
    expect(found(await importBack(back), 'order/o-1').data.placedAt).toBe('2026-10-05T22:00:00Z');
  });

  it('one that was taken, beside one that was not, packed or not', async () => {
    const rows = [orderRow('o-1', 'x', '2026-10-06 07:00:00'), orderRow('o-2', 'x').replace(/^f/, 'g')];
    const files = { 'creators.csv.gz': two.replace('g,Other,UTC', 'g,Other,Utopia'), 'orders.csv': [header, ...rows].join('\n') };
    const { back } = await refuse(folderOf(files));
    change(back, 'creators.csv', ',Utopia,', ',Europe/Berlin,');
    change(back, 'orders.csv', ',x,', ',20.00,');
    expect(subjectsOf(await importBack(back))).toEqual(['creator/f', 'creator/g', 'order/o-1', 'order/o-2']);
  });

  it('each row of one that moved', async () => {
    const moved = `creator_id,name,time_zone,currency,updated_at
f,Mov,Asia/Tokyo,USD,2026-07-01T00:00:00Z
f,Mov,America/Los_Angeles,USD,2026-01-01T00:00:00Z\n`;
    const rows = [header, orderRow('o-1', 'x', '2026-03-10 05:00:00')].join('\n');
    const { back } = await refuse(folderOf({ 'creators.csv': moved, 'orders.csv': rows }));
    change(back, 'orders.csv', ',x,', ',20.00,');
    expect(found(await importBack(back), 'order/o-1').data.placedAt).toBe('2026-03-10T12:00:00Z');
  });
});

describe('a mended row', () => {
  it('is as new as the export that it was in, and so is its creator', async () => {
    const shop = (name: string, zone: string) => `creator_id,name,time_zone,currency\nf,${name},${zone},USD\n`;
    const old = { 'creators.csv': shop('Old', 'UTC'), 'orders.csv': [header, orderRow('o-1', 'x')].join('\n') };
    const now = { 'creators.csv': shop('New', 'Asia/Tokyo'), 'orders.csv': [header, orderRow('o-1', '20.00')].join('\n') };
    const first = await refuse(dated(folderOf(old), '2026-11-01T08:00:00Z'));
    const { events } = await refuse(dated(folderOf(now), '2026-11-02T08:00:00Z'));
    change(first.back, 'orders.csv', ',x,', ',30.00,');
    const mended = await importBack(first.back);
    for (const told of [
      [...first.events, ...events, ...mended],
      [...first.events, ...mended, ...events],
    ]) {
      expect(total(kpi(told, 'grossSales'))).toBe(2000);
      const newest = told.filter(({ subject }) => subject === 'creator/f').toSorted((a, b) => b.entityversion - a.entityversion);
      expect(newest[0]?.data.name).toBe('New');
    }
    expect(found(mended, 'creator/f')).toEqual(found(first.events, 'creator/f'));
  });

  it('is as new as --exported-at said, also when it was refused twice', async () => {
    const folder = folderOf(orders(orderRow('o-1', 'x')));
    const { back } = await refuse(folder, { 'exported-at': '2026-10-10T00:00:00Z' });
    const again = await refuse(back);
    change(again.back, 'orders.csv', ',x,', ',30.00,');
    expect(found(await importBack(again.back), 'order/o-1').entityversion).toBe(Date.parse('2026-10-10T00:00:00Z'));
  });

  it('stays between the rows of its entity that stood before and after it', async () => {
    const reviews = (rating: number | string) => `f,o-1,r-1,${rating},2026-10-06T07:00:00Z`;
    const text = ['creator_id,order_id,review_id,rating,submitted_at', reviews(1), reviews('x'), reviews(5)].join('\n');
    const { back, events } = await refuse(folderOf({ 'creators.csv': creatorRow(), 'reviews.csv': text }));
    change(back, 'reviews.csv', ',x,', ',3,');
    const versions = [...events, ...(await importBack(back))]
      .filter(({ subject }) => subject.includes('review'))
      .toSorted((a, b) => a.entityversion - b.entityversion);
    expect(versions.map(({ data }) => data.rating)).toEqual([1, 3, 5]);
    expect(new Set(versions.map(({ entityversion }) => entityversion)).size).toBe(3);
  });

  it('whose time of export is none is refused', async () => {
    const files = { 'creators.csv': creatorRow(), 'orders.csv': `${header},exported_at\n${orderRow('o-1', '1.00')},01/11/2026` };
    const { report } = await refuse(folderOf(files));
    expect([...report.wrong.keys()]).toEqual(['orders: exported_at']);
  });

  it('writes amounts as the rest of its file did', async () => {
    const { back } = await refuse(folderOf(orders(orderRow('o-1', '"19,99"'), orderRow('o-2', '1.000', '06/10/2026'))));
    change(back, 'orders.csv', /06\/10\/2026/g, '2026-10-06T07:00:00Z');
    const lines = found(await importBack(back), 'order/o-2').data.lines as { unitPrice: number }[];
    expect(lines[0]?.unitPrice).toBe(100_000);
  });

  it('in a file that writes decimals in two ways is no more certain than it was there', async () => {
    const rows = [orderRow('o-1', '"19,99"'), orderRow('o-2', '"29,99"'), orderRow('o-3', '5.50'), orderRow('o-4', '1.000')];
    const { back, report } = await refuse(folderOf(orders(...rows)));
    expect(report.wrong.get('orders: unit_price')?.count).toBe(2);
    const again = await refuse(back);
    expect(subjectsOf(again.events)).toEqual(['creator/f']);
    change(again.back, 'orders.csv', ',5.50,', ',"5,50",');
    change(again.back, 'orders.csv', ',1.000,', ',1000,');
    expect(subjectsOf(await importBack(again.back))).toEqual(['creator/f', 'order/o-3', 'order/o-4']);
  });

  it('that could not be parted into cells joins the rest of its order again', async () => {
    const long = orderRow('o-1', '1,234.00').replace('p-1', 'p-2');
    const { back } = await refuse(folderOf(orders(orderRow('o-1', '10.00'), long, orderRow('o-2', '30.00'))));
    change(back, 'orders.csv', /,1,1,.*1,234.00".*$/gm, ',1,1234.00,,,,,');
    const events = await importBack(back);
    expect(subjectsOf(events)).toEqual(['creator/f', 'order/o-1']);
    expect(total(kpi(events, 'grossSales'))).toBe(124_400);
  });

  it('is in UTF-8, and so is its creator, whatever the source was written in', async () => {
    const folder = folderOf({});
    const latin = (name: string, text: string) => writeFileSync(join(folder, name), Buffer.from(text, 'latin1'));
    latin('creators.csv', 'creator_id,name,time_zone,currency\nf,Caf\xe9,UTC,USD\n');
    latin('products.csv', 'creator_id,product_id,title,list_price\nf,p-1,Gr\xf6\xdfe,x\n');
    const { back, said } = await refuse(folder, { encoding: 'windows-1252' });
    expect(said).not.toContain('--encoding');
    change(back, 'products.csv', ',x,', ',3.00,');
    const events = await importBack(back);
    expect([found(events, 'creator/f').data.name, found(events, 'product/p-1').data.title]).toEqual(['Café', 'Größe']);
  });
});

describe('the folder for refused rows', () => {
  it('is the one that was named where it is empty, and refused where it holds something', () => {
    const folder = folderOf({ 'a.csv': 'x' });
    mkdirSync(join(folder, 'empty'));
    expect(readCsvFlags({ rejected: join(folder, 'empty') }).rejected).toBe(join(folder, 'empty'));
    expect(() => readCsvFlags({ rejected: folder })).toThrow(/holds files already.*name a new folder with --rejected/);
    expect(() => readCsvFlags({ rejected: join(folder, 'a.csv') })).toThrow(/is a file, not a folder: name a new folder/);
  });

  it('is told with the whole command that imports it to the same place', async () => {
    const flags = { 'data-dir': 'my data', to: 'http://127.0.0.1:9', 'decimal-mark': 'comma', token: 'secret' };
    const { back, said } = await refuse(folderOf(orders(orderRow('o-1', 'x'))), flags);
    expect(said).toMatch(/then, with --token as before: npm run/);
    expect(said.endsWith(`csv ${back} --data-dir 'my data' --to http://127.0.0.1:9 --decimal-mark comma`)).toBe(true);
    expect(said).not.toContain('secret');
  });
});
