/** How does a test get a stream on a real embedded server, and a function that it can make fail? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KinesisClient, ListShardsCommand, PutRecordsCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import type { EventSourceSpec } from '../../local/deployment.ts';
import { type EventSource, startEventSource } from '../../local/invokers/kinesis.ts';
import type { StreamRecord } from '../../local/invokers/shard-consumer.ts';
import { ensureStream } from '../../local/servers/provision.ts';
import { startServerThread } from '../../local/servers/thread.ts';

/** What a function under test sees of a batch: `key:value` of each record, in order. */
export type Batch = string[];

export interface EmbeddedStream {
  /** Puts `key:value` records, in order. */
  put(...records: string[]): Promise<void>;
  /** Splits the only open shard in two. */
  split(): Promise<void>;
  /** Starts the driver; the same `checkpoint` continues where another one ended. */
  drive(
    spec: Partial<EventSourceSpec>,
    invoke: (batch: Batch, records: StreamRecord[]) => unknown,
    checkpoint?: string,
  ): EventSource;
}

let count = 0;

/** Starts one server for a test file; every `stream()` is a new stream of one shard. */
export async function openStreams(): Promise<{ stream(): Promise<EmbeddedStream>; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'streams-'));
  const server = await startServerThread(
    new URL('../../local/servers/kinesis-worker.ts', import.meta.url),
    { path: join(folder, 'kinesis') },
    (reason) => {
      throw reason;
    },
  );
  // The client as it comes: it speaks HTTP/2 to the front.
  const kinesis = new KinesisClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  return {
    stream: async () => {
      const name = `stream-${++count}`;
      await ensureStream(kinesis, { name, arn: `arn:${name}`, shards: 1 });
      return makeStream(kinesis, name, folder);
    },
    close: async () => {
      kinesis.destroy();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function makeStream(kinesis: KinesisClient, name: string, folder: string): EmbeddedStream {
  const listShards = async () => (await kinesis.send(new ListShardsCommand({ StreamName: name }))).Shards ?? [];
  return {
    put: async (...records) => {
      const Records = records.map((record) => ({ PartitionKey: record.split(':')[0], Data: Buffer.from(record) }));
      for (let from = 0; from < Records.length; from += 500)
        await kinesis.send(new PutRecordsCommand({ StreamName: name, Records: Records.slice(from, from + 500) }));
    },
    split: async () => {
      const before = (await listShards()).length;
      const [open] = (await listShards()).filter((shard) => !shard.SequenceNumberRange?.EndingSequenceNumber);
      await kinesis.send(
        new SplitShardCommand({ StreamName: name, ShardToSplit: open?.ShardId, NewStartingHashKey: String(2n ** 127n) }),
      );
      while ((await listShards()).length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    drive: (spec, invoke, checkpoint = 'checkpoint') =>
      startEventSource({
        kinesis,
        streamName: name,
        region: 'us-east-1',
        spec: {
          id: 'source',
          functionName: 'function',
          streamArn: `arn:${name}`,
          batchSize: 100,
          windowSeconds: 0.05,
          parallelization: 1,
          isBisecting: true,
          isReportingItems: true,
          ...spec,
        },
        invoke: async ({ Records }) => invoke(Records.map(textOf), Records),
        file: join(folder, `${name}-${checkpoint}.json`),
        pollMilliseconds: 10,
        backoff: [5, 40],
        log: (line) => {
          throw new Error(line);
        },
      }),
  };
}

function textOf(record: StreamRecord): string {
  return Buffer.from(record.kinesis.data, 'base64').toString();
}
