/** What is dealt with though it is in no total? Records in quarantine, and of a shard everything that the lake has. */
import { noDays } from '../fold/days.ts';
import { eachLimit } from '../map-limit.ts';
import type { Place } from '../stream/read.ts';
import { appendBatch } from './append.ts';
import type { Mark } from './backlog.ts';
import { readWaiting } from './partition.ts';
import { type MayMove, markAccepted, markApplied } from './progress.ts';
import { type Reader, shardPartition } from './progress-item.ts';
import { partitionOf, type Table } from './table.ts';

const marksAtOnce = 8;
/** An instance of collect marks a shard at most so often (ms): health may miss for as long what comes right behind a mark. */
const marksEvery = 5_000;
const readers: readonly Reader[] = ['stream', 'archive'];

const newestBy = (places: Place[], keyOf: (place: Place) => string): Map<string, Place> => {
  const newest = new Map<string, Place>();
  for (const place of places) {
    const known = newest.get(keyOf(place));
    if (!known || place.seq > known.seq) newest.set(keyOf(place), place);
  }
  return newest;
};

/** Appends a mark without changes; nothing where more is appended already. */
async function appendMark(table: Table, partition: string, mark: Mark): Promise<void> {
  const { newest, before, tail } = await readWaiting(table, partition);
  if (mark.seq > newest) await appendBatch(table, partition, { ...mark, changes: [], voided: [], before, tail });
}

/** Marks records that went into quarantine unread: a creator whose last record is one must not wait for it for ever. */
export async function markQuarantined(table: Table, unreadable: Place[]): Promise<void> {
  const partitionOfPlace = ({ creatorId, generation }: Place) => partitionOf(creatorId, generation);
  const failed = await eachLimit(newestBy(unreadable, partitionOfPlace), marksAtOnce, ([partition, { seq, receivedAt }]) => {
    const quarantined = unreadable.filter((place) => partitionOfPlace(place) === partition).length;
    return appendMark(table, partition, { seq, asOf: receivedAt, days: noDays, quarantined });
  });
  if (failed[0]) throw failed[0].error;
}

// A shard has no days that move.
const nothing: MayMove = { days: noDays, stored: async () => noDays };

/**
 * Marks what collect has put on a shard, for its readers to catch up with; `at`: arrival (ISO). `latest` remembers when this instance
 * last did: a shard is marked once in a few seconds, and what comes right behind a mark is vouched for by it.
 */
export async function markShard(
  table: Table,
  { epoch, shardId }: { epoch: number; shardId: string },
  seq: string,
  at: string,
  latest: Map<string, number> = new Map(),
): Promise<void> {
  const shard = `${epoch} ${shardId}`;
  const now = Date.parse(at);
  if (now - (latest.get(shard) ?? Number.NEGATIVE_INFINITY) < marksEvery) return;
  await Promise.all(readers.map((reader) => markAccepted(table, shardPartition(reader, epoch, shardId), seq, at, nothing)));
  latest.set(shard, now);
}

/** Marks what a reader has of a shard: everything through the newest of these places. */
export async function markRead(table: Table, reader: Reader, shardId: string, places: Place[]): Promise<void> {
  const failed = await eachLimit(newestBy(places, ({ epoch }) => String(epoch)).values(), marksAtOnce, (place) =>
    markApplied(table, shardPartition(reader, place.epoch, shardId), place.seq, place.receivedAt, { days: noDays }),
  );
  if (failed[0]) throw failed[0].error;
}
