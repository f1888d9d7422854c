/** How does one consumer of a shard hand its records to the function, in order, until each has been taken? */
import { setTimeout as wait } from 'node:timers/promises';
import type { EventSourceSpec } from '../deployment.ts';

/** One record as the function sees it. */
export interface StreamRecord {
  kinesis: {
    kinesisSchemaVersion: '1.0';
    partitionKey: string;
    sequenceNumber: string;
    /** Base64. */
    data: string;
    /** Seconds since 1970, with a fraction. */
    approximateArrivalTimestamp: number;
  };
  eventSource: 'aws:kinesis';
  eventVersion: '1.0';
  eventID: string;
  eventName: 'aws:kinesis:record';
  invokeIdentityArn: string;
  awsRegion: string;
  eventSourceARN: string;
}

export interface ShardConsumer {
  add(record: StreamRecord): void;
  /** No more records will come: what waits for the window need not wait longer. */
  close(): void;
  size(): number;
  /** Arrival (ms) of the oldest record not yet taken; undefined if there is none. */
  oldest(): number | undefined;
  /** Settles when the consumer is closed and empty, or stopped. */
  ended: Promise<void>;
}

export interface ShardConsumerOptions {
  spec: EventSourceSpec;
  invoke(event: { Records: StreamRecord[] }): Promise<unknown>;
  /** Called with the last sequence number that is done, in order. */
  onDone(sequenceNumber: string): void;
  signal: AbortSignal;
  /** Ms between attempts that make no progress: from the first to the second, doubling. */
  backoff?: [first: number, longest: number];
}

/** Lambda takes 6 MB at a time. */
const LARGEST_BATCH_BYTES = 6_000_000;

/** Starts a consumer that batches by count, bytes and time, and never gives a record up. */
export function startShardConsumer({
  spec,
  invoke,
  onDone,
  signal,
  backoff = [200, 30_000],
}: ShardConsumerOptions): ShardConsumer {
  const queue: { record: StreamRecord; since: number }[] = [];
  let queuedBytes = 0;
  let closed = false;
  let wake = (): void => {};

  async function run(): Promise<void> {
    while (!signal.aborted) {
      if (queue.length === 0) {
        if (closed) return;
        await woken();
      } else if (closed || isFull() || Date.now() >= windowEnd()) {
        await deliver(queue.slice(0, batchLength()).map(({ record }) => record));
      } else {
        await woken(windowEnd() - Date.now());
      }
    }
  }

  /** Delivers a batch in order: halves first halves, resumes behind what was taken, repeats what makes no progress. */
  async function deliver(batch: StreamRecord[]): Promise<void> {
    const segments = [batch];
    let failures = 0;
    while (segments.length > 0 && !signal.aborted) {
      const segment = segments.pop()!;
      const taken = await attempt(segment);
      if (taken > 0) {
        for (const { record } of queue.splice(0, taken)) queuedBytes -= weigh(record);
        onDone(segment[taken - 1]!.kinesis.sequenceNumber);
        failures = 0;
      }
      const rest = segment.slice(Math.max(taken, 0));
      if (rest.length === 0) continue;
      if (taken === THREW && spec.isBisecting && rest.length > 1) {
        const half = Math.ceil(rest.length / 2);
        segments.push(rest.slice(half), rest.slice(0, half));
        continue;
      }
      segments.push(rest);
      if (taken <= 0) await wait(Math.min(backoff[1], backoff[0] * 2 ** failures++), undefined, { signal }).catch(() => {});
    }
  }

  /** How many records of the segment were taken from its start, or THREW. */
  async function attempt(segment: StreamRecord[]): Promise<number> {
    try {
      const answer = await invoke({ Records: segment });
      return spec.isReportingItems ? countTaken(segment, answer) : segment.length;
    } catch {
      return THREW;
    }
  }

  const isFull = (): boolean => queue.length >= spec.batchSize || queuedBytes >= LARGEST_BATCH_BYTES;
  const windowEnd = (): number => (queue[0]?.since ?? 0) + spec.windowSeconds * 1000;

  function batchLength(): number {
    let bytes = 0;
    let length = 0;
    while (length < queue.length && length < spec.batchSize) {
      bytes += weigh(queue[length]!.record);
      if (length > 0 && bytes > LARGEST_BATCH_BYTES) break;
      length += 1;
    }
    return length;
  }

  function woken(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  signal.addEventListener('abort', () => wake(), { once: true });

  return {
    add: (record) => {
      queue.push({ record, since: Date.now() });
      queuedBytes += weigh(record);
      if (queue.length === 1 || isFull()) wake();
    },
    close: () => {
      closed = true;
      wake();
    },
    size: () => queue.length,
    oldest: () => (queue[0] ? queue[0].record.kinesis.approximateArrivalTimestamp * 1000 : undefined),
    ended: run(),
  };
}

const THREW = -1;

/** Bytes of a record in the event: its data, and about what stands around it. */
function weigh(record: StreamRecord): number {
  return record.kinesis.data.length + 500;
}

/**
 * How many records from the start of the batch the answer says were taken. As in AWS, nothing counts as taken when an
 * identifier is empty or unknown, and an answer without failures means all of them were.
 */
export function countTaken(batch: StreamRecord[], answer: unknown): number {
  const failures = (answer as { batchItemFailures?: { itemIdentifier?: unknown }[] | null } | null)?.batchItemFailures;
  if (!failures?.length) return batch.length;
  const places = failures.map(({ itemIdentifier }) =>
    batch.findIndex((record) => record.kinesis.sequenceNumber === itemIdentifier),
  );
  return places.includes(-1) ? 0 : Math.min(...places);
}
