/** Up to which record has each shard been applied, in a way that survives a kill? */
import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from '../data-dir.ts';

/** Where one shard stands. */
export interface ShardPosition {
  /** Every record up to and with this sequence number is applied. */
  after?: string;
  /** How many lanes there were when `lanes` was written: with another number the lanes mean nothing. */
  laneCount?: number;
  /** The last record applied in each lane; lanes run ahead of `after`. */
  lanes?: Record<string, string>;
  /** A closed shard whose last record is applied. */
  isDone?: boolean;
}

export interface Checkpoint {
  read(shardId: string): ShardPosition;
  write(shardId: string, position: ShardPosition): void;
}

/**
 * One file per event source. Written after the function succeeded, so that a kill replays what was in flight and skips nothing.
 * Not flushed to the platter: the stores are not either, and a checkpoint must never survive what it vouches for.
 */
export function openCheckpoint(file: string): Checkpoint {
  const shards: Record<string, ShardPosition> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    read: (shardId) => shards[shardId] ?? {},
    write: (shardId, position) => {
      shards[shardId] = position;
      writeWhole(file, JSON.stringify(shards));
    },
  };
}

/** Sequence numbers are decimal integers of up to 129 digits without leading zeros: longer is larger. */
export function compareSequence(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
