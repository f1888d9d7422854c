/** How does the demo get into a data folder? Each creator's history once, in bulk; what was cut off is loaded again, the same. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../local/data-dir.ts';
import { isHistoryLoaded } from '../../shared/store/bulk.ts';
import { readProfiles } from '../../shared/store/profiles.ts';
import type { Table } from '../../shared/store/table.ts';
import type { DemoOptions } from './history.ts';
import { loadInThread } from './load-thread.ts';
import { type DemoShop, demoShops } from './shops.ts';
import type { TrickleMark } from './trickle.ts';

export interface LoadOptions {
  table: Table;
  /** Bucket of the lake, where the history is archived too. */
  lakeBucket?: string;
  /** Leads an SDK client in another thread to the same table. */
  environment: Record<string, string>;
  /** Keeps which demo was begun, so that a load that was cut off goes on with the same one. */
  dataDir: string;
  /** Of a demo that is begun anew. */
  seed: number;
  now: number;
  /** What is being done, a line at a time. */
  tell: (line: string) => void;
  /** Loads one creator; a thread of its own where absent. */
  load?: typeof loadInThread;
}

/** Which demo a folder holds, and how far its trickle is; nothing of a trickle while history is loading. */
export interface KeptDemo extends DemoOptions, Partial<TrickleMark> {}

const fileOf = (dataDir: string): string => join(dataDir, 'demo.json');

/** Keeps how far the trickle is, so that the next start goes on from there. */
export const keepDemo = (dataDir: string, demo: KeptDemo): void => writeWhole(fileOf(dataDir), JSON.stringify(demo));

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

/** Loads what is missing of the demo's history and answers which demo it is; undefined where there is none to load. */
export async function loadDemo(options: LoadOptions): Promise<KeptDemo | undefined> {
  const { tell } = options;
  const demo = await demoOf(options);
  if (!demo) {
    tell(`The demo is left out: ${demoShops.map(({ creatorId }) => creatorId).join(', ')} hold events of your own.`);
    return undefined;
  }
  const loads = await Promise.allSettled(demoShops.map((shop) => loadShop(shop, demo, options)));
  for (const each of loads) if (each.status === 'rejected') throw each.reason;
  return demo;
}

async function loadShop(
  { creatorId, profile }: DemoShop,
  demo: DemoOptions,
  { table, lakeBucket, environment, tell, load = loadInThread }: LoadOptions,
): Promise<void> {
  if (await isHistoryLoaded(table, creatorId, 'demo')) return;
  tell(`Loading a year of ${profile.name} (${creatorId}) …`);
  const began = performance.now();
  const { events, items, refused } = await load({ tableName: table.name, lakeBucket, demo, creatorId }, environment);
  tell(`${creatorId}: ${events} events, ${items} items in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (refused[0]) throw new Error(`The demo is wrong: ${refused[0].subject}: ${refused[0].reason}`);
}
