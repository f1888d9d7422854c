/** Who is compared in a week, and by which values? Taken once and then fixed: who joins, leaves or changes is in the next one. */
import type { Membership } from './cohorts.ts';

export interface Candidate extends Membership {
  creatorId: string;
  /** Agreed to be compared, and may take that back; until the next week nothing changes. */
  isOptedIn: boolean;
  /** Values by KPI; absent or null: it has none, and does not count for it. */
  values: { [kpi: string]: Value | null };
}

export interface Value {
  value: number;
  /** How much of the cohort it stands for, such as the orders behind a rate; absent: the value itself. */
  weight?: number;
}

export interface Snapshot {
  /** Its Monday: 2026-11-30. */
  week: string;
  /** Those who opted in. */
  members: (Membership & { values: { [kpi: string]: Value } })[];
}

const isUsable = (value: Value | null | undefined): value is Value =>
  value !== null && value !== undefined && Number.isFinite(value.value) && Number.isFinite(value.weight ?? 0);

/** The snapshot of a week. One that was taken already stays as it is, whatever became of the creators since. */
export function takeSnapshot(week: string, candidates: readonly Candidate[], before?: Snapshot): Snapshot {
  if (before?.week === week) return before;
  return {
    week,
    // No names: what is compared needs none.
    members: candidates
      .filter(({ isOptedIn }) => isOptedIn)
      .map(({ category, tier, country, values }) => ({
        category,
        tier,
        country,
        values: Object.fromEntries(Object.entries(values).filter((pair): pair is [string, Value] => isUsable(pair[1]))),
      })),
  };
}
