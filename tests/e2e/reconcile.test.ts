/**
 * Do the totals agree with the lake, cell by cell, for real shops? And is a cell that was changed by hand found, with what is behind it?
 * Real sellers and the UCI shop where the files are at hand (RECONCILE_SELLERS of them, 6 unless told; all of UCI with RECONCILE_UCI=all),
 * else a demo shop's newest events.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/main.ts';
import { demoHistory } from '../../samples/demo/history.ts';
import { newReport } from '../../samples/import-report.ts';
import { olistEvents } from '../../samples/olist.ts';
import { postEvents } from '../../samples/post-events.ts';
import { uciEvents } from '../../samples/uci.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { openAthena } from '../../shared/lake/athena.ts';
import { lakeCells } from '../../shared/lake/cells.ts';
import { readReconciliation, reconcile } from '../../shared/lake/nightly.ts';
import { readEntities } from '../../shared/store/entities.ts';
import { openTable } from '../../shared/store/table.ts';
import { benchData } from '../samples/bench-data.ts';
import { all } from '../samples/events-of.ts';

const minutes = 60_000;
const sellers = Number(process.env.RECONCILE_SELLERS ?? 6);
const invoices = process.env.RECONCILE_UCI === 'all' ? Number.POSITIVE_INFINITY : Number(process.env.RECONCILE_UCI ?? 600);

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
    const cells = await lakeCells(stores.athena, creatorId, Date.now());
    const [day = ''] = [...cells.keys()].find((cell) => /^D#sales#total#\S+ orders$/.test(cell))?.split(' ') ?? [];
    const changed = [day, day.slice(0, -3).replace('D#', 'M#')];
    const change = (item: string, by: number) =>
      stores.table.send(
        new UpdateItemCommand({
          TableName: stores.table.name,
          Key: { pk: { S: partition }, sk: { S: item } },
          UpdateExpression: 'ADD orders :by',
          ExpressionAttributeValues: { ':by': { N: String(by) } },
        }),
      );
    for (const item of changed) {
      const orders = cells.get(`${item} orders`) ?? 0;
      await change(item, 1);
      const [found] = await reconcile(stores, { creators: [creatorId], wait: 100 });
      await change(item, -1);
      expect(found?.differing).toEqual([{ item, field: 'orders', table: orders + 1, lake: orders, entities: expect.any(Array) }]);
      const entities = found?.differing[0]?.entities ?? [];
      expect(entities).toHaveLength(Math.min(orders, 50));
      const period = item.split('#').at(-1) ?? '';
      for (const [, { told }] of await readEntities(stores.table, partition, entities))
        expect(told.some(([of, at, , values]) => of === 'sales' && at.startsWith(period) && values.orders === 1)).toBe(true);
      expect(await readReconciliation(stores.table, creatorId)).toMatchObject({ creatorId, differing: found?.differing });
    }
  });
});
