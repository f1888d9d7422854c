/** Does a report that is exported say exactly what it answers: every value of it in its row, and nothing else? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../../shared/api/endpoints.ts';
import { reportNames, reports } from '../../shared/exports/reports.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder, makeRefund } from '../make/events.ts';
import { partUnits, rounded, toldNumber, unitIn } from '../make/told.ts';

let desk: ExportsContext;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.shop.load('c-1', [
    makeOrder('o-1', { paidAt: '2026-03-20T13:10:00Z', unitPrice: 300, data: { shipBy: '2026-03-20T20:00:00Z' } }),
    makeOrder('=o-2', { paidAt: '2026-03-19T15:59:00Z', unitPrice: 200, data: { shipBy: '2026-03-20T10:00:00Z' } }),
    makeOrder('o-3', { paidAt: '2026-03-13T13:00:00Z', unitPrice: 600, channel: 'video' }),
    makeRefund('o-3', 'r-1', '2026-03-19T10:00:00Z', 400),
    ...Array.from({ length: 450 }, (_, i) => makeOrder(`many-${i}`, { paidAt: '2026-02-10T13:00:00Z', unitPrice: i + 1 })),
  ]);
});
afterAll(() => desk.close());

type Fields = { [name: string]: unknown };
const isPart = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A number as a file tells it, by the name of its field and the KPI it is of. */
function inUnit(value: unknown, field: string, kpi: string): unknown {
  const unit = unitIn('USD', kpi);
  if (field === 'unit') return unit;
  if (field === 'change') return toldNumber(value, '%');
  if (field === 'difference') return toldNumber(value, unit === '%' ? 'points' : unit);
  const of = ['value', 'total', 'throughValue', 'p50', 'p90'].includes(field)
    ? unit
    : new Map(Object.entries(partUnits('USD', kpi))).get(field);
  return of === undefined ? value : toldNumber(value, of);
}

/** Every row that an answer comes to, told apart from how the export does it: list, place, and its own values by column. */
function expected(part: Fields, list = 'answer', place = '', above = ''): Fields[] {
  const own: Fields = { list, place: place || null };
  const kpi = [part.kpi, part.name].find((name) => dictionary.entries.has(String(name))) ?? above;
  const inner: Fields[] = [];
  const take = (value: unknown, path: string[]): void => {
    if (Array.isArray(value) && path.at(-1) !== 'lines' && path.at(-1) !== 'alerts')
      for (const [i, each] of value.entries())
        inner.push(
          ...expected(
            each,
            [...(list === 'answer' ? [] : [list]), ...path].join('.'),
            [place, i + 1].filter(Boolean).join('.'),
            String(kpi),
          ),
        );
    else if (isPart(value) && !Array.isArray(value))
      for (const [name, each] of Object.entries(value)) take(each, [...path, name]);
    else own[path.map(snake).join('_')] = isPart(value) ? JSON.stringify(value) : inUnit(value, String(path.at(-1)), String(kpi));
  };
  for (const [name, value] of Object.entries(part)) if (name !== 'cursor') take(value, [name]);
  // Before the first datum a zero is nothing known.
  if (part.noData && part.value === 0) own.value = null;
  return [own, ...inner];
}

/** The value of a series is text and that of a point a number: two columns. */
const renamed = (row: Fields): Fields =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name === 'value' && typeof value === 'string' ? 'value_text' : name, value]),
  );

async function exported(what: object): Promise<Fields[]> {
  const job = await desk.finished({ what, format: 'json' });
  expect(job).toMatchObject({ status: 'done' });
  const rows = JSON.parse(await (await fetch(job.url)).text()) as Fields[];
  expect(job.rowCount).toBe(rows.length);
  return rows;
}

/** All pages of a report as one answer. */
async function answered(report: string, query: Fields): Promise<Fields> {
  const text = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const { json } = await desk.shop.get(report, text);
  for (let { cursor } = json; cursor; ) {
    const page = (await desk.shop.get(report, { ...text, cursor })).json;
    json.orders.push(...page.orders);
    cursor = page.cursor;
  }
  return json;
}

describe('a report’s export', () => {
  it.each([
    ['dashboard', {}],
    ['orders', { atRisk: true }],
    ['orders', { atRisk: 48 }],
    ['orders', { kpi: 'netSales', day: '2026-03-19' }],
    ['orders', { kpi: 'grossSales', day: '2026-03-13', by: 'channel', value: 'video' }],
    ['orders', { kpi: 'grossSales', day: '2026-03-13', where: 'channel:video,live' }],
    ['orders', { kpi: 'refundRate', day: '2026-03-19' }],
    ['orders', { kpi: 'grossSales', day: '2026-02-10' }],
  ])('has every value of the answer and no row more: %s %j', async (report, query) => {
    const [rows, answer] = await Promise.all([exported({ report, query }), answered(report, query)]);
    const wanted = expected(answer).map(renamed);
    expect(rows).toHaveLength(wanted.length);
    const all = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, rounded(cell)])));
    expect(all).toMatchObject(wanted);
  });

  it('of orders holds all pages, each order once', async () => {
    const rows = await exported({ report: 'orders', query: { kpi: 'grossSales', day: '2026-02-10' } });
    const orders = rows.filter(({ list }) => list === 'orders');
    expect(new Set(orders.map(({ order_id }) => order_id)).size).toBe(450);
    expect(orders.at(-1)?.place).toBe('450');
    const total = rows.find(({ list }) => list === 'answer')?.total;
    expect(orders.reduce((sum, { value }) => sum + Number(value), 0)).toBeCloseTo(Number(total), 6);
    expect(orders.reduce((sum, { value_minor }) => sum + Number(value_minor), 0)).toBe(Math.round(100 * Number(total)));
  });

  it('repeats the text of what a row is part of beside it, and no number', async () => {
    const rows = await exported({ report: 'dashboard' });
    const point = rows.find(({ list }) => list === 'headline.points');
    expect(point).toMatchObject({ name: expect.any(String), unit: expect.any(String), currency: 'USD', total: null });
  });

  it('says of days before the first datum that nothing is known, and of a part of a day that it is one', async () => {
    const rows = await exported({ report: 'dashboard' });
    const before = rows.filter(({ no_data }) => no_data);
    expect(before.length).toBeGreaterThan(0);
    for (const row of before) expect([row.value, row.value_minor, row.state_in_words]).toEqual([null, null, 'no data']);
    expect(rows.filter(({ is_cut }) => is_cut).map(({ state_in_words }) => state_in_words)).toContain('so far, only part of it');
  });

  it('of KPIs is the one that is asked for by kpis', async () => {
    const query = { names: ['netSales', 'orders'], from: '2026-03-01', to: '2026-03-20', compare: 'previous' };
    expect(await exported({ report: 'kpis', query })).toEqual(await exported({ kpis: query }));
  });

  it.each(['csv', 'xlsx', 'parquet'])('is written in every format: %s', async (format) => {
    const job = await desk.finished({ what: { report: 'orders', query: { atRisk: true } }, format });
    expect(job).toMatchObject({ status: 'done', name: `orders-report.${format}` });
    const { columns, query } = JSON.parse(await (await fetch(job.manifestUrl)).text());
    expect(columns[0]).toMatchObject({ name: 'list', type: 'text' });
    expect(query).toMatchObject({ report: 'orders', query: { atRisk: 24 } });
    if (format === 'csv') expect(await (await fetch(job.url)).text()).toContain(",'=o-2,");
  });
});

describe('the list of reports', () => {
  it('names endpoints that there are, and each of their columns once', () => {
    for (const { endpoint } of Object.values(reports)) expect(endpoints).toContain(endpoint);
  });

  it('has every report: what answers with how far events are applied', () => {
    // What a seller typed in is a list of theirs, and no report.
    const analytical = endpoints.filter(
      ({ answer, path }) =>
        typeof answer === 'object' && 'shape' in answer && 'asOf' in (answer.shape as object) && !path.endsWith('/unit-costs'),
    );
    const listed = Object.values(reports).map(({ endpoint }) => endpoint.path);
    expect(analytical.map(({ path }) => path).sort(), 'add a line to shared/exports/reports.ts').toEqual(listed.sort());
  });

  it.each(reportNames)('tells every column of %s apart', async (name) => {
    const days = { from: '2026-03-01', to: '2026-03-01' };
    const queries: { [name: string]: object } = {
      kpis: { names: ['orders'], ...days },
      orders: { atRisk: true },
      profitability: days,
      samples: days,
      satisfaction: days,
      customers: {},
      forecasts: {},
      inventory: {},
      recommendations: {},
      shipping: days,
      operations: days,
      movers: { name: 'units', ...days },
      trends: { name: 'units', ...days },
    };
    const query = queries[name] ?? {};
    const job = await desk.finished({ what: { report: name, query }, format: 'parquet' });
    const { columns } = JSON.parse(await (await fetch(job.manifestUrl)).text());
    const names = columns.map((column: { name: string }) => column.name);
    expect(new Set(names).size).toBe(names.length);
    const titles = columns.flatMap(({ title }: { title?: string }) => title ?? []);
    expect(titles.filter((title: string, i: number) => titles.indexOf(title) < i)).toEqual([]);
  });
});

describe('a request for a report', () => {
  it.each([
    [
      'that nobody knows',
      { report: 'gold' },
      'what.report',
      'unknown report gold; known are kpis, dashboard, movers, orders, products, profitability, samples, payouts, shipping, satisfaction, operations, customers, forecasts, inventory, recommendations, trends',
    ],
    [
      'with parameters of another one',
      { report: 'dashboard', query: { kpi: 'netSales' } },
      'what.query.kpi',
      'is no parameter of the report dashboard; known are only',
    ],
    [
      'with parameters of another one',
      { report: 'orders', query: { names: ['netSales'], kpi: 'netSales', day: '2026-03-01' } },
      'what.query.names',
      'is no parameter of the report orders; known are kpi, day, by, value, where, refundsBy, atRisk',
    ],
    [
      'of a page',
      { report: 'orders', query: { atRisk: true, limit: 3 } },
      'what.query.limit',
      'a file holds all pages: leave it out',
    ],
    [
      'with a wrong value',
      { report: 'orders', query: { kpi: 'gold', day: '2026-03-01' } },
      'what.query.kpi',
      /^unknown KPI gold/,
    ],
    ['without what it needs', { report: 'orders' }, 'what.query.kpi', /^is missing/],
    ['with no query', { report: 'orders', query: 'atRisk' }, 'what.query', 'must be an object of the report’s parameters'],
    [
      'beside entities',
      { report: 'orders', entities: 'orders' },
      'what.report',
      'goes without entities: an export has one subject',
    ],
    [
      'with days beside it',
      { report: 'dashboard', from: '2026-03-01' },
      'what.from',
      'goes with entities; the days of a report stand in query',
    ],
    ['without its name', { query: {}, entities: 'orders' }, 'what.query', 'goes with report: leave it out'],
  ])('%s is refused with the remedy, and starts nothing', async (_, what, path, message) => {
    const { status, json } = await desk.post({ what, format: 'csv' });
    expect([status, json.code]).toEqual([400, 'bad_request']);
    const expectedMessage = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(json.issues).toContainEqual({ path, message: expectedMessage });
    expect(desk.started).toEqual([]);
  });
});
