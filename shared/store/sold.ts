/** How much did each of many creators sell, all in all? Added up from months once, and again only for whom something was applied since. */
import { progressKey } from '../fold/keys.ts';
import { eachLimit } from '../map-limit.ts';
import { readKeys } from './items.ts';
import { readPartition } from './partition.ts';
import { readGenerationOf, readProfiles } from './profiles.ts';
import { partitionOf, type Table, textOf } from './table.ts';
import { readTotals } from './totals.ts';

interface Known {
  /** What was accepted of the creator, and all of it applied, when it was added up. */
  accepted: string;
  sold: number;
}

/** Kept as long as the function lives, and true until more is accepted. */
const remembered = new WeakMap<Table, Map<string, Known>>();
const readAtOnce = 24;

/** The sum of one measure over all months, by creator; creators without a profile are left out. Throws when the store leaves some unread. */
export async function readSold(
  table: Table,
  creatorIds: string[],
  { topic, measure }: { topic: string; measure: string },
): Promise<Map<string, number>> {
  const known = remembered.get(table) ?? new Map<string, Known>();
  remembered.set(table, known);
  const profiles = await readProfiles(table, creatorIds);
  const partitions = new Map([...profiles].map(([id, profile]) => [partitionOf(id, readGenerationOf(profile)), id]));
  // Read before the totals: what is applied in between is added up again the next time.
  const keys = [...partitions.keys()].map((partition) => ({ pk: { S: partition }, sk: { S: progressKey } }));
  const marks = await readKeys(table, keys, 'marks', 'pk, accepted');
  const sold = new Map([...partitions.values()].map((id) => [id, 0]));
  const failed = await eachLimit(marks, readAtOnce, async ({ pk, accepted }) => {
    const partition = textOf(pk);
    const name = `${partition} ${topic} ${measure}`;
    let last = known.get(name);
    if (!last || last.accepted !== textOf(accepted)) {
      const from = await readPartition(table, partition);
      const months = { topic, slice: 'total', kind: 'M', from: '0', to: '9' } as const;
      const rows = await readTotals(from, months, [measure], 0);
      last = { accepted: textOf(accepted), sold: rows.reduce((sum, { numbers }) => sum + (numbers[measure] ?? 0), 0) };
      if (from.backlog.applied >= last.accepted) known.set(name, last);
    }
    sold.set(partitions.get(partition) ?? '', last.sold);
  });
  if (failed[0]) throw failed[0].error;
  return sold;
}
