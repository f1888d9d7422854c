/** Which events of a batch get onto the stream, and why not the others? Checked, stamped once and for all, put, and marked as accepted. */

import { isRateMissing } from '../../shared/events/facts.ts';
import { type CloudEvent, type EventCode, parseEvent } from '../../shared/events/parse.ts';
import type { StreamRecord } from '../../shared/events/record.ts';
import { sequenceOf } from '../../shared/fold/sequence.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import type { Profile } from '../../shared/store/profiles.ts';
import { markAccepted } from '../../shared/store/progress.ts';
import { partitionOf, type Table } from '../../shared/store/table.ts';
import { together } from '../../shared/store/together.ts';
import { type Patience, putRecords, type Stream } from '../../shared/stream/put.ts';
import { enrol } from './enrol.ts';

export interface Collector {
  table: Table;
  stream: Stream;
  /** Number of the stream, counted up when a new stream replaces the old one. */
  epoch: number;
  /** How the stream's refusals are borne; the usual way where absent. */
  patience?: Patience;
}

export interface Rejection {
  index: number;
  id: string | null;
  code: EventCode;
  message: string;
}

export interface Accepted {
  accepted: number;
  rejected: Rejection[];
  /** Profiles in force of the batch's creators. */
  profiles: Map<string, Profile>;
}

/** An event that passed the check, with its place in the batch. */
export interface Candidate {
  index: number;
  event: CloudEvent;
  isProfile: boolean;
}

export type Reject = (index: number, code: EventCode, message: string) => void;

// One order's parts share an item of at most 400 KB: an event that alone comes near it could never be applied.
const eventBytes = 262_144;
const marksAtOnce = 8;

const idOf = (raw: unknown): string | null => {
  const id = (raw as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 256) : null;
};

function check(batch: unknown[], now: number, reject: Reject): Candidate[] {
  return batch.flatMap((raw, index): Candidate[] => {
    const parsed = parseEvent(raw, now);
    if (parsed.ok) return [{ index, event: parsed.event, isProfile: parsed.entity.name === 'creator' }];
    reject(index, parsed.code, parsed.message);
    return [];
  });
}

function stampOf(profile: Profile, epoch: number, receivedAt: string): StreamRecord['stamp'] {
  const { revision, zones, currency, generation } = profile;
  return { definitions: dictionary.latest, profile: revision, zones, currency, generation, epoch, receivedAt };
}

/** The candidates as records, each under its creator's stamp. */
function stampAll(candidates: Candidate[], profiles: Map<string, Profile>, epoch: number, receivedAt: string, reject: Reject) {
  return candidates.flatMap(({ index, event, isProfile }) => {
    const profile = profiles.get(event.creatorid);
    if (!profile) {
      reject(index, 'unknown_creator', `creatorid: there is no creator ${event.creatorid}; send its creator event first`);
      return [];
    }
    if (!isProfile && isRateMissing(event, profile.currency)) {
      const { currency } = event.data;
      reject(index, 'missing_rate', `data.exchangeRate: amounts in ${currency} need a rate to ${profile.currency}`);
      return [];
    }
    const record: StreamRecord = { event, stamp: stampOf(profile, epoch, receivedAt) };
    const data = Buffer.from(JSON.stringify(record));
    if (data.length <= eventBytes) return [{ index, profile, outgoing: { key: event.creatorid, data } }];
    reject(index, 'too_large', `an event may have ${eventBytes} bytes, this one has ${data.length} with its stamp`);
    return [];
  });
}

/** Accepts what is good of a batch: durable on the stream and marked before it is answered. `now` in ms. */
export async function acceptBatch(
  batch: unknown[],
  { table, stream, epoch, patience }: Collector,
  now: number,
): Promise<Accepted> {
  const rejected: Rejection[] = [];
  const reject: Reject = (index, code, message) => rejected.push({ index, id: idOf(batch[index]), code, message });
  const receivedAt = new Date(now).toISOString();
  const { candidates, profiles } = await enrol(check(batch, now, reject), table, reject);
  const stamped = stampAll(candidates, profiles, epoch, receivedAt, reject);
  const numbers = await putRecords(
    stream,
    stamped.map(({ outgoing }) => outgoing),
    patience,
  );
  const newest = new Map<string, string>();
  for (const [i, { index, profile }] of stamped.entries()) {
    const number = numbers[i];
    if (number === undefined) {
      reject(index, 'unavailable', 'the stream does not take it at the moment: send it again');
      continue;
    }
    const partition = partitionOf(profile.creatorId, profile.generation);
    const seq = sequenceOf(epoch, number);
    if (seq > (newest.get(partition) ?? '')) newest.set(partition, seq);
  }
  const unmarked = await together(newest, marksAtOnce, ([partition, seq]) => markAccepted(table, partition, seq, receivedAt));
  if (unmarked[0]) throw unmarked[0].error;
  return { accepted: batch.length - rejected.length, rejected: rejected.sort((a, b) => a.index - b.index), profiles };
}
