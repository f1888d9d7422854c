/** Is a topic one file? Stock and ads are declared here, and the real fold counts them. */
import { describe, expect, it } from 'vitest';
import { definitionsOf } from '../../commands/generate/definitions.ts';
import { kpiPage } from '../../commands/generate/kpi-page.ts';
import { fold } from '../../shared/fold/fold.ts';
import { dictionary as declared, makeDictionary } from '../../shared/kpis/dictionary.ts';
import { is, measure, ratio, spread, topic } from '../../shared/kpis/language.ts';
import { topics } from '../../shared/kpis/topics.ts';
import { cellsOf, valuesOf } from '../make/cells.ts';
import { aCost, anOrder, aStockDay } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

/** The definitions version after the newest one of the project. */
const next = declared.latest + 1;

const inventory = topic({
  name: 'inventory',
  title: 'Inventory',
  kpis: {
    stockDays: measure({
      of: 'stock-day',
      at: 'day',
      add: 1,
      by: ['product'],
      since: next,
      title: 'Stock days',
      unit: 'count',
      better: 'neither',
      basis: 'snapshot',
      formula: 'days of a SKU at a location',
    }),
    stockOutDays: measure({
      of: 'stock-day',
      at: 'day',
      add: 'isOut',
      by: ['product'],
      since: next,
      title: 'Stock-out days',
      unit: 'count',
      better: 'down',
      basis: 'snapshot',
      formula: 'days that closed with nothing on hand',
    }),
    stockOutRate: ratio('stockOutDays', 'stockDays', {
      title: 'Stock-out rate',
      better: 'down',
      basis: 'snapshot',
      formula: 'stock-out days ÷ stock days',
      since: next,
    }),
    campaignSpend: measure({
      of: 'cost',
      at: spread('from', 'to'),
      add: 'amount',
      when: is('kind', 'ads'),
      by: ['campaign'],
      since: next,
      title: 'Ad spend',
      unit: 'money',
      better: 'neither',
      basis: 'spend',
      formula: 'ads in equal parts over their days',
    }),
  },
});

const dictionary = makeDictionary([...topics, inventory]);
const none = new Map();
const cellsOfEvents = (events: Parameters<typeof aStream>[0]) =>
  cellsOf(fold(aStream(events, { definitions: next }), none, dictionary).changes);

describe('a new topic', () => {
  it('counts a level on its own day, without an hour', () => {
    const cells = cellsOfEvents([
      aStockDay(),
      aStockDay({ onHand: 0 }, { day: '2026-03-02' }),
      aStockDay({ onHand: -1 }, { sku: 's-2', day: '2026-03-02' }),
    ]);
    expect(valuesOf(cells, 'stockOutDays', 'total', dictionary)).toEqual({ '2026-03-02': 2 });
    expect(valuesOf(cells, 'stockDays', 'product', dictionary)).toEqual({ '2026-03-01#p-1': 1, '2026-03-02#p-1': 2 });
    expect([...cells.keys()].filter((cell) => cell.startsWith('H#'))).toEqual([]);
  });

  it('spreads an amount over its days to the last cent, odd ones to the first days', () => {
    const cells = cellsOfEvents([aCost({ amount: 1000, from: '2026-03-30', to: '2026-04-01' })]);
    expect(valuesOf(cells, 'campaignSpend', 'total', dictionary)).toEqual({
      '2026-03-30': 334,
      '2026-03-31': 333,
      '2026-04-01': 333,
    });
    expect(cells.get('M#inventory#campaign#2026-03#spring campaignSpend')).toBe(667);
  });

  it('takes a corrected cost back from days it no longer covers', () => {
    const cells = cellsOfEvents([
      aCost({ amount: 900, from: '2026-03-01', to: '2026-03-03' }),
      aCost({ amount: 900, from: '2026-03-02', to: '2026-03-02' }, { version: 2 }),
    ]);
    expect(valuesOf(cells, 'campaignSpend', 'total', dictionary)).toEqual({ '2026-03-02': 900 });
  });

  it('counts no cost of another kind', () => {
    expect(valuesOf(cellsOfEvents([aCost({ kind: 'samples' })]), 'campaignSpend', 'total', dictionary)).toEqual({});
  });

  it('counts nothing of what was accepted before its version', () => {
    const before = cellsOf(fold(aStream([aCost()], { definitions: next - 1 }), none, dictionary).changes);
    expect(valuesOf(before, 'campaignSpend', 'total', dictionary)).toEqual({});
  });

  it('leaves what the other topics count as it was', () => {
    const order = [anOrder()];
    expect(cellsOfEvents(order)).toEqual(cellsOf(fold(aStream(order), none).changes));
  });

  it('stands on the page of KPIs with its version', () => {
    const page = kpiPage([...topics, inventory], dictionary, definitionsOf(dictionary)).replaceAll(/ +/g, ' ');
    expect(page).toContain('## Inventory');
    expect(page).toContain(`| spend | campaign | | ${next} | measure |`);
    expect(page).toMatch(
      new RegExp(`\\| ${next} \\| \`[0-9a-f]{12}\` \\| \`stockDays\`, \`stockOutDays\`, \`stockOutRate\`, \`campaignSpend\` \\|`),
    );
  });
});
