/**
 * Do the totals agree with the lake, cell by cell, for real shops? And is a cell that was changed by hand found, with what is behind it?
 * Real sellers and the UCI shop where the files are at hand (RECONCILE_SELLERS of them; all of UCI with RECONCILE_UCI=all),
 * else a demo shop's newest events.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/main.ts';
import { demoHistory } from '../../samples/demo/history.ts';
import { olistEvents } from '../../samples/olist.ts';
import { uciEvents } from '../../samples/uci.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { openAthena } from '../../shared/lake/athena.ts';
import { lakeValues } from '../../shared/lake/compared-values.ts';
import { readReconciliation, reconcile } from '../../shared/lake/reconcile-all.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { postEvents } from '../../shared/sources/post/post-events.ts';
import { readEntities } from '../../shared/store/entities.ts';
import { readPartition } from '../../shared/store/partition.ts';
import { openTable } from '../../shared/store/table.ts';
import { changeCell } from '../make/pages.ts';
import { roundsOf, spread } from '../rounds.ts';
import { benchData } from '../samples/bench-data.ts';
import { all } from '../samples/events-of.ts';

const minutes = 60_000;
const sellers = Number(process.env.RECONCILE_SELLERS ?? roundsOf('sellers'));
const invoices =
  process.env.RECONCILE_UCI === 'all' ? Number.POSITIVE_INFINITY : Number(process.env.RECONCILE_UCI ?? 100 * roundsOf('sellers'));

async function* firstOf(events: AsyncIterable<CloudEvent> | Iterable<CloudEvent>, count: number): AsyncGenerator<CloudEvent> {
  let n = 0;
  for await (const event of events) {
    if (n++ >= count) return;
    yield event;
  }
}

async function theEvents(): Promise<CloudEvent[]> {
  const olist = benchData('olist');
  const uci = benchData('uci-online-retail');
  if (!olist || !uci) {
    const [shop] = demoHistory({ seed: 1, now: Date.now() });
    return shop ? [shop.creator, ...[...shop.events].slice(-1500)] : [];
  }
  return [
    ...(await all(olistEvents(olist, { report: newReport(), creators: sellers }))),
    ...(await all(firstOf(uciEvents(uci, { report: newReport() }), invoices))),
  ];
}

describe('stream and lake', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'reconcile-'));
  let runtime: Runtime;
  let stores: Parameters<typeof reconcile>[0];

  beforeAll(async () => {
    runtime = await startRuntime({ port: 0, dataDir, windowSeconds: 1 });
    const { environment = {} } = runtime.deployment.functions.find(({ name }) => name === 'reconcile') ?? {};
    const { endpoints, clients } = runtime.servers;
    const athena = new AthenaClient({
      region: runtime.deployment.region,
      endpoint: endpoints.athena,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    stores = {
      table: openTable(environment.TABLE_NAME ?? '', clients.dynamodb),
      athena: openAthena(environment.ATHENA_DATABASE ?? '', environment.ATHENA_WORK_GROUP ?? '', athena),
    };
    const target = { url: () => runtime.url, token: () => runtime.token({ roles: ['service'] }) };
    const { rejected } = await postEvents(await theEvents(), { target });
    expect(rejected).toEqual(new Map());
    await runtime.drained();
  }, 60 * minutes);
  afterAll(async () => {
    await runtime?.stop();
    rmSync(dataDir, { recursive: true, maxRetries: 5 });
  });

  test('agree in every cell of every creator', { timeout: 60 * minutes }, async () => {
    const results = await reconcile(stores, { wait: 100 });
    const cells = results.reduce((sum, one) => sum + one.cells, 0);
    console.log(
      `${results.length} creators, ${cells} cells: ${results.reduce((sum, one) => sum + one.differing.length, 0)} differing`,
    );
    expect(results.flatMap(({ differing }) => differing)).toEqual([]);
    expect(results.map(({ moving }) => moving)).toEqual(results.map(() => 0));
    expect(cells).toBeGreaterThan(1000);
  });

  test('are told apart by one cell that was changed by hand: that cell, and the orders behind it', {
    timeout: 5 * minutes,
  }, async () => {
    const [first] = await reconcile(stores, { isAll: true, wait: 100 });
    const creatorId = first?.creatorId ?? '';
    const partition = `C#${creatorId}#1`;
    const { applied } = (await readPartition(stores.table, partition)).backlog;
    let cells = new Map<string, number>();
    for await (const [, some] of lakeValues(stores.athena, new Map([[creatorId, applied]]), 'day', Date.now())) cells = some;
    const [day = ''] = [...cells.keys()].find((cell) => /^D#sales#total#\S+ orders$/.test(cell))?.split(' ') ?? [];
    const changed = spread([day, day.slice(0, -3).replace('D#', 'M#')], roundsOf('changedCells'));
    const change = (item: string, by: number) => changeCell(stores.table, partition, item, 'orders', by);
    for (const item of changed) {
      const orders = cells.get(`${item} orders`) ?? 0;
      await change(item, 1);
      const [found] = await reconcile(stores, { creators: [creatorId], wait: 100 });
      await change(item, -1);
      expect(found?.differing).toEqual([{ item, field: 'orders', table: orders + 1, lake: orders, entities: expect.any(Array) }]);
      const entities = found?.differing[0]?.entities ?? [];
      expect(entities).toHaveLength(Math.min(orders, 50));
      const period = item.split('#').at(-1) ?? '';
      for (const [, { contributions }] of await readEntities(stores.table, partition, entities))
        expect(contributions.some(([of, at, , values]) => of === 'sales' && at.startsWith(period) && values.orders === 1)).toBe(
          true,
        );
      expect(await readReconciliation(stores.table, creatorId)).toMatchObject({ creatorId, differing: found?.differing });
    }
  });

  /** The command on the running service; stopped as by Ctrl-C as soon as it says `until`. */
  async function command(flags: string[], until?: RegExp): Promise<{ code: number | null; out: string; error: string }> {
    const child = spawn(process.execPath, ['commands/reconcile.ts', ...flags, '--data-dir', dataDir]);
    let [out, error] = ['', ''];
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      error += text;
      if (!child.killed && until?.test(error)) child.kill('SIGINT');
    });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, out, error };
  }

  test('are compared by the command, which says how far it is and ends with 0', { timeout: 5 * minutes }, async () => {
    const { code, out } = await command(['--all']);
    expect(code).toBe(0);
    expect(out).toMatch(/^\[1\/\d+\] \S+: [\d,]+ cells?, 0 differing; compared through 20/m);
    expect(out).toMatch(/^\d+ creators?, [\d,]+ cells: 0 differing$/m);
  });

  test('are not compared for a creator that there is not: it is named at once', { timeout: minutes }, async () => {
    const { code, out, error } = await command(['--creator', 'nobody,no-one']);
    expect([code, out]).toEqual([2, '']);
    expect(error).toMatch(/^There is no creator nobody, no-one\.\n/);
  });

  test('end without a trace of failure when they are stopped', { timeout: minutes }, async () => {
    const { code, error } = await command(['--all'], /creators to compare/);
    expect(code).toBe(130);
    expect(error).toMatch(/Stopped: what was compared so far/);
    expect(error).not.toMatch(/Error|\bat /);
  });
});
