/** How do both readers take a batch, as their mappings would hand it to them? Sent again from where it failed, a bounded number of times. */
import type { KinesisStreamEvent } from 'aws-lambda';
import { parquetReadObjects } from 'hyparquet';
import { streamHandler } from '../../functions/stream.ts';
import { archiveBatch } from '../../shared/lake/archive.ts';
import type { Lake } from '../../shared/lake/store.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { contentRefused } from '../make/refusing.ts';
import { unknownLimit } from './edges.ts';

/** What the readers are made of; edited copies of it have bugs planted. */
export interface Code {
  streamHandler: typeof streamHandler;
  applyBatch: typeof applyBatch;
  archiveBatch: typeof archiveBatch;
}
export const realCode: Code = { streamHandler, applyBatch, archiveBatch };

export interface Sent {
  sequenceNumber: string;
  creator: string;
  data: string;
}

export interface Readers {
  /** Brings a batch through both. Throws where one of them never gets through, or fails as a whole. */
  take(batch: Sent[]): Promise<void>;
  /** Reasons by sequence number, of each reader. */
  quarantined: { aggregate: Map<string, string>; archive: Map<string, string> };
  /** Sequence numbers that the lake has an entity's row of. */
  archived: Set<string>;
  tries: number;
}

// A batch goes round once for each record at worst; more is for ever.
const mostTries = 5;
const shard = 'shardId-000000000000';

export const isBeyondLimit = (item: Item): boolean => Boolean(item.sk?.S?.includes(unknownLimit));

/** A bucket that keeps nothing but what it was told of: sequence numbers of quarantined records. */
function quarantineOf(reasons: Map<string, string>) {
  const send = async ({ input }: { input: { Key?: string; Body?: string } }) => {
    const { sequenceNumber, reason } = JSON.parse(input.Body ?? '{}') as { sequenceNumber: string; reason: string };
    reasons.set(sequenceNumber, reason);
    return {};
  };
  return { bucket: 'quarantine', send: send as unknown as Lake['send'] };
}

/** A lake that reads what it gets, and keeps of it which records are there. */
function readingLake(archived: Set<string>, isLimited: boolean): Lake {
  const send = async ({ input: { Key = '', Body } }: { input: { Key?: string; Body?: Uint8Array } }) => {
    const body = Body ?? new Uint8Array();
    if (Buffer.byteLength(Key) > 1024) throw contentRefused('KeyTooLongError');
    if (isLimited && Buffer.from(body).includes(unknownLimit)) throw contentRefused('a limit that nobody knows');
    if (/entity=[a-z-]+\//.test(Key))
      for (const row of await parquetReadObjects({ file: body.slice().buffer as ArrayBuffer, columns: ['seq'] }))
        archived.add(String((row as { seq: string }).seq).slice('0001:056:'.length));
    return {};
  };
  return { bucket: 'lake', send: send as unknown as Lake['send'] };
}

export function makeReaders(table: Table, code: Code = realCode, lake?: Lake, isLimited = true): Readers {
  const quarantined = { aggregate: new Map<string, string>(), archive: new Map<string, string>() };
  const archived = new Set<string>();
  const storing = lake ?? readingLake(archived, isLimited);
  const aggregate = code.streamHandler(
    (records, quarantineRefused) => code.applyBatch(table, records, undefined, quarantineRefused),
    quarantineOf(quarantined.aggregate),
  );
  const archive = code.streamHandler(
    (records, quarantineRefused, shardId) => code.archiveBatch(storing, records, shardId, quarantineRefused),
    quarantineOf(quarantined.archive),
  );
  const readers: Readers = {
    quarantined,
    archived,
    tries: 0,
    async take(batch) {
      const Records = batch.map(({ sequenceNumber, creator, data }) => ({
        eventID: `${shard}:${sequenceNumber}`,
        kinesis: { sequenceNumber, partitionKey: creator, data },
      }));
      for (const [name, handler] of Object.entries({ aggregate, archive })) {
        let rest = Records;
        for (let tries = 1; rest.length; tries++) {
          if (tries > mostTries) throw new Error(`${name} is stuck at ${rest[0]?.kinesis.sequenceNumber}`);
          const { batchItemFailures } = await handler({ Records: rest } as KinesisStreamEvent);
          const from = rest.findIndex(({ kinesis }) => kinesis.sequenceNumber === batchItemFailures[0]?.itemIdentifier);
          rest = from < 0 ? [] : rest.slice(from);
          readers.tries++;
        }
      }
    },
  };
  return readers;
}
