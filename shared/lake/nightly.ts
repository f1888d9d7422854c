/** Which creators are reconciled, and what is kept of it? Those of whom something arrived since the last run; a report item each. */
import { readProfiles } from '../store/profiles.ts';
import { putReport, readReport, reportKey } from '../store/report-items.ts';
import { settingsOf, type Table } from '../store/table.ts';
import { arrivedSince } from './arrivals.ts';
import { type Reconciliation, reconcileCreator, type Stores } from './reconcile.ts';

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

/** Reconciles creator by creator and keeps each result. A creator whose profile is gone is passed over: it was erased meanwhile. */
export async function reconcile(stores: Stores, options: ReconcileOptions = {}): Promise<Reconciliation[]> {
  const { now = Date.now, onCreator } = options;
  const begun = new Date(now()).toISOString().slice(0, 10);
  const names = await chosen(stores, options);
  const profiles = await readProfiles(stores.table, names);
  const known = names.flatMap((name) => profiles.get(name) ?? []);
  const results: Reconciliation[] = [];
  for (const profile of known) {
    const found = await reconcileCreator(stores, profile, options);
    const kept = { ...found, differing: found.differing.slice(0, mostKept) };
    await putReport(stores.table, settingsOf(profile.creatorId), itemKey, found.differing.length, kept);
    results.push(found);
    onCreator?.(found, { done: results.length, of: known.length });
  }
  // The day itself is looked at again the next time: it had not ended.
  if (!options.creators) await putReport(stores.table, runPartition, runKey, results.length, { since: begun });
  return results;
}
