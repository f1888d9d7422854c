/** Which creators are reconciled, and what is kept of it? Those of whom something arrived since the last run; a report item each. */
import { type Profile, readGenerationOf, readProfiles } from '../store/profiles.ts';
import { readMarks } from '../store/progress.ts';
import { putReport, readReport, reportKey } from '../store/report-items.ts';
import { partitionOf, settingsOf, type Table } from '../store/table.ts';
import { arrivedSince } from './arrivals.ts';
import { lakeCellsOfAll, tableCells } from './cells.ts';
import { differingOf, type Reconciliation, reconcileCreator, type Stores } from './reconcile.ts';

// Of no creator, like what the stages say.
const runPartition = 'P#jobs';
const runKey = 'R#reconciliation#run';
const itemKey = reportKey('reconciliation', 'all', 'latest');
/** An item holds 400 KB. */
const mostKept = 200;

/** What the last run found for a creator; undefined before the first. */
export const readReconciliation = async (table: Table, creatorId: string): Promise<Reconciliation | undefined> =>
  (await readReport(table, settingsOf(creatorId), itemKey)) as Reconciliation | undefined;

export interface ReconcileOptions {
  /** Only these; those of whom something arrived since the last run where absent. */
  creators?: string[] | undefined;
  /** Everyone of whom anything ever arrived. */
  isAll?: boolean;
  now?: () => number;
  wait?: number;
  onCreator?: (found: Reconciliation, place: { done: number; of: number }) => void;
}

async function chosen({ table, athena }: Stores, { creators, isAll }: ReconcileOptions): Promise<string[]> {
  if (creators) return creators;
  const last = isAll ? undefined : ((await readReport(table, runPartition, runKey)) as { since: string } | undefined);
  return arrivedSince(athena, last?.since ?? '2000-01-01');
}

/** The creators whose cells are equal at a glance: one question for all. What differs, or is not in the lake, is looked at closely. */
async function* equalAtOnce(
  { table, athena }: Stores,
  profiles: Map<string, Profile>,
  now: () => number,
): AsyncGenerator<Reconciliation> {
  for await (const { creatorId, cells } of lakeCellsOfAll(athena, now())) {
    const profile = profiles.get(creatorId);
    if (!profile) continue;
    const partition = partitionOf(creatorId, readGenerationOf(profile));
    const { asOf } = await readMarks(table, partition);
    const inTable = await tableCells(table, partition, now());
    if (differingOf(inTable, cells).length) continue;
    const at = new Date(now()).toISOString();
    yield { creatorId, at, through: asOf, cells: inTable.size, differing: [], untold: [], moving: 0 };
  }
}

/** Reconciles creator by creator and keeps each result. A creator whose profile is gone is passed over: it was erased meanwhile. */
export async function reconcile(stores: Stores, options: ReconcileOptions = {}): Promise<Reconciliation[]> {
  const { now = Date.now, onCreator } = options;
  const begun = new Date(now()).toISOString().slice(0, 10);
  const names = await chosen(stores, options);
  const profiles = await readProfiles(stores.table, names);
  const results = new Map<string, Reconciliation>();
  const keep = async (found: Reconciliation) => {
    const kept = { ...found, differing: found.differing.slice(0, mostKept) };
    await putReport(stores.table, settingsOf(found.creatorId), itemKey, found.differing.length, kept);
    results.set(found.creatorId, found);
    onCreator?.(found, { done: results.size, of: profiles.size });
  };
  if (!options.creators) for await (const found of equalAtOnce(stores, profiles, now)) await keep(found);
  for (const [creatorId, profile] of profiles)
    if (!results.has(creatorId)) await keep(await reconcileCreator(stores, profile, options));
  // The day itself is looked at again the next time: it had not ended.
  if (!options.creators) await putReport(stores.table, runPartition, runKey, results.size, { since: begun });
  return names.flatMap((name) => results.get(name) ?? []);
}
