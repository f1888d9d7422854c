/** How does an event source mapping feed a stream to a function: every shard, parents before children, at least once? */
import { setTimeout as wait } from 'node:timers/promises';
import { type KinesisClient, ListShardsCommand, type Shard as ShardDescription } from '@aws-sdk/client-kinesis';
import type { EventSourceSpec } from '../deployment.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { type Shard, startShard } from './kinesis-shard.ts';
import type { ShardConsumerOptions } from './shard-consumer.ts';

export interface EventSourceOptions {
  kinesis: KinesisClient;
  streamName: string;
  region: string;
  spec: EventSourceSpec;
  invoke: ShardConsumerOptions['invoke'];
  /** The checkpoint's file. */
  file: string;
  /** How long to wait after a poll that found nothing. */
  pollMilliseconds?: number;
  backoff?: ShardConsumerOptions['backoff'];
  log: (line: string) => void;
}

export interface EventSource {
  /** Age in ms of the oldest record read and not yet applied, 0 if there is none. */
  lag(): number;
  /** Resolves when everything accepted before the call is applied. */
  drained(): Promise<void>;
  /** Ends reading; records in flight are waited for, up to the function's own time limit. */
  stop(): Promise<void>;
}

/** New shards appear when a shard ends; beside that the list is read again this often. */
const RELIST_MS = 30_000;

/** Starts to read the stream from its checkpoint and to invoke the function as the mapping says. */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { kinesis, streamName, pollMilliseconds = 250 } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const checkpoint = openCheckpoint(options.file);
  const running = new Map<string, Shard>();
  let changed = new AbortController();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      changed = new AbortController();
      try {
        for (const shard of readyShards(await list(), checkpoint)) start(shard.ShardId!);
      } catch {
        // The stream's server is not there yet or stopping: try again with the next round.
        await wait(pollMilliseconds, undefined, { signal }).catch(() => {});
        continue;
      }
      await wait(RELIST_MS, undefined, { signal: AbortSignal.any([signal, changed.signal]), ref: false }).catch(() => {});
    }
    await Promise.all([...running.values()].map((shard) => shard.ended));
  }

  function start(shardId: string): void {
    if (running.has(shardId)) return;
    const shard = startShard(shardId, { ...options, checkpoint, signal, pollMilliseconds });
    running.set(shardId, shard);
    void shard.ended.then(() => {
      if (!signal.aborted) changed.abort();
    });
  }

  const list = async (): Promise<ShardDescription[]> =>
    (await kinesis.send(new ListShardsCommand({ StreamName: streamName }))).Shards ?? [];

  /** Every shard that still has records to come is being read and was empty at a poll begun after `since`. */
  async function isDrained(since: number): Promise<boolean> {
    // Listed first: a reshard may have moved what was accepted to shards not yet begun.
    const open = (await list()).filter((shard) => !checkpoint.read(shard.ShardId!).isDone);
    if (open.some((shard) => !running.has(shard.ShardId!))) {
      changed.abort();
      return false;
    }
    return [...running.values()].every((shard) => shard.emptySince() > since);
  }

  const ended = run();
  return {
    lag: () => {
      const oldest = [...running.values()].map((shard) => shard.oldest()).filter((at) => at !== undefined);
      return oldest.length ? Math.max(0, Date.now() - Math.min(...oldest)) : 0;
    },
    drained: async () => {
      const since = Date.now();
      while (!signal.aborted && !(await isDrained(since))) await wait(50);
    },
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** Shards whose parents are applied to their last record: a key's later records must not overtake its earlier ones. */
function readyShards(shards: ShardDescription[], checkpoint: Checkpoint): ShardDescription[] {
  const listed = new Set(shards.map((shard) => shard.ShardId));
  const isOver = (id: string | undefined): boolean => !id || !listed.has(id) || checkpoint.read(id).isDone === true;
  return shards.filter((shard) => !isOver(shard.ShardId) && isOver(shard.ParentShardId) && isOver(shard.AdjacentParentShardId));
}
