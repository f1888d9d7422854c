/** What is dealt with though it is in no total? Records in quarantine, and of a shard everything that the lake has. */
import { noDays } from '../fold/days.ts';
import { eachLimit } from '../map-limit.ts';
import type { Place } from '../stream/read.ts';
import { type MayMove, markAccepted, markApplied } from './progress.ts';
import { archivePrefix } from './progress-item.ts';
import { partitionOf, type Table } from './table.ts';

const marksAtOnce = 8;
// One item takes a thousand writes a second, and each batch of events marks its shards: the marks of a shard are spread over a few.
const marksOfShard = 4;

const newestBy = (places: Place[], keyOf: (place: Place) => string): Map<string, Place> => {
  const newest = new Map<string, Place>();
  for (const place of places) {
    const known = newest.get(keyOf(place));
    if (!known || place.seq > known.seq) newest.set(keyOf(place), place);
  }
  return newest;
};

/** Marks records that went into quarantine unread: a creator whose last record is one must not wait for it for ever. */
export async function markQuarantined(table: Table, unreadable: Place[]): Promise<void> {
  const partitionOfPlace = ({ creatorId, generation }: Place) => partitionOf(creatorId, generation);
  const failed = await eachLimit(newestBy(unreadable, partitionOfPlace), marksAtOnce, ([partition, { seq, receivedAt }]) => {
    const quarantined = unreadable.filter((place) => partitionOfPlace(place) === partition).length;
    return markApplied(table, partition, seq, receivedAt, { daysLeft: () => noDays, quarantined });
  });
  if (failed[0]) throw failed[0].error;
}

const shardPartition = (epoch: number, shardId: string, n: number): string => `${archivePrefix}${epoch}#${shardId}#${n}`;

function markOf(seq: string): number {
  let hash = 0;
  for (const char of seq) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return Math.abs(hash) % marksOfShard;
}

// The lake has no days that move.
const nothing: MayMove = { days: noDays, stored: async () => noDays };

/** Marks what collect has put on a shard, for archive to catch up with. `at`: arrival (ISO). */
export const markToArchive = (table: Table, epoch: number, shardId: string, seq: string, at: string): Promise<unknown> =>
  markAccepted(table, shardPartition(epoch, shardId, markOf(seq)), seq, at, nothing);

/** Marks what the lake has of a shard: everything through the newest of these places. */
export async function markArchived(table: Table, shardId: string, places: Place[]): Promise<void> {
  const marks = [...newestBy(places, ({ epoch }) => String(epoch)).values()].flatMap((place) =>
    Array.from({ length: marksOfShard }, (_, n) => ({ partition: shardPartition(place.epoch, shardId, n), place })),
  );
  const failed = await eachLimit(marks, marksAtOnce, ({ partition, place: { seq, receivedAt } }) =>
    markApplied(table, partition, seq, receivedAt, { daysLeft: () => noDays }),
  );
  if (failed[0]) throw failed[0].error;
}
