/** How is one shard read from where it was left to its end, and its records dealt to consumers by partition key? */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type _Record, GetRecordsCommand, GetShardIteratorCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import type { EventSourceSpec } from '../deployment.ts';
import { type Checkpoint, compareSequence } from './checkpoint.ts';
import { type ShardConsumerOptions, type StreamRecord, startShardConsumer } from './shard-consumer.ts';

export interface ShardOptions {
  kinesis: KinesisClient;
  streamName: string;
  region: string;
  spec: EventSourceSpec;
  checkpoint: Checkpoint;
  invoke: ShardConsumerOptions['invoke'];
  signal: AbortSignal;
  pollMilliseconds: number;
  backoff?: ShardConsumerOptions['backoff'];
  log: (line: string) => void;
}

export interface Shard {
  /** Settles once a closed shard's last record is applied, or on stop. */
  ended: Promise<void>;
  /** Arrival (ms) of the oldest record read but not applied. */
  oldest(): number | undefined;
  /** Start (ms) of the last poll that found nothing while nothing was waiting: all accepted before it is applied. */
  emptySince(): number;
}

/** Read ahead this far at most; a consumer that is stuck then holds the others up too. */
const READ_AHEAD = 20_000;
/** An iterator lives five minutes, and a lid closed for longer must not matter. */
const RENEW_ITERATOR_MS = 240_000;
/** One failure may be a nap of the machine; this many in a row are worth a word. */
const LOG_AFTER = 10;

export function startShard(shardId: string, options: ShardOptions): Shard {
  const { kinesis, streamName, spec, checkpoint, signal } = options;
  const parallelizationFactor = spec.parallelization;
  const saved = checkpoint.read(shardId);
  const done: Record<string, string> = saved.parallelizationFactor === parallelizationFactor ? { ...saved.consumers } : {};
  let { after } = saved;
  let lastRead = after;
  let emptySince = 0;
  /** Records read and not yet known to be applied, in stream order: what `after` may advance over. */
  const open: { consumer: number; sequence: string }[] = [];

  const consumers = Array.from({ length: parallelizationFactor }, (_, consumer) =>
    startShardConsumer({
      spec,
      invoke: options.invoke,
      signal,
      backoff: options.backoff,
      onDone: (sequence) => {
        done[consumer] = sequence;
        let passed = 0;
        while (open[passed] && isDone(open[passed]!.consumer, open[passed]!.sequence)) passed += 1;
        if (passed > 0) after = open.splice(0, passed).at(-1)!.sequence;
        checkpoint.write(shardId, { after, parallelizationFactor, consumers: { ...done } });
      },
    }),
  );
  const isDone = (consumer: number, sequence: string): boolean =>
    done[consumer] !== undefined && compareSequence(sequence, done[consumer]) <= 0;
  const waiting = (): number => consumers.reduce((sum, consumer) => sum + consumer.size(), 0);

  async function run(): Promise<void> {
    let iterator: string | undefined;
    let renewAt = 0;
    let failures = 0;
    while (!signal.aborted) {
      if (waiting() >= READ_AHEAD) {
        await pause();
        continue;
      }
      const startedAt = Date.now();
      const wasEmpty = waiting() === 0;
      try {
        if (!iterator || startedAt > renewAt) {
          iterator = await openIterator();
          renewAt = startedAt + RENEW_ITERATOR_MS;
        }
        const { Records = [], NextShardIterator } = await kinesis.send(
          new GetRecordsCommand({ ShardIterator: iterator, Limit: 2_000 }),
        );
        for (const record of Records) take(record);
        failures = 0;
        if (!NextShardIterator) return finish();
        iterator = NextShardIterator;
        if (Records.length > 0) continue;
        if (wasEmpty && waiting() === 0) emptySince = startedAt;
      } catch (reason) {
        // Expired, throttled or stopping: begin again behind the last record read.
        iterator = undefined;
        failures += 1;
        if (failures === LOG_AFTER && !signal.aborted)
          options.log(`Reading ${shardId} of ${streamName} keeps failing: ${String(reason)}`);
      }
      await pause();
    }
    await Promise.all(consumers.map((consumer) => consumer.ended));
  }

  async function openIterator(): Promise<string | undefined> {
    const from = lastRead
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, StartingSequenceNumber: lastRead }
      : { ShardIteratorType: 'TRIM_HORIZON' as const };
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName: streamName, ShardId: shardId, ...from }),
    );
    return ShardIterator;
  }

  function take(record: _Record): void {
    const sequence = record.SequenceNumber!;
    const consumer = createHash('md5').update(record.PartitionKey!).digest().readUInt32BE(0) % parallelizationFactor;
    lastRead = sequence;
    if (isDone(consumer, sequence)) return;
    open.push({ consumer, sequence });
    consumers[consumer]!.add(toEventRecord(record, shardId, options));
  }

  async function finish(): Promise<void> {
    for (const consumer of consumers) consumer.close();
    await Promise.all(consumers.map((consumer) => consumer.ended));
    if (signal.aborted) return;
    emptySince = Number.POSITIVE_INFINITY;
    checkpoint.write(shardId, { ...checkpoint.read(shardId), isDone: true });
  }

  const pause = (): Promise<void> => wait(options.pollMilliseconds, undefined, { signal }).catch(() => {});

  return {
    ended: run(),
    oldest: () =>
      consumers.map((consumer) => consumer.oldest()).reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a)),
    emptySince: () => emptySince,
  };
}

function toEventRecord(record: _Record, shardId: string, { region, spec }: ShardOptions): StreamRecord {
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.PartitionKey!,
      sequenceNumber: record.SequenceNumber!,
      data: Buffer.from(record.Data!).toString('base64'),
      approximateArrivalTimestamp: record.ApproximateArrivalTimestamp!.getTime() / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::000000000000:role/local',
    awsRegion: region,
    eventSourceARN: spec.streamArn,
  };
}
