/** Does every question that the schemas take get an answer, in bounded work? And would one without bounds be found out? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/report/routes.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { grains } from '../../shared/kpis/grains.ts';
import { bucketsOf } from '../../shared/reports/buckets.ts';
import { comparisons } from '../../shared/reports/compare.ts';
import { addDays } from '../../shared/time.ts';
import { type FrozenTable, freeze } from '../make/frozen-table.ts';
import { ask } from '../make/request.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { anOrder, aRefund, aReview, aShipment } from '../make/snapshots.ts';
import { isFull, roundsOf } from '../rounds.ts';

const runs = roundsOf('questions');
/** Reads of the store that one answer may take: twenty KPIs with a split and a comparison take some two hundred. */
const mostCalls = 600;

let shop: Shop;
let table: FrozenTable;
const now = Date.parse('2026-03-20T16:30:00Z');
beforeAll(async () => {
  shop = await makeShop('2026-03-20T16:30:00Z');
  await shop.load('c-1', [
    anOrder(),
    anOrder({ shipBy: '2026-03-20T20:00:00Z' }, { order: 'o-2' }),
    aShipment(),
    aRefund(),
    aReview(),
  ]);
  table = await freeze(shop.table);
});
afterAll(() => shop.close());

const edges = ['1980-01-01', '1980-02-29', '2016-02-29', '2026-03-08', '2026-03-20', '2026-03-21', '2199-12-25', '2199-12-31'];
const outside = [
  '0000-01-01',
  '0001-01-01',
  '0020-05-05',
  '1979-12-31',
  '2200-01-01',
  '9995-01-01',
  '9999-12-31',
  '2026-02-30',
  'today',
  '',
];
const day = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...edges) }, { weight: 1, arbitrary: fc.constantFrom(...outside) });
const names = [...dictionary.entries.keys()];
const dimensions = ['product', 'channel', 'category', 'carrier', 'region', 'source', 'failure', 'nothing'];

/** What can stand in a parameter, by its name; of any other name all kinds of text. */
const values: { [parameter: string]: fc.Arbitrary<string> } = {
  names: fc.oneof(
    fc.subarray(names, { minLength: 1, maxLength: 20 }).map((some) => some.join()),
    fc.constantFrom('', ',', 'netSales,netSales', 'nothing'),
  ),
  kpi: fc.constantFrom(...names, 'nothing'),
  grain: fc.constantFrom(...grains, 'second'),
  compare: fc.constantFrom(...comparisons, 'never'),
  by: fc.constantFrom(...dimensions),
  where: fc.oneof(
    fc
      .tuple(fc.constantFrom(...dimensions), fc.array(fc.constantFrom('p-1', 'live', '(none)', 'a:b', 'a\\,b'), { minLength: 1 }))
      .map(([dimension, some]) => `${dimension}:${some}`),
    fc.constantFrom('', ':', 'channel', 'channel:', 'channel:,', 'channel:\\'),
  ),
  top: fc.constantFrom('0', '1', '10', '100', '101', '1000', '1001', '-1', '1e3', 'x'),
  limit: fc.constantFrom('0', '1', '50', '100', '101', '1000', 'x'),
  refundsBy: fc.constantFrom('refund_date', 'order_date', 'x'),
  atRisk: fc.constantFrom('true', 'false', '0', '6', '24', '1e9', '-1', 'x'),
  ids: fc.constantFrom('p-1', 'p-1,p-2', ',', 'A/B 50%'),
  sort: fc.constantFrom('id', 'most-orders', 'x'),
};
for (const name of ['from', 'to', 'day', 'compareFrom', 'compareTo']) values[name] = day;
const anyText = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('c-1', '%', '\u0000', '🙂'));

/** A query of an endpoint: each of its parameters there or not; from and to near each other more often than not. */
function queryOf(schema: z.ZodObject): fc.Arbitrary<Record<string, string>> {
  const parameters = Object.keys(schema.shape);
  const all = fc.record(
    Object.fromEntries(parameters.map((name) => [name, fc.option(values[name] ?? anyText, { nil: undefined })])),
  );
  return fc.tuple(all, fc.integer({ min: 0, max: 1900 }), fc.boolean()).map(([given, days, isNear]) => {
    const query = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<string, string>;
    if (isNear && query.from && edges.includes(query.from) && 'to' in schema.shape)
      query.to = addDays(query.from, days).slice(-10);
    if (query.compare === 'custom' && !query.compareFrom && isNear)
      Object.assign(query, { compareFrom: '2026-01-01', compareTo: '2026-01-31' });
    return query;
  });
}

const asked = routes.map(({ endpoint }) => ({
  route: `${endpoint.method} ${endpoint.path}`,
  query: queryOf(endpoint.query as unknown as z.ZodObject),
  isOfCreator: endpoint.path.includes('{creatorId}'),
}));
const question = fc.oneof(
  ...asked.map(({ route, query, isOfCreator }) => ({
    weight: route.endsWith('/kpis') ? 6 : route.endsWith('/orders') ? 3 : 1,
    arbitrary: query.map((each) => ({ route, query: each, isOfCreator })),
  })),
);

describe('any question', () => {
  it('is answered or refused, never failed, in bounded reads', async () => {
    const handler = serve(
      routes,
      () => ({ table, version: '1.2.3', cursorKey: 'a key' }),
      () => now,
    );
    const statuses = new Map<number, number>();
    let slowest = { ms: 0, what: '' };
    await fc.assert(
      fc.asyncProperty(question, async ({ route, query, isOfCreator }) => {
        table.calls = 0;
        const began = performance.now();
        const { status } = await ask(handler, { route, query, roles: ['admin'], ...(isOfCreator ? { creatorId: 'c-1' } : {}) });
        const ms = performance.now() - began;
        if (ms > slowest.ms) slowest = { ms, what: `${route}?${new URLSearchParams(query)}` };
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect([200, 400]).toContain(status);
        expect(table.calls).toBeLessThanOrEqual(mostCalls);
      }),
      { numRuns: runs },
    );
    expect(statuses.get(200)).toBeGreaterThan(runs / 20);
    if (isFull)
      console.log(
        `${runs} questions: ${JSON.stringify(Object.fromEntries(statuses))}, the slowest took ${Math.round(slowest.ms)} ms: ${slowest.what}`,
      );
  });

  it.each([
    ['9995-01-01', '9999-12-31', 'day'],
    ['0000-01-01', '0000-12-31', 'week'],
    ['0020-01-01', '0020-12-31', 'month'],
    ['1979-12-31', '1980-12-31', 'day'],
    ['2199-01-01', '2200-01-01', 'day'],
  ])('from %s to %s by %s is refused, also in an export', async (from, to, grain) => {
    const { status, json } = await shop.get('kpis', { names: 'orders', from, to, grain, compare: 'previous_year' });
    expect([status, json.issues[0].message]).toEqual([400, 'must lie between 1980 and 2199']);
  });

  it('walks through five years of days at most: what the bounds keep out is what would not end', () => {
    const moment = { zones: [{ from: '', zone: 'UTC' }], now, moving: [] };
    const walked = (from: string, to: string) => bucketsOf('day', { from, to }, moment).length;
    expect(walked('1980-01-01', '1984-12-31')).toBeLessThanOrEqual(1827);
    expect(walked('1000-01-01', '1099-12-31')).toBeGreaterThan(36_000);
  });
});
