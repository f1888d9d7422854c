/** Which creators are reconciled, and what is kept of it? Those of whom something arrived since the last run; a report item each. */

import { mapLimit } from '../map-limit.ts';
import { readProfiles } from '../store/profiles.ts';
import { putReport, readReport, reportKey } from '../store/report-items.ts';
import { settingsOf, type Table } from '../store/table.ts';
import { arrivedSince } from './arrivals.ts';
import type { Stores } from './look.ts';
import { isSettled, type Pace, type Reconciliation, reconcileCreators } from './reconcile.ts';

// Of no creator, like what the stages say.
const runPartition = 'P#jobs';
const runKey = 'R#reconciliation#run';
const itemKey = reportKey('reconciliation', 'all', 'latest');
/** An item holds 400 KB. */
const mostKept = 200;
const mostNamed = 5_000;
const putsAtOnce = 16;

/** What a run leaves to the next one. */
interface Run {
  /** Its day (UTC): who arrived then or later is looked at again, since the day had not ended. */
  since: string;
  /** Who was still moving. */
  unsettled?: string[];
}

/** What the last run found for a creator; undefined before the first. */
export const readReconciliation = async (table: Table, creatorId: string): Promise<Reconciliation | undefined> =>
  (await readReport(table, settingsOf(creatorId), itemKey)) as Reconciliation | undefined;

export interface ReconcileOptions extends Pace {
  /** Only these; those of whom something arrived since the last run where absent. */
  creators?: string[] | undefined;
  /** Everyone of whom anything ever arrived. */
  isAll?: boolean;
  /** How many there are to look at, before the first is. */
  onBegin?: (creators: number) => void;
  onCreator?: (found: Reconciliation, place: { done: number; of: number }) => void;
}

async function chosen(athena: Stores['athena'], { creators, isAll }: ReconcileOptions, last: Run | undefined): Promise<string[]> {
  if (creators) return [...new Set(creators)];
  const arrived = await arrivedSince(athena, (isAll ? undefined : last?.since) ?? '2000-01-01');
  return [...new Set([...arrived, ...(last?.unsettled ?? [])])];
}

/**
 * Reconciles creators and keeps each result; answered in the order in which they were chosen. A creator whose profile is gone is passed
 * over: it was erased meanwhile.
 */
export async function reconcile(stores: Stores, options: ReconcileOptions = {}): Promise<Reconciliation[]> {
  const { now = Date.now, onBegin, onCreator } = options;
  const begun = new Date(now()).toISOString().slice(0, 10);
  const last = (await readReport(stores.table, runPartition, runKey)) as Run | undefined;
  const names = await chosen(stores.athena, options, last);
  const profiles = await readProfiles(stores.table, names);
  const known = names.flatMap((name) => profiles.get(name) ?? []);
  onBegin?.(known.length);
  const results = new Map<string, Reconciliation>();
  for await (const some of reconcileCreators(stores, known, options))
    await mapLimit(some, putsAtOnce, async (found) => {
      const kept = { ...found, differing: found.differing.slice(0, mostKept) };
      await putReport(stores.table, settingsOf(found.creatorId), itemKey, found.differing.length, kept);
      results.set(found.creatorId, found);
      onCreator?.(found, { done: results.size, of: known.length });
    });
  if (!options.creators) {
    const unsettled = [...results.values()].filter((one) => !isSettled(one)).map(({ creatorId }) => creatorId);
    // Too many for an item: the next run begins where this one did.
    const left = unsettled.length > mostNamed ? { since: last?.since ?? '2000-01-01' } : { since: begun, unsettled };
    await putReport(stores.table, runPartition, runKey, results.size, left);
  }
  return names.flatMap((name) => results.get(name) ?? []);
}
