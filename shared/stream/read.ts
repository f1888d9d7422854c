/** Which valid records does a Lambda event from Kinesis hold, and what is no good and why? */
import { messageOf } from '../errors.ts';
import { instant } from '../events/fields.ts';
import { parseEvent } from '../events/parse.ts';
import type { StreamRecord } from '../events/record.ts';
import type { Incoming } from '../fold/fold.ts';
import { sequenceOf } from '../fold/sequence.ts';
import { isCurrency } from '../money.ts';
import { isZone, type ZoneSpan } from '../time.ts';

/** A record as Lambda hands it over (the fields of a KinesisStreamRecord that are read). */
export interface LambdaRecord {
  kinesis: { sequenceNumber: string; partitionKey: string; data: string };
}

/** Where a record stands that came through collect: what its mark as accepted waits for. */
export interface Place {
  seq: string;
  creatorId: string;
  generation: number;
  epoch: number;
  receivedAt: string;
}

export interface Unreadable {
  sequenceNumber: string;
  reason: string;
  /** Absent where nothing says that collect has accepted it. */
  place?: Place;
  /** The bytes as they came, base64: nothing is lost. */
  data: string;
}

export interface Batch {
  incoming: Incoming[];
  unreadable: Unreadable[];
  /** Sequence number of Kinesis by our sequence. */
  numbers: Map<string, string>;
}

// A bound that every store and every sort key keeps; the digits of the epoch come first in a sequence.
const mostOfStamp = 1_000_000_000;
const mostEpochs = 9999;
const isCount = (value: unknown, most = mostOfStamp): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
const arrival = instant();
const isSpan = (span: Partial<ZoneSpan> | null): boolean =>
  typeof span?.zone === 'string' && isZone(span.zone) && typeof span.from === 'string' && !Number.isNaN(Date.parse(span.from));

const isStamp = (stamp: unknown): stamp is StreamRecord['stamp'] => {
  const one = stamp as StreamRecord['stamp'] | undefined;
  return (
    typeof one === 'object' &&
    one !== null &&
    isCount(one.definitions) &&
    one.definitions > 0 &&
    isCount(one.profile) &&
    isCount(one.generation) &&
    isCount(one.epoch, mostEpochs) &&
    Array.isArray(one.zones) &&
    one.zones.length > 0 &&
    one.zones.every(isSpan) &&
    typeof one.currency === 'string' &&
    isCurrency(one.currency) &&
    arrival.safeParse(one.receivedAt).success
  );
};

type Refusal = Pick<Unreadable, 'reason' | 'place'>;

export const placeOf = (seq: string, creatorId: string, { generation, epoch, receivedAt }: StreamRecord['stamp']): Place => ({
  seq,
  creatorId,
  generation,
  epoch,
  receivedAt,
});

function readRecord({ kinesis }: LambdaRecord): Incoming | Refusal {
  let raw: Partial<StreamRecord> | null;
  try {
    raw = JSON.parse(Buffer.from(kinesis.data, 'base64').toString('utf8'));
  } catch {
    return { reason: 'not JSON' };
  }
  if (!isStamp(raw?.stamp)) return { reason: 'no stamp: the record did not come through collect' };
  const seq = sequenceOf(raw.stamp.epoch, kinesis.sequenceNumber);
  const place = placeOf(seq, kinesis.partitionKey, raw.stamp);
  try {
    return judge(raw.event, raw.stamp, place, kinesis);
  } catch (error) {
    return { reason: `cannot be read: ${messageOf(error)}`, place };
  }
}

function judge(event: unknown, stamp: StreamRecord['stamp'], place: Place, kinesis: LambdaRecord['kinesis']) {
  // Judged as of its acceptance, so that a retry judges the same.
  const parsed = parseEvent(event, Date.parse(stamp.receivedAt));
  if (!parsed.ok) return { reason: `${parsed.code}: ${parsed.message}`, place };
  if (parsed.event.creatorid !== kinesis.partitionKey)
    return { reason: 'the partition key is not the creator: its records would have two writers', place };
  return {
    seq: place.seq,
    record: { event: parsed.event, stamp },
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
    if ('reason' in read) batch.unreadable.push({ sequenceNumber, ...read, data });
    else {
      batch.incoming.push(read);
      batch.numbers.set(read.seq, sequenceNumber);
    }
  }
  return batch;
}
