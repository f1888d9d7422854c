/** How does the event source mapping hand a stream to the function? Shards in order, four lanes each, batches cut at random, until all is taken. */
import type { Stamp } from '../../shared/events/record.ts';
import type { Actor } from './calls.ts';
import type { Chance } from './chance.ts';

/** A record on the stream, as its bytes lie there. */
export interface Entry {
  creator: string;
  sequenceNumber: string;
  /** Base64. */
  data: string;
}

export interface Run {
  actor: Actor;
  segment: Segment;
  /** What the function answered or threw; absent while it runs. */
  outcome?: { retryFrom?: string } | { error: unknown };
}

interface Segment {
  from: number;
  to: number;
  failures: number;
}

export interface Lane {
  shard: Shard;
  entries: Entry[];
  /** How far entries have been cut into segments. */
  position: number;
  segments: Segment[];
  run?: Run | undefined;
}

export interface Shard {
  id: string;
  epoch: Stamp['epoch'];
  lanes: Lane[];
  /** Which lane a creator's records take here: another one than before a reshard. */
  salt: number;
}

const parallelizationFactor = 4;
const largestBatch = 8;

export function makeShard(n: number, epoch: number, salt: number): Shard {
  const shard: Shard = { id: `shardId-${String(n).padStart(12, '0')}`, epoch, lanes: [], salt };
  for (let i = 0; i < parallelizationFactor; i++) shard.lanes.push({ shard, entries: [], position: 0, segments: [] });
  return shard;
}

export const queueOf = (shard: Shard, creatorNumber: number): Lane =>
  shard.lanes[(creatorNumber + shard.salt) % parallelizationFactor]!;

export const isIdle = (lane: Lane): boolean => lane.position >= lane.entries.length && !lane.segments.length;

/** Lanes that may run: those of the oldest shard that is not drained, or of all where order is not kept. */
export function readyLanes(shards: Shard[], inOrder: boolean): Lane[] {
  const ready: Lane[] = [];
  for (const shard of shards) {
    const busy = shard.lanes.filter((lane) => !isIdle(lane));
    ready.push(...busy.filter((lane) => !lane.run));
    if (busy.length && inOrder) break;
  }
  return ready;
}

/** The records that the lane's next invocation gets. */
export function nextBatch(lane: Lane, chance: Chance): { segment: Segment; entries: Entry[] } {
  if (!lane.segments.length) {
    const to = Math.min(lane.entries.length, lane.position + 1 + chance.below(largestBatch));
    lane.segments.push({ from: lane.position, to, failures: 0 });
    lane.position = to;
  }
  const segment = lane.segments[0]!;
  return { segment, entries: lane.entries.slice(segment.from, segment.to) };
}

/**
 * Takes an invocation's outcome. A failure is tried again: from the record it names, in halves, or cut anew where the mapping starts
 * again at its checkpoint. Answers the records it gave up, which is none unless `giveUpAfter` failures are reached.
 */
export function settleRun(lane: Lane, chance: Chance, giveUpAfter: number): Entry[] {
  const { segment, outcome } = lane.run!;
  lane.run = undefined;
  if (!outcome) throw new Error('the run has not ended');
  const retryFrom = 'retryFrom' in outcome ? outcome.retryFrom : undefined;
  if (!('error' in outcome) && retryFrom === undefined) {
    lane.segments.shift();
    return [];
  }
  if (retryFrom !== undefined) {
    const first = lane.entries.findIndex((entry) => entry.sequenceNumber === retryFrom);
    if (first < segment.from || first >= segment.to)
      throw new Error(`the function names record ${retryFrom}, which it was not given`);
    segment.from = first;
  }
  segment.failures++;
  if (segment.failures >= giveUpAfter) {
    lane.segments.shift();
    return lane.entries.slice(segment.from, segment.to);
  }
  if (chance.happens(0.35)) {
    lane.position = segment.from;
    lane.segments = [];
  } else if ('error' in outcome && segment.to - segment.from > 1) {
    const middle = Math.floor((segment.from + segment.to) / 2);
    lane.segments.splice(0, 1, { ...segment, to: middle }, { ...segment, from: middle });
  }
  return [];
}
