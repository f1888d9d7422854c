/** Is the demo loaded once, the same again after a load that was cut off, and never over somebody's own events? */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { creatorOf } from '../../samples/demo/catalogue.ts';
import { frameOf } from '../../samples/demo/history.ts';
import { keepMark, type LoadOptions, loadDemo } from '../../samples/demo/load.ts';
import type { LoadTask } from '../../samples/demo/load-process.ts';
import { demoShops } from '../../samples/demo/shops.ts';
import { isHistoryLoaded } from '../../shared/store/histories.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { settingsOf } from '../../shared/store/table.ts';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';
import { folderOf } from './events-of.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
let store: TestTable;
let tasks: LoadTask[];
let told: string[];

beforeAll(async () => {
  store = await startKpiTable();
});
afterAll(() => store.stop());
beforeEach(() => {
  tasks = [];
  told = [];
});

/** Marks a creator as loaded, as the bulk path does at its end. */
const finish = (creatorId: string) =>
  store.client.send(
    new PutItemCommand({ TableName: store.table.name, Item: { pk: { S: settingsOf(creatorId) }, sk: { S: 'S#history#demo' } } }),
  );

function optionsOf(dataDir: string, fails?: string): LoadOptions {
  const load: LoadOptions['load'] = async (task) => {
    tasks.push(task);
    if (task.creatorId === fails) throw new Error('killed');
    await finish(task.creatorId);
    return { events: 1, items: 1, refused: [] };
  };
  return { table: store.table, environment: {}, dataDir, seed: 1, now, log: (line) => told.push(line), load };
}

test('a load that was cut off goes on with the creators that are missing, as of the same instant, and then never again', async () => {
  const dataDir = folderOf({});
  await expect(loadDemo(optionsOf(dataDir, 'c-2'))).rejects.toThrow('killed');
  tasks = [];
  const later = { ...optionsOf(dataDir), now: now + 3_600_000 };
  expect(await loadDemo(later)).toEqual({ seed: 1, now });
  expect(tasks.map(({ creatorId, demo }) => [creatorId, demo.now])).toEqual([['c-2', now]]);
  expect(await isHistoryLoaded(store.table, 'c-2', 'demo')).toBe(true);
  tasks = [];
  keepMark(dataDir, { seed: 1, now, through: now + 60_000, fast: [now] });
  expect(await loadDemo(later)).toEqual({ seed: 1, now, through: now + 60_000, fast: [now] });
  expect(tasks).toEqual([]);
});

test('creators that came in some other way are left alone', async () => {
  const [shop] = demoShops;
  if (!shop) throw new Error('no shop');
  await acceptProfile(store.table, creatorOf(shop, frameOf(shop, { seed: 1, now })));
  expect(await loadDemo(optionsOf(folderOf({})))).toBeUndefined();
  expect(tasks).toEqual([]);
  expect(told).toEqual(['The demo is left out: c-1, c-2, c-3 hold events of your own.']);
});
