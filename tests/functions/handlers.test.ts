/** Do the handlers, as they are deployed, find table and stream by their environment alone? */

import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { handler as collect } from '../../functions/collect-events/handler.ts';
import { handler as report } from '../../functions/report/handler.ts';
import { readReportValue, reportKey } from '../../shared/store/report-items.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { ask } from '../make/request.ts';
import { type MadeStream, type MadeTable, makeStream, makeTable } from '../make/servers.ts';

let table: MadeTable;
let stream: MadeStream;
beforeAll(async () => {
  [table, stream] = await Promise.all([makeTable(), makeStream()]);
  const environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: await table.listen(),
    AWS_ENDPOINT_URL_KINESIS: stream.url,
    TABLE_NAME: 'kpi',
    STREAM_NAME: 'events',
    STREAM_EPOCH: '2',
    VENDOR_KEYS: 'keys',
    API_VERSION: '9.9.9',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([table.close(), stream.close()]);
});

it('what collect-events took in, report says is on its way', async () => {
  const body = [makeCreator(), makeOrder('o-1')];
  const sent = await ask(collect, { route: 'POST /v1/events', roles: ['service'], body });
  expect(sent).toMatchObject({ status: 202, json: { accepted: 2 } });
  expect((await stream.records()).map(({ record }) => record.stamp.epoch)).toEqual([2, 2]);
  const query = { names: 'orders', from: '2026-03-01', to: '2026-03-01' };
  const told = await ask(report, { route: 'GET /v1/creators/{creatorId}/kpis', creatorId: 'c-1', as: 'c-1', query });
  expect(told).toMatchObject({ status: 200, json: { asOf: null, series: [{ total: 0 }] } });
  expect(told.json.lagSeconds).toBeGreaterThan(0);
  const { sources } = (await ask(report, { route: 'GET /v1/health', roles: null })).json;
  for (const { name, lagSeconds } of sources) expect(lagSeconds, name).toBeGreaterThan(0);
});

it('report knows the version it was deployed as', async () => {
  expect((await ask(report, { route: 'GET /v1/health', roles: null })).json).toMatchObject({ status: 'ok', version: '9.9.9' });
});

it('what a job stored for a range is read back, and nothing where it stored none', async () => {
  const Item = { pk: { S: 'C#c-1#1' }, sk: { S: reportKey('cohort', '2026-01-01', '2026-01-31') }, value: { N: '0.25' } };
  await table.send(new PutItemCommand({ TableName: 'kpi', Item }));
  expect(await readReportValue(table, 'C#c-1#1', 'cohort', '2026-01-01', '2026-01-31')).toBe(0.25);
  expect(await readReportValue(table, 'C#c-1#1', 'cohort', '2026-02-01', '2026-02-28')).toBeNull();
});
