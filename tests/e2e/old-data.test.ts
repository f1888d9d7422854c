/** Is what an earlier version stored read as before: totals, lake files, exports, saved views, and the stream that goes on? */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { AthenaClient } from '@aws-sdk/client-athena';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../functions/http.ts';
import { routes as reportRoutes } from '../../functions/report/routes.ts';
import { routes as exportRoutes } from '../../functions/request-export/routes.ts';
import { routes as settingsRoutes } from '../../functions/settings/routes.ts';
import { openDataDir } from '../../local/data-dir.ts';
import { planDeployment } from '../../local/deployment.ts';
import { startRuntime } from '../../local/main.ts';
import { type Servers, startServers } from '../../local/servers/main.ts';
import { synthesize } from '../../local/synth.ts';
import { readStacks } from '../../local/template.ts';
import { type Athena, openAthena, rowsFor } from '../../shared/lake/athena.ts';
import { compactLake } from '../../shared/lake/compact.ts';
import { reconcile } from '../../shared/lake/reconcile-all.ts';
import { openLinks } from '../../shared/lake/signed-link.ts';
import { openLake } from '../../shared/lake/store.ts';
import { readDailySnapshot } from '../../shared/store/daily-snapshots.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { upgradeTable } from '../../shared/store/upgrade.ts';
import { makeOrder } from '../make/events.ts';
import { type Answered, ask } from '../make/request.ts';

const fixture = join(import.meta.dirname, '..', 'fixtures', 'data-6c72303');
const read = (name: string): Buffer => brotliDecompressSync(readFileSync(join(fixture, name)));
const minutes = 60_000;

interface Stored {
  route: string;
  creatorId: string;
  query: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered
  answer: any;
}
const { now, answers } = JSON.parse(read('answers.json.br').toString()) as { now: number; answers: Stored[] };
const creators = [...new Set(answers.map(({ creatorId }) => creatorId))];

/** Puts the stored folder where a runtime finds it. */
function unpack(folder: string): void {
  const data = read('data.br');
  const end = data.indexOf('\n');
  let at = end + 1;
  for (const [path, bytes] of JSON.parse(data.subarray(0, end).toString()) as [string, number][]) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data.subarray(at, at + bytes));
    at += bytes;
  }
  expect(at).toBe(data.length);
}

const dataDir = mkdtempSync(join(tmpdir(), 'old-data-'));
let stop: (() => Promise<void>) | undefined;
let servers: Servers;
let stores: { table: Table; athena: Athena };
let environment: Record<string, string>;
let asked: (stored: Pick<Stored, 'route' | 'creatorId'> & { query?: Record<string, string>; id?: string }) => Promise<Answered>;

beforeAll(async () => {
  unpack(dataDir);
  const { outDir } = await synthesize(() => {});
  const names = join(outDir, 'bundle-names.json');
  const deployment = planDeployment(readStacks(outDir), existsSync(names) ? JSON.parse(readFileSync(names, 'utf8')) : {});
  const folder = openDataDir(dataDir);
  servers = await startServers(folder, deployment, (reason) => {
    throw reason;
  });
  stop = async () => {
    await servers.stop();
    folder.release();
  };
  environment = Object.assign({}, ...deployment.functions.map((each) => each.environment));
  const { endpoints, clients } = servers;
  const account = { region: deployment.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const table = openTable(environment.TABLE_NAME ?? '', clients.dynamodb);
  expect(folder.isToUpgrade).toBe(true);
  // Twice, as a start does that was cut off.
  for (const _ of [1, 2]) expect(await upgradeTable(table)).toBe(creators.length);
  const athena = new AthenaClient({ ...account, endpoint: endpoints.athena });
  stores = { table, athena: openAthena(environment.ATHENA_DATABASE ?? '', environment.ATHENA_WORK_GROUP ?? '', athena) };
  const needs = {
    table,
    version: 'of now',
    cursorKey: 'a key',
    sendsMail: false,
    start: async () => {},
    sign: openLinks(environment.RESULTS_BUCKET ?? '', clients.s3),
  };
  const handler = serve(
    [...reportRoutes, ...settingsRoutes, ...exportRoutes] as never[],
    () => needs,
    () => now,
  );
  asked = ({ route, creatorId, query, id }) =>
    ask(handler, { route, creatorId, as: creatorId, ...(query ? { query } : {}), ...(id === undefined ? {} : { id }) });
}, 10 * minutes);
afterAll(async () => {
  await stop?.();
  rmSync(dataDir, { recursive: true, maxRetries: 5 });
});

/** The files of a creator's exports, by their signed links. */
async function filesOf(creatorId: string): Promise<{ name: string; sha256: string; bytes: Buffer }[]> {
  const { json } = await asked({ route: 'GET /v1/creators/{creatorId}/exports', creatorId });
  return Promise.all(
    json.exports.map(async ({ id }: { id: string }) => {
      const { name, sha256, url } = (await asked({ route: 'GET /v1/creators/{creatorId}/exports/{id}', creatorId, id })).json;
      return { name, sha256, bytes: Buffer.from(await (await fetch(url)).arrayBuffer()) };
    }),
  );
}

describe('by today’s code', () => {
  test.each(
    answers.map((stored) => [stored.creatorId, stored.route, JSON.stringify(stored.query).slice(0, 60), stored] as const),
  )('%s is answered %s %s as then', async (_creator, _route, _query, stored) => {
    const { status, json } = await asked(stored);
    expect(status).toBe(200);
    // The definitions in force are those of now; what was counted under the old ones stays.
    const { definitionVersion: _, ...then } = stored.answer;
    expect(json).toMatchObject(then);
  });

  test.each(creators)('the files of %s’s exports are there, whole', async (creatorId) => {
    const files = await filesOf(creatorId);
    expect(files.map(({ name }) => name.split('.').at(-1)).sort()).toEqual(['csv', 'parquet']);
    for (const { bytes, sha256 } of files) expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  test('the lake agrees with the totals in every cell, before and after it is compacted', { timeout: 10 * minutes }, async () => {
    const differing = async () => {
      const found = await reconcile(stores, { now: () => now });
      expect(found.map(({ creatorId }) => creatorId).sort()).toEqual(creators);
      for (const { cells } of found) expect(cells).toBeGreaterThan(50);
      return found.flatMap((one) => one.differing);
    };
    expect(await differing()).toEqual([]);
    const lake = openLake(environment.LAKE_BUCKET ?? '', servers.clients.s3);
    const { unreadable, rowsWritten } = await compactLake(lake, { now: () => now + 86_400_000, grace: 0 });
    expect({ unreadable, isMore: rowsWritten > 0 }).toEqual({ unreadable: [], isMore: true });
    expect(await differing()).toEqual([]);
  });

  test('views count what was posted, and the table knows the night that was stored', async () => {
    const counted = new Map<string, number>();
    for await (const { creator_id, n } of rowsFor(stores.athena, 'SELECT creator_id, count(*) AS n FROM orders GROUP BY 1'))
      counted.set(creator_id ?? '', Number(n));
    // The exports of then hold every order, each in a row of its own.
    for (const creatorId of creators) {
      const { bytes } = (await filesOf(creatorId)).find(({ name }) => name.startsWith('orders')) ?? { bytes: Buffer.of() };
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      expect(counted.get(creatorId)).toBe(Number(parquetMetadata(file).num_rows));
    }
    // Its files are in sight for 33 days only, by the clock of the day on which this test runs.
    expect(await readDailySnapshot(stores.table, '2026-11-29')).toMatchObject({ attempt: 1, definitions: 1 });
  });
});

test('a runtime goes on where the old one stopped', { timeout: 10 * minutes }, async () => {
  await stop?.();
  const runtime = await startRuntime({ port: 0, dataDir, windowSeconds: 1, web: 'web' });
  stop = runtime.stop;
  const [creatorId = ''] = creators;
  const token = await runtime.token({ creator: creatorId, roles: ['creator'] });
  const ordersNow = async (): Promise<number> => {
    const day = '2026-03-01';
    const url = `${runtime.url}/v1/creators/${creatorId}/kpis?names=orders&from=${day}&to=${day}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { series: { total: number }[] }).series[0]?.total ?? Number.NaN;
  };
  const before = await ordersNow();
  const sent = await fetch(`${runtime.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await runtime.token({ roles: ['service'] })}`, 'content-type': 'application/json' },
    body: JSON.stringify([makeOrder('new-one')]),
  });
  expect(await sent.json()).toMatchObject({ accepted: 1 });
  await runtime.drained();
  expect(await ordersNow()).toBe(before + 1);
});
