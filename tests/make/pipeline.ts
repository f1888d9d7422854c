/** How does a test stop one lane and let the others go on? The real functions over a real table; the stream is read when the test says so. */
import type { KinesisStreamEvent } from 'aws-lambda';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/report/routes.ts';
import { streamHandler } from '../../functions/stream.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { acceptBatch, type Collector } from '../../shared/ingest/accept.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { archiveBatch } from '../../shared/lake/archive.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { markQuarantined, markRead } from '../../shared/store/settled.ts';
import type { Table } from '../../shared/store/table.ts';
import { type Answered, type Asked, ask } from './request.ts';
import { type MadeTable, makeTable } from './servers.ts';

interface Entry {
  creator: string;
  shardId: string;
  sequenceNumber: string;
  data: Uint8Array;
  /** Arrival, ms. */
  at: number;
}

export interface Pipeline {
  table: MadeTable;
  /** What puts events on the stream. */
  collector: Collector;
  /** Moves the clock (ms). */
  setNow(now: number): void;
  now(): number;
  /** Takes events in, all of which have to be accepted. */
  post(events: CloudEvent[]): Promise<Awaited<ReturnType<typeof acceptBatch>>>;
  /** Puts something on the stream that collect did not. */
  append(creator: string, data: Uint8Array): void;
  /** What lies on the stream, as text. */
  records(): string[];
  /** Changes the last record on the stream. */
  spoil(change: (text: string) => string): void;
  /** Runs aggregate for the shards (all), `most` records each at most. */
  aggregate(some?: { shards?: string[]; most?: number }): Promise<void>;
  /** Runs archive for the shards (all), `most` records each at most. */
  archive(some?: { shards?: string[]; most?: number }): Promise<void>;
  /** Age in seconds of the oldest record that a reader has not taken, the truth; undefined where it has taken all. */
  lagOf(reader: 'stream' | 'archive'): number | undefined;
  ask(asked: Asked): Promise<Answered>;
  health(): Promise<Answered['json']>;
  /** The lag that health tells of a reader. */
  toldLagOf(reader: 'stream' | 'archive'): Promise<number>;
  close(): Promise<void>;
}

/** `change` wraps the table for everyone: how a bug is planted. */
export async function makePipeline(start = '2026-03-20T12:00:00Z', change = (table: Table): Table => table): Promise<Pipeline> {
  const made = await makeTable();
  const table = change(made);
  const entries: Entry[] = [];
  const done = { stream: new Map<string, number>(), archive: new Map<string, number>() };
  let now = Date.parse(start);

  const shardOf = (creator: string): string =>
    `shardId-00000000000${[...creator].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 2}`;
  const append = (creator: string, data: Uint8Array): Entry => {
    const sequenceNumber = String(10n ** 55n + BigInt(entries.length));
    const entry = { creator, shardId: shardOf(creator), sequenceNumber, data, at: now };
    entries.push(entry);
    return entry;
  };
  const stream = {
    name: 'events',
    send: (async ({ input }: { input: { Records: { PartitionKey: string; Data: Uint8Array }[] } }) => ({
      Records: input.Records.map(({ PartitionKey, Data }) => {
        const { sequenceNumber, shardId } = append(PartitionKey, Data);
        return { SequenceNumber: sequenceNumber, ShardId: shardId };
      }),
    })) as never,
  };
  const bucket = { bucket: 'made', send: (async () => ({})) as never };
  const readers = {
    stream: streamHandler(
      (records, quarantineRefused) => applyBatch(table, records, dictionary, quarantineRefused),
      bucket,
      async ({ shardId, places, unreadable }) => {
        await markQuarantined(table, unreadable);
        await markRead(table, 'stream', shardId, places);
      },
    ),
    archive: streamHandler(
      (records, quarantineRefused, shardId) => archiveBatch(bucket, records, shardId, quarantineRefused),
      bucket,
      ({ shardId, places }) => markRead(table, 'archive', shardId, places),
    ),
  };
  const waitingOf = (reader: 'stream' | 'archive', shard: string): Entry[] =>
    entries.filter(({ shardId }) => shardId === shard).slice(done[reader].get(shard) ?? 0);
  const shards = (): string[] => [...new Set(entries.map(({ shardId }) => shardId))];

  async function run(reader: 'stream' | 'archive', lanes = shards(), most = 500): Promise<void> {
    for (const lane of lanes) {
      const batch = waitingOf(reader, lane).slice(0, most);
      if (!batch.length) continue;
      const Records = batch.map(({ creator, shardId, sequenceNumber, data }) => ({
        eventID: `${shardId}:${sequenceNumber}`,
        kinesis: { sequenceNumber, partitionKey: creator, data: Buffer.from(data).toString('base64') },
      }));
      const { batchItemFailures } = await readers[reader]({ Records } as KinesisStreamEvent);
      if (batchItemFailures.length) throw new Error(`${reader} wants ${lane} again`);
      done[reader].set(lane, (done[reader].get(lane) ?? 0) + batch.length);
    }
  }

  const handler = serve(
    routes,
    () => ({ table, version: '1.2.3', cursorKey: 'a key' }),
    () => now,
  );
  const health = async () => (await ask(handler, { route: 'GET /v1/health', roles: null })).json;
  return {
    table: made,
    collector: { table, stream, epoch: 1 },
    setNow: (then) => {
      now = then;
    },
    now: () => now,
    post: async (events) => {
      const answer = await acceptBatch(events, { table, stream, epoch: 1 }, now);
      if (answer.rejected.length) throw new Error(JSON.stringify(answer.rejected));
      return answer;
    },
    append,
    records: () => entries.map(({ data }) => Buffer.from(data).toString()),
    spoil: (to) => {
      const last = entries.at(-1);
      if (last) last.data = Buffer.from(to(Buffer.from(last.data).toString()));
    },
    aggregate: ({ shards, most } = {}) => run('stream', shards, most),
    archive: ({ shards, most } = {}) => run('archive', shards, most),
    lagOf: (reader) => {
      const oldest = shards().flatMap((lane) =>
        waitingOf(reader, lane)
          .slice(0, 1)
          .map(({ at }) => at),
      );
      return oldest.length ? (now - Math.min(...oldest)) / 1000 : undefined;
    },
    ask: (asked) => ask(handler, asked),
    health,
    toldLagOf: async (reader) => {
      const { sources } = (await health()) as { sources: { name: string; lagSeconds: number }[] };
      return sources.find(({ name }) => name === reader)?.lagSeconds ?? Number.NaN;
    },
    close: () => made.close(),
  };
}
