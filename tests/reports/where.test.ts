/** Is a narrowed report what its split says, and do the narrowed ones add up to the whole, for every KPI and dimension? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noValue } from '../../shared/fold/parts.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { parseWhere, writeWhere } from '../../shared/reports/where.ts';
import { snapshot } from '../make/arbitrary.ts';
import { makeOrder, makeRefund } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { roundsOf, spread } from '../rounds.ts';

const now = '2026-03-31T20:10:00Z';
let shop: Shop;
beforeAll(async () => {
  shop = await makeShop(now);
});
afterAll(() => shop.close());

interface Numbers {
  total: number | null;
  points: { value: number | null }[];
}
interface Series extends Numbers {
  name: string;
  dimension?: string;
  value?: string;
  compare: Numbers;
}
type Query = Record<string, string>;
type Ask = (query: Query) => Promise<Series[]>;

const names = [...dictionary.entries.keys()];
const dimensions = [...new Set(names.flatMap(dictionary.dimensionsOf))];
const isAdditive = (name: string): boolean => ['measure', 'sum'].includes(dictionary.entries.get(name)?.kpi.kind ?? '');
const chunks = (of: string[]): string[][] =>
  Array.from({ length: Math.ceil(of.length / 20) }, (_, i) => of.slice(20 * i, 20 * (i + 1)));

/** Total and points of both ranges in a row. */
const numbersOf = ({ total, points, compare }: Series): (number | null)[] => [
  total,
  ...points.map(({ value }) => value),
  compare.total,
  ...compare.points.map(({ value }) => value),
];
const sum = (rows: (number | null)[][]): number[] =>
  (rows[0] ?? []).map((_, i) => rows.reduce((all, row) => all + (row[i] ?? 0), 0));
const plain = ({ dimension: _, value: __, ...rest }: Series) => rest;

/** Values that generated events have: those of the earlier range alone have no row in a split. */
const earlierAlone = [
  'p-1',
  'p-2',
  'live',
  'video',
  'beauty',
  'home',
  'USPS',
  'UPS',
  'US-CA',
  'US-NY',
  'tiktok-shop',
  'timeout',
  'spring',
  'fall',
  'v-1',
  'v-2',
  'rosa',
  'lin',
  'platform',
  'affiliate',
  'penalty',
  'advertising',
  'ads',
  'samples',
];

/** Holds the laws of narrowing over some KPIs that keep a dimension; answers how many numbers were held to each other. */
async function holdLaws(ask: Ask, of: string[], dimension: string, query: Query): Promise<number> {
  const asked = { ...query, names: of.join() };
  const whole = await ask(asked);
  const split = await ask({ ...asked, by: dimension, top: '100' });
  const values = [...new Set([...split.map(({ value = '' }) => value), ...earlierAlone, noValue, 'nowhere'])];
  const narrowed = new Map<string, Series[]>();
  for (const value of values) narrowed.set(value, await ask({ ...asked, where: writeWhere({ dimension, values: [value] }) }));
  const together = await ask({ ...asked, where: writeWhere({ dimension, values }) });
  let held = 0;
  for (const [i, all] of whole.entries()) {
    for (const row of split.filter(({ name }) => name === all.name)) {
      expect(narrowed.get(row.value ?? '')?.[i], `${all.name} where ${dimension}:${row.value}`).toEqual(plain(row));
      held += numbersOf(row).length;
    }
    if (isAdditive(all.name)) {
      const each = [...narrowed.values()].map((series) => numbersOf(series[i] as Series));
      const wanted = numbersOf(all).map((number) => number ?? 0);
      expect(sum(each), `${all.name} by ${dimension}`).toEqual(wanted);
      expect(
        numbersOf(together[i] as Series).map((number) => number ?? 0),
        `${all.name}, all of ${dimension}`,
      ).toEqual(wanted);
      held += wanted.length;
      expect(numbersOf(narrowed.get('nowhere')?.[i] as Series).filter(Boolean)).toEqual([]);
    }
  }
  return held;
}

let made = 0;
/** A shop of a generated history; its days lie from November to March. */
async function makeHistory(events: fc.Arbitrary<Parameters<Shop['load']>[1]>, seed: number): Promise<string> {
  const creator = `c-where-${made++}`;
  const told = fc.sample(events, { numRuns: 1, seed }).flat();
  await shop.load(
    creator,
    told.map((event) => ({ ...event, creatorid: creator })),
  );
  return creator;
}
const events = fc.array(snapshot, { minLength: 25, maxLength: 40 });
const asking =
  (creator: string): Ask =>
  async (query) =>
    (await shop.get('kpis', query, creator)).json.series;

/** Until now, whose day runs: the comparison is cut to the minute where a KPI can be. */
const ranges: Query[] = [
  { from: '2026-02-25', to: '2026-03-31', compare: 'custom', compareFrom: '2025-10-25', compareTo: '2025-11-28' },
  { from: '2026-02-28', to: '2026-03-08', compare: 'previous', refundsBy: 'order_date' },
  { from: '2026-03-31', to: '2026-03-31', compare: 'previous_month' },
];

describe.each(dimensions)('narrowed by %s', (dimension) => {
  const of = names.filter((name) => dictionary.dimensionsOf(name).includes(dimension));
  it.each(['day', 'week', 'month', 'total'])(
    'every KPI that keeps it is its row of the split, and they add up: %s',
    async (grain) => {
      for (const [i, range] of spread(
        [...ranges.entries()],
        roundsOf('narrowed'),
        dimensions.indexOf(dimension) + grain.length,
      )) {
        const ask = asking(await makeHistory(events, 100 * i + grain.length));
        for (const some of chunks(of)) expect(await holdLaws(ask, some, dimension, { ...range, grain })).toBeGreaterThan(0);
      }
    },
  );
});

describe('a narrowing with a bug is found out', () => {
  const range = { from: '2026-03-01', to: '2026-03-31', compare: 'previous_month', grain: 'week' };
  beforeAll(async () => {
    const order = (id: string, day: string, channel: string | undefined) =>
      makeOrder(id, { creator: 'c-planted', paidAt: `${day}T15:00:00Z`, data: { channel } });
    await shop.load(
      'c-planted',
      ['2026-02-10', '2026-03-10'].flatMap((day) =>
        ['live', 'video', undefined].map((channel) => order(`o-${day}-${channel}`, day, channel)),
      ),
    );
  });
  const bugs: [string, (ask: Ask) => Ask][] = [
    [
      'that loses what has no value',
      (ask) => (query) =>
        ask(query.where?.includes(noValue) ? { ...query, where: query.where.replace(noValue, 'nothing') } : query),
    ],
    [
      'that takes the first value alone',
      (ask) => (query) => ask(query.where ? { ...query, where: query.where.split(',')[0] ?? '' } : query),
    ],
    [
      'that compares with the whole of the earlier range',
      (ask) => async (query) => {
        const { where, ...rest } = query;
        const [series, whole] = [await ask(query), where ? await ask(rest) : []];
        return series.map((each, i) => (where ? { ...each, compare: whole[i]?.compare ?? each.compare } : each));
      },
    ],
  ];
  it.each(bugs)('%s', async (_, plant) => {
    const ask = asking('c-planted');
    await expect(holdLaws(plant(ask), ['grossSales', 'units', 'netSales'], 'channel', range)).rejects.toThrow();
    expect(await holdLaws(ask, ['grossSales', 'units', 'netSales'], 'channel', range)).toBeGreaterThan(0);
  });
});

describe('the text of a narrowing', () => {
  it('comes back as it was, whatever the values hold', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (values) => {
        expect(parseWhere(writeWhere({ dimension: 'product', values }))).toEqual({ dimension: 'product', values });
      }),
    ));

  it('finds products whose ids hold colons, commas and backslashes', async () => {
    const ids = ['sku:1', 'a,b', 'c\\d', 'A/B 50%', ' edge '];
    await shop.load(
      'c-odd',
      ids.map((product, i) => makeOrder(`o-${i}`, { creator: 'c-odd', product, unitPrice: 10 ** i })),
    );
    const ask = asking('c-odd');
    const range = { names: 'grossSales', from: '2026-03-01', to: '2026-03-02', grain: 'total' };
    for (const [i, id] of ids.entries())
      expect((await ask({ ...range, where: writeWhere({ dimension: 'product', values: [id] }) }))[0]?.total).toBe(10 ** i);
    expect((await ask({ ...range, where: 'product:a\\,b,sku:1' }))[0]?.total).toBe(11);
  });
});

describe('a narrowed report', () => {
  const range = { names: 'grossSales', from: '2026-03-01', to: '2026-03-02' };
  beforeAll(async () => {
    const line = (product: string, channel: string, unitPrice: number) =>
      makeOrder(`o-${product}-${channel}`, { creator: 'c-narrow', product, channel, unitPrice });
    await shop.load('c-narrow', [
      line('p-1', 'live', 1000),
      line('p-2', 'live', 200),
      line('p-2', 'video', 30),
      { ...makeRefund('o-p-1-live', 'r-1', '2026-03-02T15:00:00Z', 400), creatorid: 'c-narrow' },
    ]);
  });

  it('repeats to what it is narrowed', async () => {
    const { json } = await shop.get('kpis', { ...range, where: 'channel:live' }, 'c-narrow');
    expect([json.where, json.series[0].total]).toEqual(['channel:live', 1200]);
  });

  it('of a ratio divides what is narrowed on both sides', async () => {
    const [rate] = await asking('c-narrow')({ ...range, names: 'refundRate', where: 'product:p-1', grain: 'total' });
    expect(rate).toMatchObject({ total: 0.4, numerator: 400, denominator: 1000 });
  });

  it('can be split by the same dimension: the values that are named, also where there is nothing of them', async () => {
    const series = await asking('c-narrow')({ ...range, where: 'product:p-2,p-9', by: 'product', grain: 'total' });
    expect(series.map(({ value, total }) => [value, total])).toEqual([
      ['p-2', 230],
      ['p-9', 0],
    ]);
  });

  it('leads to the orders behind it, of several values together', async () => {
    const day = { kpi: 'grossSales', day: '2026-03-01' };
    const { json } = await shop.get('orders', { ...day, where: 'product:p-1,p-2' }, 'c-narrow');
    expect([json.where, json.total, json.orders.length]).toEqual(['product:p-1,p-2', 1230, 3]);
    const video = await shop.get('orders', { ...day, where: 'channel:video' }, 'c-narrow');
    const same = await shop.get('orders', { ...day, by: 'channel', value: 'video' }, 'c-narrow');
    expect(video.json).toMatchObject({ total: 30, orders: same.json.orders });
  });
});

describe('a narrowing is refused', () => {
  it.each([
    ['kpis', 'where', { where: 'channel' }, 'must be a dimension, a colon and a value'],
    ['kpis', 'where', { where: 'channel:' }, 'has an empty value'],
    ['kpis', 'where', { where: 'channel:live,,video' }, 'has an empty value'],
    ['kpis', 'where', { where: 'channel:live\\' }, 'single backslash'],
    ['kpis', 'where', { where: `product:${Array.from({ length: 101 }, (_, i) => i)}` }, 'more than 100 values'],
    ['kpis', 'where', { names: 'orders', where: 'product:p-1' }, 'orders cannot be narrowed by product; it can by channel'],
    [
      'kpis',
      'where',
      { names: 'timeToDeliver', where: 'carrier:UPS' },
      'timeToDeliver cannot be narrowed by carrier; it cannot be narrowed',
    ],
    [
      'kpis',
      'where',
      { where: 'channel:live', by: 'product' },
      'split by channel alone; take by=channel, or leave by or where out',
    ],
    ['kpis', 'grain', { where: 'channel:live', grain: 'hour' }, 'take grain=day or leave where out'],
    ['kpis', 'top', { by: 'product', top: '101' }, 'up to 100 here'],
    ['kpis', 'top', { by: 'product', top: '1000', grain: 'total', names: 'grossSales,units' }, 'one KPI'],
    ['orders', 'where', { where: 'carrier:UPS' }, 'grossSales cannot be narrowed by carrier'],
    ['orders', 'where', { where: 'channel:live', by: 'channel', value: 'live' }, 'one or the other'],
  ])('of %s at %s: %o', async (what, path, query, message) => {
    const days: Query = { names: 'grossSales', from: '2026-03-01', to: '2026-03-02' };
    const asked: Query = what === 'kpis' ? days : { kpi: 'grossSales', day: '2026-03-01' };
    const { status, json } = await shop.get(what, { ...asked, ...(query as Query) }, 'c-narrow');
    expect(status).toBe(400);
    expect(json.issues).toContainEqual({ path, message: expect.stringContaining(message) });
  });
});
