/** What is in the file that was asked for, and what is said of it: rows, money, times, link, manifest? */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder, makeRefund, makeShipment } from '../make/events.ts';
import { partUnits, rounded, toldNumber, unitIn } from '../make/told.ts';

let desk: ExportsContext;
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
    ['what is narrowed', { names: ['netSales', 'refundRate'], where: 'channel:live,video', compare: 'previous' }],
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
    // biome-ignore lint/suspicious/noExplicitAny: the answer of a handler
    const expected = screen.json.series.flatMap((series: any) => {
      const { name, points, compare, total, breakdown = [] } = series;
      const unit = unitIn('USD', name);
      const parts = partUnits('USD', name);
      const told = (figures: Record<string, unknown>, more: object) => ({
        ...Object.fromEntries(['p50', 'p90'].map((part) => [part, toldNumber(figures[part], unit)])),
        ...Object.fromEntries(Object.entries(parts).map(([part, of]) => [part, toldNumber(figures[part], of)])),
        n: figures.n ?? null,
        ...more,
      });
      const same = { kpi: name, unit, dimension_value: series.value ?? null };
      const pointOf = (range: string) => (point: Record<string, unknown>) =>
        told(point, {
          ...same,
          range,
          row: 'point',
          at: point.at,
          value: point.noData && point.value === 0 ? null : toldNumber(point.value, unit),
          state: point.state,
        });
      return [
        ...points.map(pointOf('asked')),
        ...breakdown.map((share: Record<string, unknown>) =>
          told({}, { ...same, range: 'asked', row: 'share', value: share.value }),
        ),
        told(series, {
          ...same,
          range: 'asked',
          row: 'total',
          value: series.noData ? null : toldNumber(total, unit),
          // A rate changes in points.
          change: series.unit === 'ratio' ? null : toldNumber(compare?.change, '%'),
          earlier: compare?.noData ? null : toldNumber(compare?.total, unit),
          state: series.state,
        }),
        ...(compare?.points.map(pointOf('compared')) ?? []),
        ...(compare
          ? [
              told(compare, {
                ...same,
                range: 'compared',
                row: 'total',
                value: compare.noData ? null : toldNumber(compare.total, unit),
                state: compare.state,
              }),
            ]
          : []),
      ];
    });
    const all = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, rounded(value)])));
    expect(all).toMatchObject(expected);
    expect(rows).toHaveLength(expected.length);
    expect(job.rowCount).toBe(rows.length);
  });

  it('says of money which currency, and of everything which unit', async () => {
    const job = await desk.finished({ what: { kpis }, format: 'csv' });
    const units = rowsIn(await fileOf(job)).map((row) => [row.Number, row.Unit].join(' '));
    const titled = (name: string) => dictionary.entries.get(name)?.kpi.title;
    expect([...new Set(units)]).toEqual([`${titled('netSales')} USD`, `${titled('orders')} count`, `${titled('refundRate')} %`]);
  });
});

describe('an export of entities', () => {
  const exported = async (what: object) => rowsIn(await fileOf(await desk.finished({ what, format: 'csv' })));

  it('has a row for each, times in UTC and in the creator’s zone, money in its currency', async () => {
    const rows = await exported({ entities: 'orders' });
    expect(rows.map((row) => row['Order ID'])).toEqual(["'=o-2", 'o-1', 'o-3']);
    expect(rows[1]).toMatchObject({
      'Order value': '10.00',
      Currency: 'USD',
      Channel: 'live',
      'Paid at (UTC)': '2026-03-01T14:03:00.000Z',
      'Paid at (local)': '2026-03-01T09:03:00-05:00',
    });
  });

  it('of a range has those of whose own time the local day lies in it', async () => {
    // 04:30 in UTC is still the evening before in New York.
    const rows = await exported({ entities: 'orders', from: '2026-03-01', to: '2026-03-01' });
    expect(rows.map((row) => row['Order ID'])).toEqual(["'=o-2", 'o-1']);
    expect(await exported({ entities: 'orders', from: '2026-03-04' })).toEqual([]);
  });

  it('reaches the lines and parts of an order', async () => {
    expect(
      (await exported({ entities: 'order_lines' })).map((row) => [
        row['Order ID'],
        row.Line,
        row['Product ID'],
        row['Gross amount'],
        row.Currency,
      ]),
    ).toEqual([
      ["'=o-2", '1', "'+p-2", '25.00', 'USD'],
      ['o-1', '1', 'p-1', '10.00', 'USD'],
      ['o-3', '1', 'p-1', '10.00', 'USD'],
    ]);
    expect(await exported({ entities: 'shipments' })).toMatchObject([
      { 'Order ID': 'o-1', 'Shipment ID': 's-1', 'Label cost': '4.12', Currency: 'USD' },
    ]);
    expect(await exported({ entities: 'refunds' })).toMatchObject([
      { 'Refund ID': 'r-1', 'Completed at (UTC)': '2026-03-02T10:00:00.000Z' },
    ]);
  });

  it('of nothing is done, with a header and no row', async () => {
    const job = await desk.finished(orders, 'c-2');
    expect(job).toMatchObject({ status: 'done', rowCount: 0 });
    expect((await fileOf(job)).toString()).toMatch(/^Order ID,[\w ,()]+\r\n$/);
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
      definitionVersion: String(dictionary.latest),
      asOf: expect.any(String),
      lagSeconds: 0,
    });
    expect(manifest.columns.find(({ name }: { name: string }) => name === 'value')).toEqual({
      name: 'value',
      title: 'Value',
      type: 'quantity',
      unit: { column: 'unit' },
      about: 'the number, in unit; empty where nothing is known',
    });
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
