/** What of creators who send little? What of them waits for long is merged by a daily run, before what is pending expires. */
import { eachLimit } from '../map-limit.ts';
import { readCreators } from './creators.ts';
import { readEntities } from './entities.ts';
import { mergePending } from './merge.ts';
import { readPartition } from './partition.ts';
import type { Pending } from './pending.ts';
import { readGenerationOf, readProfiles } from './profiles.ts';
import { partitionOf, type Table } from './table.ts';

const creatorsAtOnce = 16;
const creatorsPerPage = 500;
const anHour = 3_600_000;

/** What a run has come to: partitions that it merged, and those at which it failed. */
export interface MergedWaiting {
  creators: number;
  merged: number;
  failed: number;
}

/**
 * The last mark up to which every entity is durable; undefined where none is. A batch appends before it writes its entities, and one that
 * broke off between the two is sent again.
 */
async function durableThrough(
  table: Table,
  partition: string,
  { changes, hidden, marks, foldedThrough = '~' }: Pending,
): Promise<string | undefined> {
  // What is void is still to come in another form.
  const all = [...changes, ...hidden].sort((a, b) => (a.seq < b.seq ? -1 : 1));
  const entities = await readEntities(table, partition, new Set(all.map(({ root }) => root)));
  const firstOpen = all.find(({ seq, root }) => (entities.get(root)?.seq ?? '') < seq)?.seq ?? '~';
  return marks.findLast(({ seq }) => seq < firstOpen && seq <= foldedThrough)?.seq;
}

/** Merges what has waited for an hour in a partition; false where nothing has. */
async function mergeOld(table: Table, partition: string, now: number): Promise<boolean> {
  const { pending } = await readPartition(table, partition);
  const [oldest] = pending.marks;
  if (!oldest || now - Date.parse(oldest.asOf) < anHour) return false;
  const through = await durableThrough(table, partition, pending);
  if (through === undefined) return false;
  await mergePending(table, partition, through);
  return true;
}

/** Merges for all creators what has waited for an hour or more, at an instant (ms). One that fails holds up no other. */
export async function mergeWaiting(table: Table, now: number): Promise<MergedWaiting> {
  const run: MergedWaiting = { creators: 0, merged: 0, failed: 0 };
  for (let after = ''; ; ) {
    const ids = (await readCreators(table, '', after, creatorsPerPage)).map(({ creatorId }) => creatorId);
    const profiles = [...(await readProfiles(table, ids)).values()];
    const partitions = profiles.flatMap((profile) =>
      [...new Set([profile.generation, readGenerationOf(profile)])].map((generation) =>
        partitionOf(profile.creatorId, generation),
      ),
    );
    const failed = await eachLimit(partitions, creatorsAtOnce, async (partition) => {
      if (await mergeOld(table, partition, now)) run.merged++;
    });
    run.creators += ids.length;
    run.failed += failed.length;
    after = ids.at(-1) ?? '';
    if (ids.length < creatorsPerPage) return run;
  }
}
