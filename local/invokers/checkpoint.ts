/** Up to which record has each shard been applied, in a way that survives a kill? */
import { existsSync, readFileSync } from 'node:fs';
import { writeIfRoom } from '../data-dir.ts';

/** Where one shard stands. */
export interface ShardPosition {
  /** Every record up to and with this sequence number is applied. */
  after?: string;
  /** How many consumers there were when `consumers` was written: with another number the consumers mean nothing. */
  parallelizationFactor?: number;
  /** The last record applied in each consumer; consumers run ahead of `after`. */
  consumers?: Record<string, string>;
  /** A closed shard whose last record is applied. */
  isDone?: boolean;
}

/** Older files call consumers lanes. */
type StoredPosition = ShardPosition & { lanes?: Record<string, string>; laneCount?: number };

export interface Checkpoint {
  read(shardId: string): ShardPosition;
  write(shardId: string, position: ShardPosition): void;
}

/**
 * One file per event source. Written after the function succeeded, so that a kill replays what was in flight and skips nothing.
 * Not flushed to the platter: the stores are not either, and a checkpoint must never survive what it vouches for.
 */
export function openCheckpoint(file: string): Checkpoint {
  const shards: Record<string, StoredPosition> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    read(shardId) {
      const { lanes, laneCount, ...position } = shards[shardId] ?? {};
      return lanes ? { consumers: lanes, parallelizationFactor: laneCount, ...position } : position;
    },
    write: (shardId, position) => {
      shards[shardId] = position;
      // On a full disk an older position stays: what was applied since is read again, and changes nothing.
      writeIfRoom(file, JSON.stringify(shards));
    },
  };
}

/** Sequence numbers are decimal integers of up to 129 digits without leading zeros: longer is larger. */
export function compareSequence(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
