/** How does a test reconcile creators whose records it applies and archives itself? Each world in a lake of its own, over one table. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Incoming } from '../../shared/fold/fold.ts';
import { type Reconciliation, reconcileCreators } from '../../shared/lake/reconcile.ts';
import { type EmbeddedLake, makeEmbeddedLake } from './embedded-lake.ts';
import { makeWorld, type World } from './moving-world.ts';
import { changeCell } from './pages.ts';
import { type MadeTable, makeTable } from './servers.ts';
import { anOrder, aRefund } from './snapshots.ts';
import { aStream } from './stream.ts';

export const now = () => Date.parse('2026-06-02T00:00:00Z');
let table: MadeTable;
const lakes: EmbeddedLake[] = [];

beforeAll(async () => {
  table = await makeTable();
}, 60_000);
afterAll(() => table?.close());
afterEach(() => {
  for (const lake of lakes.splice(0)) lake.close();
});

let made = 0;
/** A world of new creators, one for each history, in a lake of its own. */
export async function worldOf(...histories: Incoming[][]): Promise<World> {
  made += 1;
  const lake = await makeEmbeddedLake(undefined, false);
  lakes.push(lake);
  return makeWorld(table, lake, new Map(histories.map((records, i) => [`w${made}-${i}`, records])));
}

export async function reconciled({ stores, profiles }: Pick<World, 'stores' | 'profiles'>): Promise<Reconciliation[]> {
  const results: Reconciliation[] = [];
  for await (const some of reconcileCreators(stores, profiles, { now, wait: 0 })) results.push(...some);
  return results.sort((a, b) => (a.creatorId < b.creatorId ? -1 : 1));
}

export const change = (creator: string, item: string, by: number, field = 'orders') =>
  changeCell(table, `C#${creator}#1`, item, field, by);

export const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'];
/** An order a day, and a refund of the first. */
export const orders = (): Incoming[] =>
  aStream([
    ...days.map((day, i) => anOrder({ placedAt: `${day}T15:00:00Z`, paidAt: `${day}T15:00:00Z` }, { order: `o-${i}` })),
    aRefund({}, { order: 'o-0' }),
  ]);
export const everything = 1000;

/** The table of all worlds; there once the tests of a file begin. */
export const tableOfWorlds = (): MadeTable => table;
