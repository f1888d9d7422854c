/** Is a scheduled export kept as it was asked for, and started exactly once for every period, in the creator's own time? */
import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { periodOf, slotOf } from '../../shared/exports/periods.ts';
import { settingsOf } from '../../shared/store/table.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder } from '../make/events.ts';

const path = '/v1/creators/{creatorId}/export-schedules';
const schedule = { cadence: 'daily', hour: 6, what: { kpis: { names: ['netSales'] } }, format: 'csv' };
const desks: ExportsContext[] = [];
let desk: ExportsContext;

beforeEach(async () => {
  // Noon in New York.
  desk = await makeDesk('2026-03-20T16:00:00Z');
  desks.push(desk);
  await desk.shop.load('c-1', [makeOrder('o-1')]);
});
afterAll(() => Promise.all(desks.map((each) => each.close())));

const put = (id: string, body: unknown = schedule, creator = 'c-1') =>
  desk.ask({ route: `PUT ${path}/{id}`, creatorId: creator, as: creator, id, body });
const get = (id: string) => desk.ask({ route: `GET ${path}/{id}`, creatorId: 'c-1', as: 'c-1', id });
const remove = (id: string) => desk.ask({ route: `DELETE ${path}/{id}`, creatorId: 'c-1', as: 'c-1', id });
const list = async () => (await desk.ask({ route: `GET ${path}`, creatorId: 'c-1', as: 'c-1' })).json.schedules;

describe('a period', () => {
  it.each([
    ['daily', '2026-03-20T06:00:00-04:00', '2026-03-20', '2026-03-19', '2026-03-19', '2026-03-19'],
    ['daily', '2026-03-20T05:59:59-04:00', '2026-03-19', '2026-03-18', '2026-03-18', '2026-03-18'],
    ['weekly', '2026-03-20T12:00:00-04:00', '2026-03-16', '2026-03-09', '2026-03-15', '2026-03-09_2026-03-15'],
    ['weekly', '2026-03-16T05:00:00-04:00', '2026-03-09', '2026-03-02', '2026-03-08', '2026-03-02_2026-03-08'],
    ['monthly', '2026-03-20T12:00:00-04:00', '2026-03-01', '2026-02-01', '2026-02-28', '2026-02'],
    ['monthly', '2026-03-01T05:00:00-05:00', '2026-02-01', '2026-01-01', '2026-01-31', '2026-01'],
  ] as const)('%s at %s is due on %s and of %s to %s', (cadence, local, due, from, to, name) => {
    expect(slotOf(cadence, 6, local)).toBe(due);
    expect(periodOf(cadence, due)).toEqual({ from, to, name });
  });

  it.each([
    ['sunday', '2026-03-15', '2026-03-08', '2026-03-14'],
    ['saturday', '2026-03-14', '2026-03-07', '2026-03-13'],
  ] as const)('of weeks that begin on %s is due on that day, of the week before', (weekStart, due, from, to) => {
    expect(slotOf('weekly', 6, '2026-03-20T12:00:00-04:00', weekStart)).toBe(due);
    expect(periodOf('weekly', due)).toMatchObject({ from, to });
  });
});

describe('a schedule', () => {
  it('is kept, listed, changed and deleted', async () => {
    expect((await put('sales')).json).toMatchObject({
      id: 'sales',
      cadence: 'daily',
      hour: 6,
      format: 'csv',
      lastDue: '2026-03-20',
    });
    expect((await get('sales')).json.what.kpis).toMatchObject({ names: ['netSales'], grain: 'day', top: 10 });
    await put('sales', { ...schedule, format: 'json' });
    expect(await list()).toMatchObject([{ id: 'sales', format: 'json' }]);
    expect((await remove('sales')).json).toEqual({ id: 'sales' });
    expect([(await get('sales')).status, (await remove('sales')).status, await list()]).toEqual([404, 404, []]);
  });

  it.each([
    ['an unknown cadence', { ...schedule, cadence: 'hourly' }, 'cadence'],
    ['an hour that no day has', { ...schedule, hour: 24 }, 'hour'],
    ['days of its own', { ...schedule, what: { kpis: { ...schedule.what.kpis, from: '2026-03-01' } } }, 'what.kpis.from'],
    [
      'a split that its KPI does not have',
      { ...schedule, what: { kpis: { names: ['netSales'], by: 'carrier' } } },
      'what.kpis.by',
    ],
    ['no subject', { ...schedule, what: {} }, 'what.kpis'],
    ['an unknown report', { ...schedule, what: { report: 'gold' } }, 'what.report'],
    [
      'days of a report',
      { ...schedule, what: { report: 'kpis', query: { names: ['orders'], from: '2026-03-01' } } },
      'what.query.from',
    ],
    [
      'what a report does not take',
      { ...schedule, what: { report: 'dashboard', query: { names: ['orders'] } } },
      'what.query.names',
    ],
    ['a wrong value of a report', { ...schedule, what: { report: 'orders', query: { kpi: 'gold' } } }, 'what.query.kpi'],
    [
      'a day of a week',
      { ...schedule, cadence: 'weekly', what: { report: 'orders', query: { kpi: 'orders' } } },
      'what.query.day',
    ],
    ['a field that is not declared', { ...schedule, bcc: 'a@example.com' }, 'bcc'],
  ])('with %s is refused', async (_, body, where) => {
    const { status, json } = await put('sales', body);
    expect([status, json.issues.map(({ path }: { path: string }) => path)]).toEqual([400, [where]]);
  });

  it.each(['', 'a/b', '../c-2', '#', 'x'.repeat(65), "' OR 1=1"])('of the id %j is refused', async (id) => {
    expect((await put(id)).json).toMatchObject({ status: 400, issues: [{ path: 'id' }] });
    expect((await get(id)).status).toBe(404);
  });

  it('is one of twenty at most', async () => {
    for (let i = 0; i < 20; i++) expect((await put(`s-${i}`)).status).toBe(200);
    expect((await put('one-more')).status).toBe(409);
    expect((await put('s-3')).status).toBe(200);
  });
});

describe('a run of the schedules', () => {
  it('starts nothing for a period that ended before the schedule was made', async () => {
    await put('sales');
    expect(await desk.due()).toBe(0);
  });

  it('starts a schedule once its local hour has come, for the day before', async () => {
    await put('sales');
    desk.setNow('2026-03-21T09:59:00Z');
    expect(await desk.due()).toBe(0);
    desk.setNow('2026-03-21T10:02:00Z');
    expect(await desk.due()).toBe(1);
    expect(await desk.run()).toEqual(['done']);
    expect(await desk.keys()).toEqual([
      'exports/c-1/scheduled/sales/2026-03-20.csv',
      'exports/c-1/scheduled/sales/2026-03-20.manifest.json',
    ]);
    const manifest = JSON.parse(String(await desk.read('exports/c-1/scheduled/sales/2026-03-20.manifest.json')));
    expect(manifest.query.kpis).toMatchObject({ from: '2026-03-20', to: '2026-03-20' });
    const { json } = await desk.get('sales_2026-03-20');
    expect(json).toMatchObject({ status: 'done', schedule: 'sales', rowCount: 2 });
  });

  it('starts it exactly once a period, however many run and whenever one is cut off', async () => {
    await put('sales');
    desk.setNow('2026-03-21T10:02:00Z');
    desk.refuseNext(new Error('cut off'));
    await expect(desk.due()).rejects.toThrow('cut off');
    await Promise.all([desk.due(), desk.due(), desk.due()]);
    const outcomes = await desk.run();
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    desk.setNow('2026-03-21T20:02:00Z');
    expect([await desk.due(), desk.started]).toEqual([0, []]);
    desk.setNow('2026-03-22T10:02:00Z');
    expect(await desk.due()).toBe(1);
  });

  it('goes on with the others when one cannot be started', async () => {
    for (const id of ['a', 'b', 'c']) await put(id);
    desk.setNow('2026-03-21T10:02:00Z');
    desk.refuseNext(new Error('cut off'));
    await expect(desk.due()).rejects.toThrow('cut off');
    expect(desk.started).toHaveLength(2);
  });

  it('of entities writes those of the period', async () => {
    await put('orders', { ...schedule, cadence: 'monthly', what: { entities: 'orders' } });
    desk.setNow('2026-04-01T10:02:00Z');
    await desk.due();
    await desk.run();
    expect(String(await desk.read('exports/c-1/scheduled/orders/2026-03.csv'))).toMatch(/^Order ID,.*\r\no-1,10\.00,/);
  });

  it.each([
    ['dashboard', {}, {}],
    ['orders', { kpi: 'netSales' }, { kpi: 'netSales', day: '2026-03-20' }],
    ['orders', { atRisk: true }, { atRisk: 24 }],
    ['kpis', { names: ['orders'] }, { names: ['orders'], from: '2026-03-20', to: '2026-03-20' }],
  ])('of a report asks it for the period that ended: %s %j', async (report, query, asked) => {
    await put('a-report', { ...schedule, what: { report, query } });
    desk.setNow('2026-03-21T10:02:00Z');
    await desk.due();
    expect(await desk.run()).toEqual(['done']);
    const { json } = await desk.get('a-report_2026-03-20');
    expect(json).toMatchObject({ status: 'done', what: { report, query: asked } });
    expect(json.what.query.day).toBe((asked as { day?: string }).day);
  });

  it('forgets what leads to the schedules of a creator who is gone', async () => {
    await put('sales');
    const { table } = desk.shop;
    const Key = { pk: { S: settingsOf('c-1') }, sk: { S: 'S#export-schedule#sales' } };
    await table.send(new DeleteItemCommand({ TableName: table.name, Key }));
    await desk.due();
    const { Count } = await table.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'P#export-schedules' } },
      }),
    );
    expect(Count).toBe(0);
  });
});

describe('the address of a schedule', () => {
  const mailTo = 'ana@example.com';
  it('stays where a change does not name it, and goes where it is null', async () => {
    expect((await put('sales', { ...schedule, mailTo })).json).toMatchObject({ isMailed: true, mailTo });
    expect((await put('sales', { ...schedule, format: 'json' })).json).toMatchObject({ isMailed: true, mailTo, format: 'json' });
    expect((await put('sales', { ...schedule, mailTo: null })).json).toMatchObject({ isMailed: false });
    expect((await get('sales')).json.mailTo).toBeUndefined();
  });

  it.each(['PUT', 'DELETE'])('is not an analyst’s: %s is forbidden, and changes nothing', async (method) => {
    await put('sales', { ...schedule, mailTo });
    const { status } = await desk.ask({
      route: `${method} ${path}/{id}`,
      creatorId: 'c-1',
      roles: ['analyst'],
      id: 'sales',
      body: schedule,
    });
    expect([status, (await get('sales')).json.mailTo]).toEqual([403, mailTo]);
  });
});
