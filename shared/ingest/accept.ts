/** Which events of a batch get onto the stream, and why not the others? Checked, stamped once and for all, put, and marked as accepted. */

import { ApiError } from '../errors.ts';
import { isRateMissing } from '../events/facts.ts';
import { eventBytes, profileBytes } from '../events/limits.ts';
import { type CloudEvent, type EventCode, type Parsed, parseEvent } from '../events/parse.ts';
import type { StreamRecord } from '../events/record.ts';
import { faultAlone } from '../fold/fold.ts';
import { sequenceOf } from '../fold/sequence.ts';
import { dictionary } from '../kpis/dictionary.ts';
import type { Profile } from '../store/profiles.ts';
import type { Table } from '../store/table.ts';
import { putRecords, type RetryPolicy, type Stream } from '../stream/put.ts';
import { markBatch, type Position, type Put } from './mark.ts';
import { upsertProfiles } from './upsert-profiles.ts';

export interface Collector {
  table: Table;
  stream: Stream;
  /** Number of the stream, counted up when a new stream replaces the old one. */
  epoch: number;
  /** When this instance last marked which shard; where absent, it marks each time. */
  latestMarks?: Map<string, number>;
  /** How the stream's refusals are borne; the usual way where absent. */
  retryPolicy?: RetryPolicy;
  /** Told of shipments whose source knows their tracking number; where absent, numbers are dropped. */
  track?: Track;
}

/** A shipment that was put, and its tracking number as its source told it. */
export interface Tracked {
  event: CloudEvent;
  trackingKey: string;
}

/** Keeps where numbers lead; answers the shipments with what carriers had told of them before. `now` in ms. */
export type Track = (tracked: Tracked[], now: number) => Promise<CloudEvent[]>;

export interface Rejection {
  index: number;
  id: string | null;
  code: EventCode;
  message: string;
}

export interface Accepted {
  accepted: number;
  rejected: Rejection[];
  /** Where the newest accepted event of each creator stands. */
  positions: Position[];
  /** Profiles in force of the batch's creators. */
  profiles: Map<string, Profile>;
}

/** An event that passed the check, with its place in the batch. */
export interface Candidate extends Omit<Extract<Parsed, { ok: true }>, 'ok'> {
  index: number;
  isProfile: boolean;
  /** Of a shipment; no part of the event. */
  trackingKey: string | undefined;
}

export type Reject = (index: number, code: EventCode, message: string) => void;

const idOf = (raw: unknown): string | null => {
  const id = (raw as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 256) : null;
};

/** What each event alone says of itself, its size too: judged before a profile or anything else is written. */
function check(batch: unknown[], now: number, reject: Reject): Candidate[] {
  return batch.flatMap((raw, index): Candidate[] => {
    const parsed = parseEvent(raw, now);
    if (!parsed.ok) {
      reject(index, parsed.code, parsed.message);
      return [];
    }
    const { event, entity, subject, trackingKey } = parsed;
    const isProfile = entity.name === 'creator';
    const [most, bytes] = [isProfile ? profileBytes : eventBytes, Buffer.byteLength(JSON.stringify(event))];
    if (bytes <= most) return [{ index, event, entity, subject, isProfile, trackingKey }];
    reject(index, 'too_large', `${isProfile ? 'a creator’s event' : 'an event'} may have ${most} bytes, this one has ${bytes}`);
    return [];
  });
}

function stampOf(profile: Profile, epoch: number, receivedAt: string): StreamRecord['stamp'] {
  const { revision, zones, currency, generation } = profile;
  return { definitions: dictionary.latest, profile: revision, zones, currency, generation, epoch, receivedAt };
}

/** The candidates as records, each under its creator's stamp. */
function stampAll(candidates: Candidate[], profiles: Map<string, Profile>, epoch: number, receivedAt: string, reject: Reject) {
  return candidates.flatMap((candidate) => {
    const { index, event, entity, subject, isProfile } = candidate;
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
    // What could never be counted is said now, not found in quarantine later.
    const fault = faultAlone({ seq: sequenceOf(epoch, '0'), record, entity, subject });
    if (fault) {
      reject(index, fault.isTooLarge ? 'too_large' : 'invalid', `data: ${fault.reason}`);
      return [];
    }
    return [{ ...candidate, profile, outgoing: { key: event.creatorid, data: Buffer.from(JSON.stringify(record)) } }];
  });
}

/** Accepts what is good of a batch: durable on the stream and marked before it is answered. `now` in ms. */
export async function acceptBatch(batch: unknown[], collector: Collector, now: number): Promise<Accepted> {
  const { table, stream, epoch, latestMarks, retryPolicy } = collector;
  const rejected: Rejection[] = [];
  const reject: Reject = (index, code, message) => rejected.push({ index, id: idOf(batch[index]), code, message });
  const receivedAt = new Date(now).toISOString();
  const { candidates, profiles } = await upsertProfiles(check(batch, now, reject), table, reject);
  const stamped = stampAll(candidates, profiles, epoch, receivedAt, reject);
  const places = await putRecords(
    stream,
    stamped.map(({ outgoing }) => outgoing),
    retryPolicy,
  );
  const put: (Put & Pick<Candidate, 'trackingKey'>)[] = [];
  for (const [i, each] of stamped.entries()) {
    const place = places[i];
    if (place) put.push({ ...each, seq: sequenceOf(epoch, place.sequenceNumber), shardId: place.shardId });
    else reject(each.index, 'unavailable', 'the stream does not take it at the moment: send it again');
  }
  const positions = await markBatch(table, put, epoch, receivedAt, latestMarks);
  await follow(
    put.flatMap(({ event, trackingKey }) => (trackingKey ? [{ event, trackingKey }] : [])),
    collector,
    now,
  );
  const accepted = batch.length - rejected.length;
  return { accepted, rejected: rejected.sort((a, b) => a.index - b.index), positions, profiles };
}

/** Throws where what carriers had told does not get onto the stream: who sent the shipments sends them again, and they are the same. */
async function follow(tracked: Tracked[], { track, ...collector }: Collector, now: number): Promise<void> {
  if (!track || !tracked.length) return;
  const told = await track(tracked, now);
  if (!told.length) return;
  const { rejected } = await acceptBatch(told, collector, now);
  if (rejected.some(({ code }) => code === 'unavailable'))
    throw new ApiError('unavailable', 'The stream does not take it at the moment: send it again.');
}
