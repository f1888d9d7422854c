/** Is stock told to the unit and the cent as a hand counts it, ordered in time by the terms that hold now, and refused where nothing says so? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getInventory, type InventoryAnswer, type InventoryRow, inventoryAnswer } from '../../shared/api/inventory.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { stockDocuments } from '../../shared/insight/stock/document.ts';
import { stockJob } from '../../shared/insight/stock/job.ts';
import { defaultTerms } from '../../shared/insight/stock/terms.ts';
import { reportInventory } from '../../shared/reports/inventory.ts';
import { putList, stockTermsPlace } from '../../shared/store/versioned-list.ts';
import { addDays, daysOf } from '../../shared/time.ts';
import { makeEvent } from '../make/events.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { aLine, anOrder } from '../make/snapshots.ts';

const now = Date.parse('2026-11-30T17:00:00Z');
const today = '2026-11-30';
const back = (days: number): string => addDays(today, -days);
let made = 0;

const sale = (day: string, sku: string, quantity: number, more: object = {}): CloudEvent => {
  const at = `${day}T17:00:00Z`;
  const line = aLine({ productId: `p-${sku}`, sku, quantity, unitPrice: 1000, sellerDiscount: 0 });
  return anOrder({ placedAt: at, paidAt: at, lines: [line], ...more }, { order: `o-${++made}` });
};
const stock = (day: string, sku: string, onHand: number, more: object = {}, place = 'warehouse'): CloudEvent =>
  makeEvent({ entity: 'stock-day', subject: `stock/${sku}@${place}/${day}`, data: { productId: `p-${sku}`, onHand, ...more } });
const cost = (sku: string, amount: number): CloudEvent =>
  makeEvent({ entity: 'unit-cost', subject: `unit-cost/${sku}/2026-01-01`, data: { amount, currency: 'USD' } });

/** The last 60 days: 4 a day of serum, from 100 at 3.00 each: 8 of the last days it was out. */
const sixty = daysOf(back(60), back(1));
const out = new Set(sixty.slice(-20, -12));
const shop: CloudEvent[] = [
  cost('serum', 300),
  cost('p-mask', 500),
  ...sixty.flatMap((day) => [
    ...(out.has(day) ? [] : [sale(day, 'serum', 4)]),
    stock(day, 'serum', out.has(day) ? 0 : day === back(1) ? 50 : 100, day === back(1) ? { committed: 6 } : {}),
  ]),
  // Half of it in another place, told on one day, from where nothing was sold.
  stock(back(30), 'mask', 10),
  stock(back(10), 'mask', 7),
  stock(back(10), 'mask', 3, {}, 'shed'),
  ...daysOf(back(21), back(1)).map((day) => sale(day, 'mask', 1)),
  // On hand for three months, and never sold; of another nobody knows the cost, and more is promised than there is.
  stock(back(90), 'dust', 20),
  cost('dust', 250),
  stock(back(1), 'owed', 2, { committed: 5 }),
  ...daysOf(back(40), back(1)).map((day) => sale(day, 'owed', 1)),
  // A sample is no sale; what is sold without any stock told is counted, no more.
  sale(back(3), 'serum', 50, { sample: true }),
  sale(back(3), 'ghost', 1),
];

/** Two a day, 60 on hand, and what is to come. */
const steady = (incoming: object[]): CloudEvent[] => [
  ...daysOf(back(56), back(1)).flatMap((day) => [
    sale(day, 'serum', 2),
    stock(day, 'serum', 60, day === back(1) ? { incoming } : {}),
  ]),
];

let shops: ComputedShops;
const ask = async (creator: string, more: object = {}): Promise<InventoryAnswer> =>
  inventoryAnswer.parse(await reportInventory(getInventory.query.parse(more) as never, await shops.scope(creator)));
const rowOf = async (creator: string, sku: string): Promise<InventoryRow> => {
  const row = (await ask(creator)).rows.find((each) => each.sku === sku);
  if (!row) throw new Error(`no row of ${sku}`);
  return row;
};

beforeAll(async () => {
  const delivery = { quantity: 60, expectedAt: `${addDays(today, 9)}T12:00:00Z` };
  const events = {
    'c-1': shop,
    'c-steady': steady([]),
    'c-coming': steady([delivery]),
    'c-overdue': steady([{ quantity: 60, expectedAt: `${back(5)}T12:00:00Z` }]),
    'c-new': [stock(back(1), 'serum', 10), sale(back(1), 'serum', 1)],
    'c-sold': [sale(back(1), 'serum', 1)],
    'c-shelf': [stock(back(1), 'serum', 10)],
    'c-odd': [stock(back(1), 'a%2Fb%40c', 10), cost('a%2Fb', 1), sale(back(1), 'a/b@c', 1)],
    'c-empty': [],
  };
  shops = await computeShops(Object.fromEntries(Object.entries(events).map(([id, all]) => [id, { events: all }])), now, stockJob);
});
afterAll(() => shops?.close());

describe('a shop that a hand counted', () => {
  it('has what is on hand less what is promised, over all places, also below zero', async () => {
    const { rows, skus, untold, unlisted, today: first } = await ask('c-1');
    const of = Object.fromEntries(rows.map(({ sku, onHand, available, asOf }) => [sku, [onHand, available, asOf]]));
    // Masks were told ten days ago, and nine were sold since.
    expect(of).toEqual({
      serum: [50, 44, back(1)],
      mask: [10, 1, back(10)],
      dust: [20, 20, back(90)],
      owed: [2, -3, back(1)],
    });
    expect([skus, untold, unlisted, first]).toEqual([4, 1, 0, today]);
  });

  it('sells so many a day in stock, lasts so long, and lost what it would have sold', async () => {
    // Twenty days in stock with four each, eight out: 32 units at 10.00.
    expect(await rowOf('c-1', 'serum')).toMatchObject({
      soldADay: 4,
      inStockDays: 20,
      daysOfInventory: 11,
      lost: { money: 32_000, outOfStockDays: 8 },
    });
    // 21 of 28 days in stock sold one mask.
    expect(await rowOf('c-1', 'mask')).toMatchObject({ soldADay: 0.75, inStockDays: 28, daysOfInventory: 1.3, lost: null });
    expect((await ask('c-1')).lost).toMatchObject({ money: 32_000 });
  });

  it('ties money up, turns over, and has dead stock', async () => {
    const { tiedUp, turnover, dead, rows, reasons } = await ask('c-1');
    expect(tiedUp).toEqual({ money: 50 * 300 + 10 * 500 + 20 * 250, costCoverage: 0.97561 });
    expect(dead).toEqual({ skus: 1, money: 20 * 250 });
    expect(reasons).toEqual(['some_costs_missing']);
    const serum = rows.find(({ sku }) => sku === 'serum');
    // Sixty days: 52 × 4 units at 3.00; on hand 51 days of 100, one of 50 and eight of none.
    const mean = ((51 * 100 + 50) / 60) * 300;
    expect(serum?.turnover).toBe(Math.round(((52 * 4 * 300) / mean) * (365 / 60) * 10) / 10);
    expect(serum).toMatchObject({ tiedUp: 15_000, sellThrough: 0.806202, isDead: false, daysSinceSale: 1, abc: 'A' });
    expect(rows.find(({ sku }) => sku === 'owed')).toMatchObject({ tiedUp: null, turnover: null });
    expect(rows.find(({ sku }) => sku === 'dust')).toMatchObject({
      ...{ isDead: true, daysSinceSale: null, soldADay: 0, daysOfInventory: null, turnover: 0, sellThrough: 0 },
      ...{ abc: 'C', xyz: null, runsOut: null, orderBy: null, suggested: null, noForecast: 'no_sales' },
    });
    // Over all days that are known of any; of the shop as of a SKU cost of goods over mean inventory.
    expect(turnover).toBeGreaterThan(0);
  });

  it('stands most urgent first', async () => {
    const { rows, runOutSoon } = await ask('c-1');
    expect(rows.map(({ sku, isLate }) => [sku, isLate])).toEqual([
      ['owed', true],
      ['mask', true],
      ['serum', true],
      ['dust', false],
    ]);
    expect(rows.find(({ sku }) => sku === 'owed')).toMatchObject({ runsOut: today, chanceWithinWeek: 1 });
    expect(runOutSoon).toEqual({ skus: 2, outNow: 1 });
    expect((await ask('c-1', { top: 1 })).unlisted).toBe(3);
  });
});

describe('what runs out', () => {
  it('does so when two a day have emptied the shelf, and is ordered before, with what it takes', async () => {
    const row = await rowOf('c-steady', 'serum');
    expect(row.runsOut).toBe(addDays(today, 29));
    expect(row.isLate).toBe(false);
    // Ordered on day k it arrives after 28 + 2k units, with a variance of as many and (2 × 3)² for the lead time: 60 hold until k is 8.
    expect(row.orderBy && row.orderBy >= addDays(today, 6) && row.orderBy <= addDays(today, 9)).toBe(true);
    // 42 days of two a day and 1.645 × √(84 + 36), less 60.
    expect(row.suggested).toBe(43);
    expect(row.terms).toEqual({ ...defaultTerms, isDefault: true });
  });

  it('lasts longer by a delivery on its day; one that is overdue is counted on as one of today', async () => {
    const [steady, coming, overdue] = await Promise.all(['c-steady', 'c-coming', 'c-overdue'].map((id) => rowOf(id, 'serum')));
    expect(coming).toMatchObject({ incoming: 60, nextDelivery: addDays(today, 9), runsOut: addDays(today, 59) });
    expect(coming?.suggested).toBe(Math.max(0, (steady?.suggested ?? 0) - 60));
    expect(overdue).toMatchObject({ incoming: 60, nextDelivery: null, runsOut: addDays(today, 59) });
  });

  it('is ordered by the terms that are typed, at once', async () => {
    const before = await rowOf('c-steady', 'serum');
    const { table } = await shops.scope('c-steady');
    const terms = { leadDays: 60, leadDeviation: 5, safetyDays: 0, coverDays: 28, minimumOrder: 0, packSize: 50 };
    const entry = { id: 'a', sku: 'serum', savedAt: '', ...terms };
    expect(await putList(table, 'c-steady', stockTermsPlace, { version: 1, entries: [entry] })).toBe(true);
    const after = await rowOf('c-steady', 'serum');
    expect(after).toMatchObject({ isLate: true, orderBy: today, isRaised: true, terms: { ...terms, isDefault: false } });
    expect((after.suggested ?? 0) % 50).toBe(0);
    expect(after.suggested).toBeGreaterThan(before.suggested ?? 0);
    // 60 days of two a day, of which 60 units are there: 60 units at 10.00 are missed.
    expect(Math.round((after.atRisk?.money ?? 0) / 1000)).toBe(60);
    expect(before.atRisk?.money).toBe(0);
    expect(after.runsOut).toBe(before.runsOut);
  });
});

describe('where little is known', () => {
  it('nothing is advised, with the reason', async () => {
    expect(await rowOf('c-new', 'serum')).toMatchObject({
      noForecast: 'too_short',
      runsOut: null,
      suggested: null,
      available: 10,
    });
    expect(await rowOf('c-shelf', 'serum')).toMatchObject({ noForecast: 'no_sales', soldADay: 0 });
    expect((await ask('c-shelf')).reasons).toEqual(['no_costs', 'no_sales']);
    expect(await ask('c-sold')).toMatchObject({ rows: [], skus: 0, today: null, turnover: null, reasons: ['no_stock'] });
    expect(await ask('c-empty')).toMatchObject({ rows: [], reasons: ['no_stock'] });
    await shops.addLater('c-later');
    expect(await ask('c-later')).toMatchObject({ computedAt: null, reasons: ['not_computed'] });
  });

  it('a SKU of any signs is the same on the shelf and in orders', async () => {
    expect(await rowOf('c-odd', 'a/b@c')).toMatchObject({ onHand: 10, daysSinceSale: 1 });
  });
});

it('a large shop is kept within limits: what sold most is forecast, and the rest is counted', () => {
  const skus = Array.from({ length: 620 }, (_, i) => `s-${i}`);
  const shelf = { location: 'w', day: back(1), product_id: 'p', since: back(1), committed: '0', quantity: null, expected: null };
  const stockRows = skus.map((sku) => ({ ...shelf, sku, on_hand: '5' }));
  const soldRows = skus.flatMap((sku, i) =>
    [1, 2, 3, 4, 5].map((n) => ({
      sku,
      day: back(n),
      product_id: 'p',
      units: '1',
      sales: `${10_000 - i}`,
      cost: '0',
      uncosted: '1',
    })),
  );
  const documents = [...stockDocuments([[], stockRows, soldRows], today).values()];
  const rows = documents.flatMap(({ rows }) => rows);
  expect(documents.map(({ rows }) => rows.length)).toEqual([100, 100, 100, 100, 100]);
  expect(documents[0]?.totals).toMatchObject({ skus: 620, unlisted: 120, untold: 0 });
  expect(rows.filter(({ forecast }) => typeof forecast !== 'string').map(({ sku }) => sku)).toEqual(skus.slice(0, 200));
});
