/** Does an export come out of the embedded runtime as it does in AWS: asked for, written by its own function, fetched by its link? */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Runtime, startRuntime } from '../../local/main.ts';
import type { Role } from '../../shared/api/endpoint.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { settingsOf } from '../../shared/store/table.ts';
import { makeCreator, makeOrder, makeRefund } from '../make/events.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'exports-'));
let runtime: Runtime;

beforeAll(async () => {
  runtime = await startRuntime({ port: 0, dataDir, windowSeconds: 0 });
  const events = [
    makeCreator(),
    makeOrder('o-1'),
    makeOrder('o-2', { unitPrice: 2500 }),
    makeRefund('o-1', 'r-1', '2026-03-02T10:00:00Z', 400),
  ];
  const headers = { 'content-type': 'application/cloudevents-batch+json' };
  const sent = await call('service', 'POST', '/v1/events', events, headers);
  expect(sent).toMatchObject({ accepted: 4, rejected: [] });
  await runtime.drained('aggregate');
});
afterAll(async () => {
  await runtime?.stop();
  rmSync(dataDir, { recursive: true, maxRetries: 5 });
});

async function call(
  role: Role,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
): Promise<any> {
  const token = await runtime.token({ roles: [role], ...(role === 'creator' ? { creator: 'c-1' } : {}) });
  const response = await fetch(runtime.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

const exports = '/v1/creators/c-1/exports';

/** What the embedded inbox tells of its mails. */
interface Inbox {
  emails: { from: string; destination: { to: string[] }; body: { text: string; html: string } }[];
}

/** Asks for an export and waits for its end. */
async function exported(what: object, format: string) {
  const job = await call('creator', 'POST', exports, { what, format });
  expect(job).toMatchObject({ status: 'queued', format, rowCount: null, url: null });
  await expect
    .poll(async () => (await call('creator', 'GET', `${exports}/${job.id}`)).status, { timeout: 30_000, interval: 50 })
    .toMatch(/done|failed/);
  return call('creator', 'GET', `${exports}/${job.id}`);
}

describe('an export of KPIs', () => {
  const query = { names: ['netSales', 'orders', 'refundRate'], from: '2026-03-01', to: '2026-03-03' };

  it('is written by its own function and holds the very numbers of the screen', async () => {
    const job = await exported({ kpis: query }, 'csv');
    expect(job).toMatchObject({ status: 'done', rowCount: 12 });
    const file = Buffer.from(await (await fetch(job.url)).arrayBuffer());
    expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([job.bytes, job.sha256]);
    const rows: Record<string, string>[] = parse(file, { columns: true });
    const { series } = await call(
      'creator',
      'GET',
      `/v1/creators/c-1/kpis?names=${query.names}&from=${query.from}&to=${query.to}`,
    );
    const { kpis } = await call('creator', 'GET', '/v1/kpis');
    for (const { name, unit, points, total } of series) {
      const title = kpis.find((kpi: { name: string }) => kpi.name === name).title;
      const own = rows.filter((row) => row.Number === title);
      const told = (value: number | null) =>
        value === null
          ? ''
          : unit === 'money'
            ? (value / 100).toFixed(2)
            : String(unit === 'ratio' ? Number((value * 100).toPrecision(12)) : value);
      const read = (text = '') => (unit === 'ratio' && text ? String(Number(Number(text).toPrecision(12))) : text);
      const values = own.filter((row) => row.Row === 'Day').map((row) => [row.From, read(row.Value)]);
      expect(values).toEqual(points.map(({ at, value }: { at: string; value: number }) => [at, told(value)]));
      expect(read(own.find((row) => row.Row === 'Whole range')?.Value)).toBe(told(total));
    }
    const manifest = await (await fetch(job.manifestUrl)).json();
    expect(manifest).toMatchObject({
      rows: 12,
      bytes: job.bytes,
      sha256: job.sha256,
      definitionVersion: String(dictionary.latest),
      currency: 'USD',
    });
  });
});

describe('an export of entities', () => {
  it.each(['csv', 'xlsx', 'parquet', 'json'])('has as many rows as there are orders: %s', async (format) => {
    expect(await exported({ entities: 'orders' }, format)).toMatchObject({ status: 'done', rowCount: 2 });
  });
});

describe('a scheduled export', () => {
  it('is kept over HTTP and looked after by its function', async () => {
    const path = '/v1/creators/c-1/export-schedules/orders';
    const schedule = { cadence: 'weekly', hour: 6, what: { entities: 'orders' }, format: 'csv' };
    expect(await call('creator', 'PUT', path, schedule)).toMatchObject({ id: 'orders', cadence: 'weekly' });
    expect(await runtime.invoke('export-schedules', {})).toEqual({ started: 0 });
    expect(await call('creator', 'DELETE', path)).toEqual({ id: 'orders' });
  });

  it('mails a link whose file is the one that the manifest tells of', async () => {
    const path = '/v1/creators/c-1/export-schedules/mailed';
    const mailTo = 'ana@example.com';
    const schedule = { cadence: 'daily', hour: 0, what: { report: 'dashboard' }, format: 'csv', mailTo };
    expect(await call('creator', 'PUT', path, schedule)).toMatchObject({ id: 'mailed', isMailed: true, mailTo });
    // As if it had last been due on an earlier day.
    const { name } = runtime.deployment.tables[0] ?? {};
    const Key = { pk: { S: settingsOf('c-1') }, sk: { S: 'S#export-schedule#mailed' } };
    const earlier = { UpdateExpression: 'SET lastDue = :day', ExpressionAttributeValues: { ':day': { S: '2026-01-01' } } };
    await runtime.servers.clients.dynamodb.send(new UpdateItemCommand({ TableName: name, Key, ...earlier }));
    expect(await runtime.invoke('export-schedules', {})).toEqual({ started: 1 });

    const inbox = runtime.servers.endpoints.ses;
    const { emails } = await expect
      .poll(async () => (await fetch(`${inbox}/store`)).json() as Promise<Inbox>, { timeout: 30_000, interval: 100 })
      .toMatchObject({ emails: [{ destination: { to: [mailTo] }, from: 'exports@creator-analytics.example' }] })
      .then(async () => (await fetch(`${inbox}/store`)).json() as Promise<Inbox>);
    const link = /http\S+/.exec(emails[0]?.body.text ?? '')?.[0] ?? '';
    expect(link).toMatch(runtime.url);
    const file = Buffer.from(await (await fetch(link)).arrayBuffer());
    const { exports: jobs } = await call('creator', 'GET', exports);
    const mailed = jobs.find((job: { schedule: string | null }) => job.schedule === 'mailed');
    expect(mailed).toMatchObject({ status: 'done', mail: { status: 'sent' } });
    const { manifestUrl } = await call('creator', 'GET', `${exports}/${mailed.id}`);
    const manifest = JSON.parse(await (await fetch(manifestUrl)).text());
    expect(createHash('sha256').update(file).digest('hex')).toBe(manifest.sha256);
    expect(emails[0]?.body.text).toContain(manifest.sha256);
    expect(readFileSync(join(dataDir, 'logs', 'export.log'), 'utf8')).not.toContain(mailTo);
  });

  it('of another creator is not found', async () => {
    expect(await call('creator', 'GET', '/v1/creators/c-2/export-schedules')).toMatchObject({ status: 404 });
  });
});
