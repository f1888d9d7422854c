/** Do costs, stock and reviews come in from CSV files and workbooks alike, under whatever name, and does one bad row stop no other? */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CellValue, writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { escapeFormula, unescapeFormula } from '../../shared/exports/escape-formula.ts';
import { csvTables } from '../../shared/sources/csv/columns.ts';
import { type CsvImport, csvEvents } from '../../shared/sources/csv/events.ts';
import { recogniseTable } from '../../shared/sources/csv/recognise.ts';
import { refusedFiles } from '../../shared/sources/csv/refused.ts';
import { csvTemplate, templates, xlsxTemplate } from '../../shared/sources/csv/templates.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { all, folderOf, refusals } from '../samples/events-of.ts';

const shop = { creatorId: 'c-1', known: new Map([['c-1', { currency: 'USD', said: [{ from: '', zone: 'UTC', version: 1 }] }]]) };

async function read(path: string, options: Partial<CsvImport> = {}) {
  const report = newReport();
  const events = await all(csvEvents(path, { report, ...shop, ...options }));
  expect(refusals(events, Date.now())).toEqual([]);
  return { events, report, wrong: [...report.wrong.values()].flatMap(({ examples }) => examples) };
}

async function workbook(name: string, sheets: { [sheet: string]: CellValue[][] }): Promise<string> {
  const path = join(folderOf({}), name);
  writeFileSync(path, await writeXlsx({ sheets: Object.entries(sheets).map(([of, rows]) => ({ name: of, rows })) }));
  return path;
}
const csv = (name: string, ...lines: string[]) => join(folderOf({ [name]: lines.join('\n') }), name);
const told = (events: Awaited<ReturnType<typeof read>>['events']) => events.map(({ subject, data }) => [subject, data]);

const costs = [
  ['unit-cost/SKU-1/2026-01-01', { amount: 640, currency: 'USD' }],
  ['unit-cost/SKU-1/2026-06-01', { amount: 700, currency: 'USD' }],
  ['unit-cost/a%2Fb/2026-01-01', { amount: 0, currency: 'USD' }],
];

describe('unit costs', () => {
  it('are one snapshot for each SKU and day', async () => {
    const path = csv(
      'my costs.csv',
      'SKU,Valid_From,Unit_Cost',
      'SKU-1,2026-01-01,6.40',
      'SKU-1,2026-06-01,7.00',
      'a/b,2026-01-01,0',
    );
    expect(told((await read(path)).events)).toEqual(costs);
  });

  it('are the same from a workbook, with days and amounts as its cells hold them', async () => {
    const rows = [
      ['sku', 'valid_from', 'unit_cost'],
      ['SKU-1', new Date('2026-01-01T00:00:00Z'), 6.4],
      ['SKU-1', '2026-06-01', 7],
      ['a/b', new Date('2026-01-01T00:00:00Z'), 0],
    ];
    expect(told((await read(await workbook('book.xlsx', { March: rows }))).events)).toEqual(costs);
  });

  it('of a row that is wrong are left out alone, and come back mended as they were meant', async () => {
    const path = csv(
      'costs.csv',
      'sku,valid_from,unit_cost',
      'SKU-1,2026-01-01,6.40',
      '=SKU,1/2/2026,7.00',
      'S,2026-02-30,1',
      '-5,2026-01-01,-2',
    );
    const folder = folderOf({});
    const refused = refusedFiles(() => folder);
    const { events, wrong } = await read(path, {
      onRefused: (from, problems) => refused.add(from, problems.map(({ column, message }) => `${column} ${message}`).join('; ')),
    });
    expect(told(events)).toEqual(costs.slice(0, 1));
    expect(wrong).toEqual([
      'costs.csv line 3, column valid_from: 1/2/2026 is not a day; write it as 2026-03-01',
      expect.stringMatching(/^costs.csv line 4, column valid_from: .*there is no day 2026-02-30/),
      expect.stringMatching(/^costs.csv line 5, column unit_cost: -2 is not an amount/),
    ]);
    const [file = ''] = refused.close().files;
    const text = readFileSync(file, 'utf8');
    expect(text.split('\r\n')[0]).toBe('sku,valid_from,unit_cost,exported_at,decimal_mark,line,as_it_stands,problem');
    expect(text).toContain("\r\n'=SKU,1/2/2026,");
    expect(text).toContain('\r\n-5,2026-01-01,-2,');
    writeFileSync(file, text.replace('1/2/2026', '2026-02-01').replace('2026-02-30', '2026-02-28').replace(',-2,', ',2,'));
    expect(told((await read(file)).events)).toEqual([
      ['unit-cost/=SKU/2026-02-01', { amount: 700, currency: 'USD' }],
      ['unit-cost/S/2026-02-28', { amount: 100, currency: 'USD' }],
      ['unit-cost/-5/2026-01-01', { amount: 200, currency: 'USD' }],
    ]);
  });
});

describe('stock', () => {
  it('is a level of a SKU, a location and a day, below zero too', async () => {
    const path = csv('stock.csv', 'sku,location,day,on_hand,committed', 'S@1,,2026-03-01,-3,', 'S,w/1,2026-03-02,42,3');
    expect(told((await read(path)).events)).toEqual([
      ['stock/S%401@shop/2026-03-01', { onHand: -3 }],
      ['stock/S@w%2F1/2026-03-02', { onHand: 42, committed: 3 }],
    ]);
  });

  it('whose long ids a workbook keeps as numbers is refused: their last digits are lost', async () => {
    const rows = [
      ['sku', 'day', 'on_hand'],
      [1729382256910270000, '2026-03-01', 5],
      [172938, '2026-03-01', 5],
    ];
    const { events, wrong } = await read(await workbook('stock.xlsx', { stock: rows }));
    expect(told(events)).toEqual([['stock/172938@shop/2026-03-01', { onHand: 5 }]]);
    expect(wrong[0]).toMatch(/stock.xlsx line 2, column sku: 1.72938225691027E\+18 was shortened by a spreadsheet/);
  });
});

describe('a workbook', () => {
  it('may hold several tables, a sheet each; what is none is said', async () => {
    const { events, report } = await read(
      await workbook('all.xlsx', {
        Kosten: [
          ['sku', 'valid_from', 'unit_cost'],
          ['S', '2026-01-01', 1],
        ],
        Reviews: [
          ['order_id', 'review_id', 'rating', 'submitted_at'],
          ['o-1', 'v-1', 5, '2026-03-01T10:00:00Z'],
        ],
        Notes: [['hello']],
      }),
    );
    expect(events.map(({ subject }) => subject)).toEqual(['order/o-1/review/v-1', 'unit-cost/S/2026-01-01']);
    expect([...report.notes.values()].flatMap(({ examples }) => examples)).toEqual(['all.xlsx: Notes']);
  });

  it('with a cell behind its titles says where it is', async () => {
    const rows = [
      ['sku', 'valid_from', 'unit_cost'],
      ['S', '2026-01-01', 1, 'x'],
      ['T', '2026-01-01', 1],
    ];
    const { events, wrong } = await read(await workbook('costs.xlsx', { costs: rows }));
    expect(events).toHaveLength(1);
    expect(wrong).toEqual(['costs.xlsx line 2: has x behind the last title; move it under its title, or take it away']);
  });
});

describe('files of one creator', () => {
  it('take no row of another one', async () => {
    const path = csv(
      'costs.csv',
      'creator_id,sku,valid_from,unit_cost',
      'c-2,S,2026-01-01,1',
      'c-1,S,2026-01-01,2',
      ',T,2026-01-01,3',
    );
    const { events, wrong } = await read(path);
    expect(events.map(({ creatorid, data }) => [creatorid, data.amount])).toEqual([
      ['c-1', 200],
      ['c-1', 300],
    ]);
    expect(wrong[0]).toMatch(/line 2, column creator_id: c-2 is another creator than c-1/);
  });
});

describe('templates', () => {
  it.each(templates.map((template) => [template.kind, template] as const))(
    'of %s is recognised, and its example is no datum',
    async (kind, template) => {
      const path = join(folderOf({}), `empty-${kind}.xlsx`);
      writeFileSync(path, await xlsxTemplate(template));
      for (const file of [path, csv(`my ${kind}.csv`, csvTemplate(template))]) {
        const { events, wrong, report } = await read(file);
        expect({ events, wrong, notes: [...report.notes] }).toEqual({ events: [], wrong: [], notes: [] });
        expect([...report.skipped.keys()]).toEqual(['the example of the template']);
      }
    },
  );

  it.each(templates.map((template) => [template.kind, template] as const))(
    'of %s has an example that can be imported under other ids',
    async (kind, template) => {
      const { events, wrong } = await read(
        csv(`${kind}.csv`, csvTemplate(template).replaceAll('EXAMPLE-', 'MY-').replace('Example shop', 'My shop')),
      );
      expect(wrong).toEqual([]);
      expect(events).toHaveLength(1);
    },
  );

  it('of every table are told apart by their titles alone', () => {
    for (const { kind, columns } of templates)
      expect(
        recogniseTable(
          columns.map(({ name }) => name),
          'file',
        )?.file,
      ).toBe(kind);
    expect(templates).toHaveLength(csvTables.length);
    expect(recogniseTable(['Order ID', 'Order Status', 'SKU ID', 'Quantity'], 'All order')).toBeUndefined();
  });
});

it('text that was made harmless is had back', () => {
  for (const text of ['=1+1', '-x', '@a', 'a;=b', "'=x", 'plain', "'quoted'", "it's", '\t=1'])
    expect(unescapeFormula(escapeFormula(text)), text).toBe(text);
});
