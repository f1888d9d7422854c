/** How do records get onto the stream? Many at a time; what the stream refuses for the moment is sent again, a bounded number of times. */
import { KinesisClient, PutRecordsCommand, type PutRecordsResultEntry } from '@aws-sdk/client-kinesis';
import { isOutage } from '../outage.ts';

export interface Stream {
  name: string;
  send: KinesisClient['send'];
}

export interface Outgoing {
  /** Partition key: records with the same one keep their order. */
  key: string;
  data: Uint8Array;
}

/** Where a record came to stand. */
export interface Placed {
  sequenceNumber: string;
  shardId: string;
}

/** How often a record is tried, and how long is waited before try n (1, 2, …) in ms. */
export interface RetryPolicy {
  tries: number;
  wait: (attempt: number) => Promise<void>;
}

type Command = Parameters<KinesisClient['send']>[0];

// Limits of PutRecords.
const recordsPerCall = 500;
const bytesPerCall = 5 * 1024 * 1024;

/** The stream by name; region, endpoint and credentials come from the environment. */
export function openStream(name: string, client = new KinesisClient({})): Stream {
  return { name, send: ((command: Command) => client.send(command)) as KinesisClient['send'] };
}

const sizeOf = ({ key, data }: Outgoing): number => data.length + Buffer.byteLength(key);

/** Full jitter (a random part of a doubling span) spreads the tries of many callers. */
const jittered: RetryPolicy = {
  tries: 6,
  wait: (attempt) => new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2000, 50 * 2 ** attempt))),
};

/** Indexes cut into calls within the limits, in order. */
function cut(records: Outgoing[], indexes: number[]): number[][] {
  const calls: number[][] = [];
  let bytes = 0;
  for (const index of indexes) {
    const size = sizeOf(records[index] as Outgoing);
    const last = calls.at(-1);
    if (last && last.length < recordsPerCall && bytes + size <= bytesPerCall) {
      last.push(index);
      bytes += size;
    } else {
      calls.push([index]);
      bytes = size;
    }
  }
  return calls;
}

/** A call that did not get through refused all of its records for the moment. It may have got through: sending again is harmless. */
async function send(stream: Stream, command: PutRecordsCommand): Promise<PutRecordsResultEntry[]> {
  try {
    return (await stream.send(command)).Records ?? [];
  } catch (error) {
    if (isOutage(error)) return [];
    throw error;
  }
}

/**
 * Puts the records and answers each one's place, or undefined where the stream refused it to the end. Order holds within a
 * key unless the stream refuses some of a call: then those come later, which versioned snapshots allow.
 */
export async function putRecords(stream: Stream, records: Outgoing[], retryPolicy = jittered): Promise<(Placed | undefined)[]> {
  const places = new Array<Placed | undefined>(records.length);
  let left = records.map((_, index) => index);
  for (let attempt = 0; left.length && attempt < retryPolicy.tries; attempt++) {
    if (attempt > 0) await retryPolicy.wait(attempt);
    for (const call of cut(records, left)) {
      const Records = call.map((index) => {
        const { key, data } = records[index] as Outgoing;
        return { PartitionKey: key, Data: data };
      });
      const results = await send(stream, new PutRecordsCommand({ StreamName: stream.name, Records }));
      for (const [i, index] of call.entries()) {
        const { SequenceNumber: sequenceNumber, ShardId: shardId = '' } = results[i] ?? {};
        if (sequenceNumber !== undefined) places[index] = { sequenceNumber, shardId };
      }
    }
    left = left.filter((index) => places[index] === undefined);
  }
  return places;
}
