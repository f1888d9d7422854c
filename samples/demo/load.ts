/** How does the demo get into a data folder? Each creator's history once, in bulk; what was cut off is loaded again, the same. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { writeIfRoom, writeWhole } from '../../local/data-dir.ts';
import { mapLimit } from '../../shared/map-limit.ts';
import { isHistoryLoaded } from '../../shared/store/histories.ts';
import { readProfiles } from '../../shared/store/profiles.ts';
import type { Table } from '../../shared/store/table.ts';
import type { DemoOptions } from './history.ts';
import type { LiveMark } from './live-generator.ts';
import { type Loaders, openLoaders } from './load-process.ts';
import { type DemoShop, demoShops } from './shops.ts';

export interface LoadOptions {
  table: Table;
  /** Bucket of the lake, where the history is archived too. */
  lakeBucket?: string;
  /** Leads an SDK client in another process to the same table. */
  environment: Record<string, string>;
  /** Keeps which demo was begun, so that a load that was cut off goes on with the same one. */
  dataDir: string;
  /** Of a demo that is begun anew. */
  seed: number;
  now: number;
  /** What is being done, a line at a time. */
  log: (line: string) => void;
  /** Loads one creator; a process of its own where absent. */
  load?: Loaders['load'];
}

/** Which demo a folder holds, and how far its live generator is; nothing of a live generator while history is loading. */
export interface KeptDemo extends DemoOptions, Partial<LiveMark> {}

const fileOf = (dataDir: string): string => join(dataDir, 'demo.json');

const keepDemo = (dataDir: string, demo: KeptDemo): void => writeWhole(fileOf(dataDir), JSON.stringify(demo));

/** Keeps how far the live generator is, so that the next start goes on from there; on a full disk from before, which repeats and changes nothing. */
export const keepMark = (dataDir: string, demo: KeptDemo): void => void writeIfRoom(fileOf(dataDir), JSON.stringify(demo));

/** The demo of this folder; begun now where there is none. Undefined where its creators came in some other way. */
async function demoOf({ table, dataDir, seed, now }: LoadOptions): Promise<KeptDemo | undefined> {
  const file = fileOf(dataDir);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as KeptDemo;
  const others = await readProfiles(
    table,
    demoShops.map(({ creatorId }) => creatorId),
  );
  if (others.size > 0) return undefined;
  const begun = { seed, now };
  keepDemo(dataDir, begun);
  return begun;
}

/** One core is the store's; two loads keep it busy where there are no more. */
const loadsAtOnce = (): number => Math.max(2, availableParallelism() - 1);

/** Loads what is missing of the demo's history and answers which demo it is; undefined where there is none to load. */
export async function loadDemo(options: LoadOptions): Promise<KeptDemo | undefined> {
  const { log } = options;
  const demo = await demoOf(options);
  if (!demo) {
    log(`The demo is left out: ${demoShops.map(({ creatorId }) => creatorId).join(', ')} hold events of your own.`);
    return undefined;
  }
  const loaders = openLoaders(options.environment);
  try {
    await mapLimit(demoShops, loadsAtOnce(), (shop) => loadShop(shop, demo, { load: loaders.load, ...options }));
  } finally {
    loaders.close();
  }
  return demo;
}

async function loadShop(
  { creatorId, profile }: DemoShop,
  demo: DemoOptions,
  { table, lakeBucket, log, load }: LoadOptions & { load: Loaders['load'] },
): Promise<void> {
  if (await isHistoryLoaded(table, creatorId, 'demo')) return;
  log(`Loading a year of ${profile.name} (${creatorId}) …`);
  const began = performance.now();
  const { events, items, refused } = await load({ tableName: table.name, lakeBucket, demo, creatorId });
  log(`${creatorId}: ${events} events, ${items} items in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (refused[0]) throw new Error(`The demo is wrong: ${refused[0].subject}: ${refused[0].reason}`);
}
