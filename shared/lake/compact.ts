/** Which days are compacted? Those that are over and may still have received something, table by table. */
import { addDays } from '../time.ts';
import { lakeTables } from './columns.ts';
import { type Compaction, type CompactOptions, compactDay, nothing } from './compact-day.ts';
import { listDays } from './files.ts';
import type { Lake } from './store.ts';

/** A record is archived for as long as the stream keeps it, and no later: older days are left alone unless they are asked for. */
const daysBack = 14;

export interface CompactLakeOptions extends CompactOptions {
  /** First arrival day looked at; two weeks ago where absent. */
  since?: string | undefined;
  /** Stops before the next day where nothing more should be begun. */
  isTimeUp?: () => boolean;
  onDay?: (table: string, dt: string, done: Compaction) => void;
}

export interface LakeCompaction extends Compaction {
  days: number;
  /** False where time was up first: the next run goes on. */
  isComplete: boolean;
}

/**
 * Compacts every closed arrival day (UTC) since a day. Where a day fails the others are compacted all the same, and its error is thrown
 * in the end.
 */
export async function compactLake(lake: Lake, options: CompactLakeOptions = {}): Promise<LakeCompaction> {
  const { now = Date.now, isTimeUp = () => false, onDay } = options;
  const today = new Date(now()).toISOString().slice(0, 10);
  const since = options.since ?? addDays(today, -daysBack);
  const total: LakeCompaction = { ...nothing(), days: 0, isComplete: true };
  const failures: unknown[] = [];
  for (const table of lakeTables) {
    const days = (await listDays(lake, table.prefix)).filter((day) => day >= since && day < today);
    for (const dt of days) {
      if (isTimeUp()) return finish({ ...total, isComplete: false }, failures);
      try {
        const done = await compactDay(lake, table, dt, options);
        total.days++;
        for (const count of ['merged', 'written', 'rowsRead', 'rowsWritten', 'deleted'] as const) total[count] += done[count];
        total.unreadable.push(...done.unreadable);
        onDay?.(table.name, dt, done);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  return finish(total, failures);
}

function finish(total: LakeCompaction, failures: unknown[]): LakeCompaction {
  if (failures.length) throw failures[0];
  return total;
}
