/** Which valid records does a Lambda event from Kinesis hold, and what is no good and why? */
import { parseEvent } from '../events/parse.ts';
import type { StreamRecord } from '../events/record.ts';
import type { Incoming } from '../fold/fold.ts';
import { sequenceOf } from '../fold/sequence.ts';

/** A record as Lambda hands it over (the fields of a KinesisStreamRecord that are read). */
export interface LambdaRecord {
  kinesis: { sequenceNumber: string; partitionKey: string; data: string };
}

export interface Unreadable {
  sequenceNumber: string;
  reason: string;
  /** The bytes as they came, base64: nothing is lost. */
  data: string;
}

export interface Batch {
  incoming: Incoming[];
  unreadable: Unreadable[];
  /** Sequence number of Kinesis by our sequence. */
  numbers: Map<string, string>;
}

const isStamp = (stamp: unknown): stamp is StreamRecord['stamp'] => {
  const one = stamp as StreamRecord['stamp'] | undefined;
  return (
    typeof one === 'object' &&
    one !== null &&
    Number.isInteger(one.definitions) &&
    Number.isInteger(one.profile) &&
    Number.isInteger(one.generation) &&
    Number.isInteger(one.epoch) &&
    Array.isArray(one.zones) &&
    one.zones.length > 0 &&
    typeof one.currency === 'string' &&
    !Number.isNaN(Date.parse(one.receivedAt))
  );
};

function readRecord({ kinesis }: LambdaRecord): Incoming | string {
  let raw: Partial<StreamRecord> | null;
  try {
    raw = JSON.parse(Buffer.from(kinesis.data, 'base64').toString('utf8'));
  } catch {
    return 'not JSON';
  }
  if (!isStamp(raw?.stamp)) return 'no stamp: the record did not come through collect';
  // Judged as of its acceptance, so that a retry judges the same.
  const parsed = parseEvent(raw.event, Date.parse(raw.stamp.receivedAt));
  if (!parsed.ok) return `${parsed.code}: ${parsed.message}`;
  if (parsed.event.creatorid !== kinesis.partitionKey)
    return 'the partition key is not the creator: its records would have two writers';
  return {
    seq: sequenceOf(raw.stamp.epoch, kinesis.sequenceNumber),
    record: { event: parsed.event, stamp: raw.stamp },
    entity: parsed.entity,
    subject: parsed.subject,
  };
}

/** Reads a batch; what cannot be read is kept with its reason, and its neighbours count. */
export function readBatch(records: LambdaRecord[]): Batch {
  const batch: Batch = { incoming: [], unreadable: [], numbers: new Map() };
  for (const record of records) {
    const read = readRecord(record);
    const { sequenceNumber, data } = record.kinesis;
    if (typeof read === 'string') batch.unreadable.push({ sequenceNumber, reason: read, data });
    else {
      batch.incoming.push(read);
      batch.numbers.set(read.seq, sequenceNumber);
    }
  }
  return batch;
}
