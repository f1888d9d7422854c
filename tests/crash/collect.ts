/** What does collect do in a world? Stamps every record once, puts it on the newest shard, and keeps it in the lake. */
import { typeOf } from '../../shared/events/entities.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { acceptProfile, type Profile, putProfile, readProfiles } from '../../shared/store/profiles.ts';
import type { Table } from '../../shared/store/table.ts';
import type { Chance } from './chance.ts';
import type { Version } from './kpis.ts';
import { queueOf, type Shard } from './mapping.ts';
import type { LakeRecord } from './newest.ts';
import type { Snapshot } from './shop.ts';

export interface Creator {
  id: string;
  number: number;
  profile: Profile;
  /** The profile before the last change: a collect that read it a moment ago still stamps it. */
  before: Profile;
}

export interface Collected {
  records: LakeRecord[];
  shards: Shard[];
  /** Records put on the newest stream. */
  count: number;
  /** World time, ms. */
  now: number;
  /** Definitions versions of the code that runs; two while a deployment rolls. */
  code: Version[];
}

const anHour = 3_600_000;
/** Kinesis numbers have 56 digits and, some day, 57: the worlds pass that point. */
const numberOf = (n: number): string => String(10n ** 56n + BigInt(n - 15) * 7n);
/** The n-th of the worlds' entity versions, ms. */
export const versionAt = (n: number): number => Date.parse('2025-11-01T00:00:00Z') + n * 4 * anHour;
const iso = (at: number): string => new Date(at).toISOString();

export function makeEvent(creator: string, { entity, subject, data }: Snapshot, version: number, time: string): CloudEvent {
  return {
    specversion: '1.0',
    id: `${subject}-${version}`,
    source: '/world',
    type: typeOf(entity),
    subject,
    time,
    creatorid: creator,
    entityversion: version,
    data,
  };
}

/** Appends bytes to the newest shard; answers their place: shard and sequence number. */
export function append(world: Collected, creator: Creator, text: string): string {
  const shard = world.shards.at(-1)!;
  world.count++;
  const sequenceNumber = numberOf(world.count);
  queueOf(shard, creator.number).entries.push({
    creator: creator.id,
    sequenceNumber,
    data: Buffer.from(text).toString('base64'),
  });
  return `${shard.id}/${sequenceNumber}`;
}

/** Puts an event on the stream; `least` is the lowest definitions version it may be stamped with, and a re-telling is stamped afresh. */
export function put(world: Collected, chance: Chance, creator: Creator, event: CloudEvent, least?: number): LakeRecord {
  world.now += chance.below(3) * anHour;
  const { profile } = creator;
  const { revision, zones } = least === undefined && chance.happens(0.1) ? creator.before : profile;
  const stamp = {
    definitions: Math.max(least ?? 1, chance.pick(world.code)),
    profile: revision,
    zones,
    currency: profile.currency,
    generation: profile.generation,
    epoch: world.shards.at(-1)!.epoch,
    receivedAt: iso(world.now),
  };
  const record = { event, stamp, place: append(world, creator, JSON.stringify({ event, stamp })) };
  world.records.push(record);
  return record;
}

export const creatorEvent = (creator: string, zone: string, version: number, time: string): CloudEvent =>
  makeEvent(
    creator,
    { entity: 'creator', subject: `creator/${creator}`, data: { name: creator, timeZone: zone, currency: 'USD' } },
    version,
    time,
  );

/** Accepts a creator event, tried again until it is through. */
export async function accept(table: Table, creator: Creator, event: CloudEvent): Promise<void> {
  for (;;) {
    try {
      const profile = await acceptProfile(table, event);
      if (profile.revision > creator.profile.revision) Object.assign(creator, { before: creator.profile, profile });
      return;
    } catch (error) {
      if ((error as Error).name !== 'TimeoutError') throw error;
    }
  }
}

/** Sends a creator's numbers into a fresh generation; the table is the store itself. */
export async function nextGeneration(table: Table, creator: Creator): Promise<void> {
  const known = (await readProfiles(table, [creator.id])).get(creator.id)!;
  creator.profile = { ...known, generation: known.generation + 1 };
  if (!(await putProfile(table, creator.profile, known))) throw new Error('a profile changed while the world stood still');
}
