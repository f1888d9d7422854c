/** Who may ask for a file, for what, and how many at a time? What is no good is refused with its reason. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder } from '../make/events.ts';

let desk: ExportsContext;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.shop.load('c-1', [makeOrder('o-1')]);
  await desk.shop.load('c-2', []);
});
afterAll(() => desk.close());

const kpis = { names: ['netSales', 'orders', 'refundRate'], from: '2026-03-01', to: '2026-03-04' };
const listed = async () =>
  (await desk.ask({ route: 'GET /v1/creators/{creatorId}/exports', creatorId: 'c-1', as: 'c-1' })).json.exports;
const orders = { what: { entities: 'orders' }, format: 'csv' };

describe('another’s export', () => {
  it('is not found, by its id or under its creator, and reads like one that never was', async () => {
    const { id } = await desk.finished(orders, 'c-2');
    const [mine, none] = await Promise.all([desk.get(id, 'c-1'), desk.get('never', 'c-1')]);
    expect([mine.status, mine.text]).toEqual([404, none.text]);
    const theirs = await desk.ask({ route: 'GET /v1/creators/{creatorId}/exports/{id}', creatorId: 'c-2', as: 'c-1', id });
    expect(theirs.json).toMatchObject({ status: 404, detail: 'There is no such creator.' });
    const asked = await desk.ask({ route: 'POST /v1/creators/{creatorId}/exports', creatorId: 'c-2', as: 'c-1', body: orders });
    expect([asked.status, desk.started]).toEqual([404, []]);
  });

  it('is not begun for a creator that nobody knows', async () => {
    const asked = await desk.ask({
      route: 'POST /v1/creators/{creatorId}/exports',
      creatorId: 'c-none',
      roles: ['admin'],
      body: orders,
    });
    expect([asked.status, desk.started]).toEqual([404, []]);
  });
});

describe('a request', () => {
  const what = { kpis };
  it.each([
    ['an unknown format', { what, format: 'pdf' }, 'format', 'unknown format pdf; known are csv, xlsx, parquet, json'],
    ['no format', { what }, 'format', 'is missing; known are csv, xlsx, parquet, json'],
    [
      'an unknown KPI',
      { what: { kpis: { ...kpis, names: ['gold'] } }, format: 'csv' },
      'what.kpis.names.0',
      'unknown KPI gold; GET /v1/kpis lists the names',
    ],
    [
      'more than five years of KPIs',
      { what: { kpis: { ...kpis, to: '2031-03-01' } }, format: 'csv' },
      'what.kpis.to',
      'is more than 5 years from the first day; ask for 2031-02-28 at most',
    ],
    [
      'more than five years of entities',
      { what: { entities: 'orders', from: '2026-03-01', to: '2031-03-01' }, format: 'csv' },
      'what.to',
      'is more than 5 years from the first day; ask for 2031-02-28 at most',
    ],
    [
      'days the wrong way round',
      { what: { entities: 'orders', from: '2026-03-02', to: '2026-03-01' }, format: 'csv' },
      'what.from',
      'is after to: give the earlier day first',
    ],
    [
      'days of what has none',
      { what: { entities: 'products', from: '2026-03-01' }, format: 'csv' },
      'what.from',
      'products have no day: leave it out',
    ],
    [
      'days beside KPIs',
      { what: { kpis, to: '2026-03-01' }, format: 'csv' },
      'what.to',
      'goes with entities; the days of kpis stand in kpis',
    ],
    [
      'unknown entities',
      { what: { entities: 'people' }, format: 'csv' },
      'what.entities',
      /^unknown entities people; known are orders, order_lines/,
    ],
    [
      'two subjects',
      { what: { kpis, entities: 'orders' }, format: 'csv' },
      'what.entities',
      'goes without kpis: an export has one subject',
    ],
    ['no subject', { what: {}, format: 'csv' }, 'what.kpis', /is missing/],
    [
      'a split that a KPI does not have',
      { what: { kpis: { ...kpis, by: 'carrier' } }, format: 'csv' },
      'what.kpis.by',
      /cannot be split by carrier/,
    ],
    ['a field that is not declared', { what, format: 'csv', to: 'me@example.com' }, 'to', /^unknown/],
  ])('with %s is refused with the remedy, and starts nothing', async (_, body, path, message) => {
    const { status, json } = await desk.post(body);
    expect([status, json.code]).toEqual([400, 'bad_request']);
    const expected = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(json.issues).toContainEqual({ path, message: expected });
    expect(desk.started).toEqual([]);
  });

  const hostile = [
    "' OR 1=1 --",
    '../../c-2/x',
    '#S#profile',
    'x'.repeat(2000),
    '{{7*7}}',
    '$' + '{jndi:ldap://x}',
    '\u0000',
    '=cmd()',
    '%2e%2e%2f',
  ];
  it.each(hostile)('with %j in any place is refused, and never an error of ours', async (text) => {
    const bodies = [
      { what: { kpis: { ...kpis, names: [text] } }, format: 'csv' },
      { what: { kpis: { ...kpis, from: text } }, format: 'csv' },
      { what: { kpis: { ...kpis, by: text } }, format: 'csv' },
      { what: { kpis: { ...kpis, compare: text } }, format: 'csv' },
      { what: { kpis: { ...kpis, top: text } }, format: 'csv' },
      { what: { entities: text }, format: 'csv' },
      { what: { entities: 'orders', from: text }, format: 'csv' },
      { what: { kpis }, format: text },
      { what: text, format: 'csv' },
      { [text]: 1, what: { kpis }, format: 'csv' },
      text,
    ];
    for (const body of bodies) expect((await desk.post(body)).status).toBe(400);
    expect((await desk.get(text)).status).toBe(404);
    expect(desk.started).toEqual([]);
  });

  it('beyond five under way waits for one of them to be done', async () => {
    for (let i = 0; i < 5; i++) expect((await desk.post(orders)).status).toBe(202);
    expect((await desk.post(orders)).json).toMatchObject({ code: 'too_many_requests' });
    expect((await desk.post(orders, 'c-2')).status).toBe(202);
    await desk.run();
    expect((await desk.post(orders)).status).toBe(202);
    await desk.run();
  });

  it('that cannot be started is answered so, and its job does not look as if it were under way', async () => {
    desk.refuseNext(Object.assign(new Error('no answer'), { code: 'ECONNREFUSED' }));
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    desk.setNow('2026-03-20T16:32:00Z');
    expect((await desk.post(orders)).status).toBe(503);
    logged.mockRestore();
    expect((await listed())[0]).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    desk.setNow('2026-03-20T16:30:00Z');
  });
});
