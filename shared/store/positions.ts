/** How far are these creators counted? For whoever has sent their events and waits until reports hold them. */

import { progressKey } from '../fold/keys.ts';
import { mapLimit } from '../map-limit.ts';
import { type Backlog, emptyBacklog, lagOf } from './backlog.ts';
import { readKeys } from './items.ts';
import { withNewest } from './partition.ts';
import { readNewest } from './pending.ts';
import { readGenerationOf, readProfiles } from './profiles.ts';
import { backlogOf } from './progress-item.ts';
import { partitionOf, type Table, textOf } from './table.ts';

const readAtOnce = 16;

export interface CreatorPosition {
  creatorId: string;
  /** Sequence of the newest record that is counted, or in quarantine; '' before the first. */
  position: string;
  lagSeconds: number;
  quarantined: number;
}

/** Positions of those that are known, in the order asked for; `now` in ms. While a generation is filled, of that or the one that is read. */
export async function readPositions(table: Table, creatorIds: string[], now: number): Promise<CreatorPosition[]> {
  const profiles = await readProfiles(table, creatorIds);
  const known = [...new Set(creatorIds)].flatMap((creatorId) => profiles.get(creatorId) ?? []);
  const partitionsOf = known.map((profile) => [
    ...new Set([profile.generation, readGenerationOf(profile)].map((generation) => partitionOf(profile.creatorId, generation))),
  ]);
  const keys = partitionsOf.flat().map((partition) => ({ pk: { S: partition }, sk: { S: progressKey } }));
  const items = new Map(
    await mapLimit(await readKeys(table, keys, 'marks of progress'), readAtOnce, async (item) => {
      const partition = textOf(item.pk);
      return [partition, withNewest(backlogOf(item), await readNewest(table, partition))] as const;
    }),
  );
  return known.map(({ creatorId }, i) => {
    const backlogs = (partitionsOf[i] ?? []).map((partition): Backlog => items.get(partition) ?? emptyBacklog);
    return {
      creatorId,
      position:
        backlogs
          .map(({ applied }) => applied)
          .sort()
          .at(-1) ?? '',
      lagSeconds: Math.max(...backlogs.map((backlog) => lagOf(backlog, now))),
      quarantined: backlogs.reduce((sum, { quarantined }) => sum + quarantined, 0),
    };
  });
}
