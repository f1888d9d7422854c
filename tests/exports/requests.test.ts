/** What is told to whoever asks for a file, and what becomes of a job: done, failed with a reason, or nobody's any more? */
import { createHash } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExportStores } from '../../shared/exports/run.ts';
import { readJob } from '../../shared/store/export-jobs.ts';
import { settingsOf } from '../../shared/store/table.ts';
import { type Desk, makeDesk } from '../make/desk.ts';
import { makeOrder, makeRefund, makeShipment } from '../make/events.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.shop.load('c-1', [
    makeOrder('o-1', { product: 'p-1' }),
    makeOrder('=o-2', { product: '+p-2', unitPrice: 2500, paidAt: '2026-03-02T04:30:00Z' }),
    makeOrder('o-3', { paidAt: '2026-03-03T14:00:00Z', channel: 'video' }),
    makeRefund('o-1', 'r-1', '2026-03-02T10:00:00Z', 400),
    makeShipment('o-1', 's-1', { handedOverAt: '2026-03-02T16:00:00Z', labelAt: '2026-03-01T18:00:00Z', labelCost: 412 }),
  ]);
  await desk.shop.load('c-2', []);
});
afterAll(() => desk.close());

const kpis = { names: ['netSales', 'orders', 'refundRate'], from: '2026-03-01', to: '2026-03-04' };
const orders = { what: { entities: 'orders' }, format: 'csv' };
const rowsIn = (bytes: Buffer): Record<string, string>[] => parse(bytes, { columns: true });
const fileOf = async (job: { url: string }) => Buffer.from(await (await fetch(job.url)).arrayBuffer());

describe('an export of KPIs', () => {
  it.each([
    ['days', {}],
    ['weeks, split, the top one and the others', { grain: 'week', by: 'channel', top: 1, names: ['netSales', 'orders'] }],
    ['a comparison', { compare: 'previous' }],
    ['refunds by the order’s day', { refundsBy: 'order_date', grain: 'total' }],
    ['what is open now', { names: ['slaAtRisk'], grain: 'total' }],
    ['a distribution', { names: ['timeToDeliver', 'timeToDispatch'] }],
  ])('has the same numbers as the screen: %s', async (_, more) => {
    const query = { ...kpis, ...more };
    const screen = await desk.shop.get(
      'kpis',
      Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
    );
    const job = await desk.finished({ what: { kpis: query }, format: 'json' });
    expect(job).toMatchObject({ status: 'done' });
    const rows = JSON.parse((await fileOf(job)).toString()) as Record<string, unknown>[];
    const told = (figures: Record<string, unknown>, more: object) => ({
      ...Object.fromEntries(['numerator', 'denominator', 'p50', 'p90', 'n'].map((name) => [name, figures[name] ?? null])),
      ...more,
    });
    // biome-ignore lint/suspicious/noExplicitAny: the answer of a handler
    const expected = screen.json.series.flatMap((series: any) => {
      const { name, points, compare, total, breakdown = [] } = series;
      const same = { kpi: name, dimension_value: series.value ?? null };
      const pointOf = (range: string) => (point: Record<string, unknown>) =>
        told(point, { ...same, range, row: 'point', at: point.at, value: point.value, state: point.state });
      return [
        ...points.map(pointOf('asked')),
        ...breakdown.map((share: Record<string, unknown>) =>
          told({}, { ...same, range: 'asked', row: 'share', value: share.value }),
        ),
        told(series, { ...same, range: 'asked', row: 'total', value: total, change: compare?.change ?? null }),
        ...(compare?.points.map(pointOf('compared')) ?? []),
        ...(compare ? [told({}, { ...same, range: 'compared', row: 'total', value: compare.total })] : []),
      ];
    });
    expect(rows).toMatchObject(expected);
    expect(rows).toHaveLength(expected.length);
    expect(job.rowCount).toBe(rows.length);
  });

  it('says of money which currency, and of everything which unit', async () => {
    const job = await desk.finished({ what: { kpis }, format: 'csv' });
    const units = rowsIn(await fileOf(job)).map(({ kpi, unit, currency }) => [kpi, unit, currency].join(' '));
    expect([...new Set(units)]).toEqual(['netSales money USD', 'orders count ', 'refundRate ratio ']);
  });
});

describe('an export of entities', () => {
  const exported = async (what: object) => rowsIn(await fileOf(await desk.finished({ what, format: 'csv' })));

  it('has a row for each, times in UTC and in the creator’s zone, money in minor units', async () => {
    const rows = await exported({ entities: 'orders' });
    expect(rows.map(({ order_id }) => order_id)).toEqual(["'=o-2", 'o-1', 'o-3']);
    expect(rows[1]).toMatchObject({
      order_value_minor: '1000',
      currency: 'USD',
      channel: 'live',
      paid_at: '2026-03-01T14:03:00.000Z',
      paid_at_local: '2026-03-01T09:03:00-05:00',
    });
  });

  it('of a range has those of whose own time the local day lies in it', async () => {
    // 04:30 in UTC is still the evening before in New York.
    const rows = await exported({ entities: 'orders', from: '2026-03-01', to: '2026-03-01' });
    expect(rows.map(({ order_id }) => order_id)).toEqual(["'=o-2", 'o-1']);
    expect(await exported({ entities: 'orders', from: '2026-03-04' })).toEqual([]);
  });

  it('reaches the lines and parts of an order', async () => {
    expect(
      (await exported({ entities: 'order_lines' })).map(({ order_id, line, product_id, gross_amount_minor }) => [
        order_id,
        line,
        product_id,
        gross_amount_minor,
      ]),
    ).toEqual([
      ["'=o-2", '1', "'+p-2", '2500'],
      ['o-1', '1', 'p-1', '1000'],
      ['o-3', '1', 'p-1', '1000'],
    ]);
    expect(await exported({ entities: 'shipments' })).toMatchObject([
      { order_id: 'o-1', shipment_id: 's-1', label_cost_minor: '412' },
    ]);
    expect(await exported({ entities: 'refunds' })).toMatchObject([
      { refund_id: 'r-1', completed_at: '2026-03-02T10:00:00.000Z' },
    ]);
  });

  it('of nothing is done, with a header and no row', async () => {
    const job = await desk.finished(orders, 'c-2');
    expect(job).toMatchObject({ status: 'done', rowCount: 0 });
    expect((await fileOf(job)).toString()).toMatch(/^order_id,[\w,]+\r\n$/);
  });
});

/** The list as it is told, newest first. */
const listed = async () =>
  (await desk.ask({ route: 'GET /v1/creators/{creatorId}/exports', creatorId: 'c-1', as: 'c-1' })).json.exports;

describe('a finished export', () => {
  it('has a link that expires, and a manifest that says what it is', async () => {
    const job = await desk.finished({ what: { kpis }, format: 'parquet' });
    const file = await fileOf(job);
    expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([job.bytes, job.sha256]);
    expect(new URL(job.url).searchParams.get('X-Amz-Expires')).toBe('900');
    expect(job.expiresAt).toBe('2026-03-20T16:45:00.000Z');
    expect(job.keptUntil).toBe('2026-04-19T16:30:00.000Z');
    const answered = await fetch(job.url);
    expect(answered.headers.get('content-disposition')).toBe('attachment; filename="kpis_2026-03-01_2026-03-04.parquet"');
    const manifest = JSON.parse(await (await fetch(job.manifestUrl)).text());
    expect(manifest).toMatchObject({
      id: job.id,
      query: { kpis },
      format: 'parquet',
      rows: job.rowCount,
      bytes: job.bytes,
      sha256: job.sha256,
      creatorId: 'c-1',
      definitionVersion: '1',
      asOf: expect.any(String),
      lagSeconds: 0,
    });
    expect(manifest.columns[10]).toEqual({ name: 'value', type: 'number', about: 'the number, in unit' });
    expect((await desk.keys()).filter((key) => key.includes(job.id))).toEqual([
      `exports/c-1/${job.id}/kpis_2026-03-01_2026-03-04.parquet`,
      `exports/c-1/${job.id}/manifest.json`,
    ]);
  });

  it('stands in the list, newest first, without links', async () => {
    desk.setNow('2026-03-20T16:31:00Z');
    const { id } = await desk.finished(orders);
    expect((await listed())[0]).toMatchObject({ id, status: 'done', url: null });
    desk.setNow('2026-03-20T16:30:00Z');
  });

  it('is left as it is when its event comes again', async () => {
    const { json } = await desk.post(orders);
    const event = { creatorId: 'c-1', id: json.id };
    await desk.run();
    const before = (await desk.get(json.id)).json;
    desk.started.push(event);
    expect(await desk.run()).toEqual(['nothing to do']);
    expect((await desk.get(json.id)).json.finishedAt).toBe(before.finishedAt);
  });

  it('is forgotten after 30 days, whenever the store deletes it', async () => {
    const { id } = await desk.finished(orders);
    desk.setNow('2026-04-19T16:30:00Z');
    expect((await desk.get(id)).status).toBe(404);
    desk.setNow('2026-03-20T16:30:00Z');
  });
});

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

describe('a run that fails', () => {
  /** Calls of this name to the bucket fail. */
  const without =
    (name: string) =>
    (stores: ExportStores): ExportStores => {
      const send = (command: { constructor: { name: string } }) =>
        command.constructor.name === name ? Promise.reject(new Error(`${name} failed`)) : stores.results.send(command as never);
      return { ...stores, results: { ...stores.results, send: send as never } };
    };

  it.each(['UploadPartCommand', 'CompleteMultipartUploadCommand', 'PutObjectCommand'])(
    'at %s is picked up by the next attempt, which writes the same keys',
    async (name) => {
      const { json } = await desk.post(orders);
      const event = desk.started[0] as { creatorId: string; id: string };
      await expect(desk.run(without(name))).rejects.toThrow(`${name} failed`);
      expect((await desk.get(json.id)).json).toMatchObject({ status: 'running', url: null });
      desk.started.push(event);
      expect(await desk.run()).toEqual(['done']);
      expect((await desk.get(json.id)).json).toMatchObject({ status: 'done', rowCount: 3 });
      expect((await desk.keys()).filter((key) => key.includes(json.id))).toHaveLength(2);
    },
  );

  it('three times is told as failed, without the cause', async () => {
    const { json } = await desk.post(orders);
    const event = desk.started[0] as { creatorId: string; id: string };
    for (let i = 0; i < 3; i++) {
      await expect(desk.run(without('UploadPartCommand'))).rejects.toThrow();
      desk.started.push(event);
    }
    expect(await desk.run()).toEqual(['nothing to do']);
    const { status, error } = (await desk.get(json.id)).json;
    expect([status, error.code]).toEqual(['failed', 'internal']);
    expect(error.message).not.toContain('Upload');
  });

  it('and is killed at every attempt is told as failed once it cannot be running any more', async () => {
    const { json } = await desk.post(orders);
    desk.started.splice(0);
    desk.setNow('2026-03-20T17:45:00Z');
    expect((await desk.get(json.id)).json.status).toBe('queued');
    desk.setNow('2026-03-20T17:46:00Z');
    expect((await desk.get(json.id)).json).toMatchObject({ status: 'failed', error: { code: 'internal' } });
    desk.setNow('2026-03-20T16:30:00Z');
  });

  it('leaves no unfinished upload behind', async () => {
    const { json } = await desk.post(orders);
    await expect(desk.run(without('CompleteMultipartUploadCommand'))).rejects.toThrow();
    expect((await desk.keys()).filter((key) => key.includes(json.id))).toEqual([]);
  });
});

describe('a creator who is erased', () => {
  const erase = (creator: string, sk: string) =>
    desk.shop.table.send(
      new DeleteItemCommand({ TableName: desk.shop.table.name, Key: { pk: { S: settingsOf(creator) }, sk: { S: sk } } }),
    );

  it('before the run: the job fails with a clear reason', async () => {
    await desk.shop.load('c-gone', [makeOrder('o-1', { creator: 'c-gone' })]);
    const { json } = await desk.post(orders, 'c-gone');
    await erase('c-gone', 'S#profile');
    expect(await desk.run()).toEqual(['failed']);
    const { status, error } = (await desk.get(json.id, 'c-gone')).json;
    expect([status, error]).toEqual([
      'failed',
      { code: 'not_found', message: 'The creator is gone: there is nothing left to export.' },
    ]);
  });

  it('while it is written: no object comes into being', async () => {
    await desk.shop.load('c-going', [makeOrder('o-1', { creator: 'c-going' })]);
    const { json } = await desk.post(orders, 'c-going');
    const eraseFirst = (stores: ExportStores): ExportStores => {
      const send = async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'CreateMultipartUploadCommand') await erase('c-going', 'S#profile');
        return stores.results.send(command as never);
      };
      return { ...stores, results: { ...stores.results, send: send as never } };
    };
    expect(await desk.run(eraseFirst)).toEqual(['failed']);
    expect((await desk.keys()).filter((key) => key.includes(json.id))).toEqual([]);
  });

  it('with all settings: the run ends and writes nothing, the job included', async () => {
    await desk.shop.load('c-all', [makeOrder('o-1', { creator: 'c-all' })]);
    const { json } = await desk.post(orders, 'c-all');
    const eraseAll = (stores: ExportStores): ExportStores => {
      const send = async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'CreateMultipartUploadCommand') await erase('c-all', `S#export#${json.id}`);
        return stores.results.send(command as never);
      };
      return { ...stores, results: { ...stores.results, send: send as never } };
    };
    expect(await desk.run(eraseAll)).toEqual(['taken over']);
    expect(await readJob(desk.shop.table, 'c-all', json.id, Date.parse('2026-03-20T16:30:00Z'))).toBeUndefined();
    expect((await desk.keys()).filter((key) => key.includes(json.id))).toEqual([]);
  });
});
