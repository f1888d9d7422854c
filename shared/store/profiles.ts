/** Who is a creator, and in which zone and currency do they count? The settings item, written when a creator event is accepted. */
import { BatchGetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Calendar, readCalendar } from '../calendar.ts';
import { ApiError } from '../errors.ts';
import { contentHash } from '../events/facts.ts';
import type { CloudEvent } from '../events/parse.ts';
import { beginning, type ZoneSpan } from '../time.ts';
import { listCreator } from './creators.ts';
import { type Item, settingsOf, type Table, textOf, writeIf } from './table.ts';

/** What one accepted event said of the zone: in force from its time on. */
export interface Said {
  from: string;
  zone: string;
  version: number;
}

export interface Profile {
  creatorId: string;
  /** The newest snapshot's entityversion, and its data. */
  version: number;
  data: CloudEvent['data'];
  /** Counted up by each change of zones: part of every stamp. */
  revision: number;
  /** All that was ever said of the zone; the zones follow from it, so that a late event finds its place. */
  said?: Said[];
  zones: ZoneSpan[];
  currency: string;
  /** Where collect sends its numbers: part of every stamp. */
  generation: number;
  /** Where reports read, while another generation is being filled, or after it was taken back; the same where absent. */
  reading?: Reading;
  /** The generation that was read before the last switch: the way back. */
  previous?: number;
  /** The highest generation there ever was, so that a new one is empty. */
  highest?: number;
  /** The import that made this creator known, with its history. */
  loadedBy?: string;
}

/** A generation that is read while collect writes another one. */
export interface Reading {
  generation: number;
  /** Since when (ISO, UTC) new events go elsewhere: nothing later is in it. */
  since: string;
}

/** The generation that reports read. */
export const readGenerationOf = ({ generation, reading }: Profile): number => reading?.generation ?? generation;

/** How the creator cuts time. */
export const calendarOf = ({ data }: Profile): Calendar => readCalendar(data.preferences);

const sk = 'S#profile';
/** What is kept of all that was said of the zone, and how many changes of zone a stamp carries: the newest. A stamp stays below 4 KB. */
const mostSaid = 200;
const mostSpans = 64;

function unpack(item: Item): Profile {
  return JSON.parse(textOf(item.profile)) as Profile;
}

/** Profiles of these creators, read consistently; unknown ones are left out. Throws when the store leaves some unread. */
export async function readProfiles(table: Table, creatorIds: Iterable<string>): Promise<Map<string, Profile>> {
  const profiles = new Map<string, Profile>();
  const all = [...new Set(creatorIds)];
  for (let i = 0; i < all.length; i += 100) {
    let keys: Item[] = all.slice(i, i + 100).map((creatorId) => ({ pk: { S: settingsOf(creatorId) }, sk: { S: sk } }));
    for (let attempt = 0; keys.length; attempt++) {
      if (attempt > 4) throw new Error(`the store left ${keys.length} profiles unread`);
      const answer = await table.send(
        new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
      );
      for (const item of answer.Responses?.[table.name] ?? []) {
        const profile = unpack(item);
        profiles.set(profile.creatorId, profile);
      }
      keys = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return profiles;
}

/** The spans that follow from what was said: each zone from its time on, the earliest from the beginning; equal neighbours are one, and of many changes of zone the newest are kept. */
export function zonesOf(said: Said[]): ZoneSpan[] {
  const spans = [...new Map(said.map(({ from, zone }) => [from, zone]))].map(([from, zone], i) => ({
    from: i === 0 ? beginning : from,
    zone,
  }));
  const zoneChanges = spans.filter((span, i) => i === 0 || span.zone !== spans[i - 1]?.zone).slice(-mostSpans);
  return zoneChanges.map((span, i) => (i === 0 ? { ...span, from: beginning } : span));
}

/** What was said with one thing more, by time; of things said for the same instant the highest version comes last and holds. */
function withSaid(said: Said[], more: Said): Said[] {
  const place = ({ from, version, zone }: Said) => `${from} ${String(version).padStart(16, '0')} ${zone}`;
  const all = [...said.filter((one) => place(one) !== place(more)), more].sort((a, b) => (place(a) < place(b) ? -1 : 1));
  if (all.length <= mostSaid) return all;
  // What only repeats its neighbours is forgotten first, then the oldest: whichever came first decides nothing.
  return all.filter(({ zone }, i) => zone !== all[i - 1]?.zone || zone !== all[i + 1]?.zone).slice(-mostSaid);
}

/** The profile after an accepted creator event; null where the event changes nothing. The order of arrival decides nothing. */
export function nextProfile(known: Profile | undefined, event: CloudEvent): Profile | null {
  const { creatorid, entityversion, data } = event;
  const { timeZone, currency } = data as { timeZone: string; currency: string };
  const before = known?.said ?? known?.zones.map(({ from, zone }) => ({ from, zone, version: 0 })) ?? [];
  const said = withSaid(before, { from: new Date(event.time).toISOString(), zone: timeZone, version: entityversion });
  const zones = zonesOf(said);
  if (!known) return { creatorId: creatorid, version: entityversion, data, revision: 1, said, zones, currency, generation: 1 };
  const isNewer =
    entityversion > known.version || (entityversion === known.version && contentHash(data) > contentHash(known.data));
  if (!isNewer && JSON.stringify(said) === JSON.stringify(before)) return null;
  const hasChangedZone = JSON.stringify(zones) !== JSON.stringify(known.zones);
  return {
    ...known,
    ...(isNewer ? { version: entityversion, data } : {}),
    said,
    zones,
    revision: known.revision + (hasChangedZone ? 1 : 0),
  };
}

/** Writes a profile over the one that was read; false when another writer was faster: read again. */
export function putProfile(table: Table, profile: Profile, known: Profile | undefined): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: table.name,
    Item: { pk: { S: settingsOf(profile.creatorId) }, sk: { S: sk }, profile: { S: JSON.stringify(profile) } },
    ...(known
      ? { ConditionExpression: 'profile = :known', ExpressionAttributeValues: { ':known': { S: JSON.stringify(known) } } }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  });
  return writeIf(table, put);
}

/** Changes a profile by what `next` makes of the one in force; answers the one now in force. Throws not_found for an unknown creator. */
export async function changeProfile(table: Table, creatorId: string, next: (known: Profile) => Profile): Promise<Profile> {
  for (;;) {
    const known = (await readProfiles(table, [creatorId])).get(creatorId);
    if (!known) throw new ApiError('not_found', `There is no creator ${creatorId}.`);
    const changed = next(known);
    if (await putProfile(table, changed, known)) return changed;
  }
}

async function acceptInto(table: Table, event: CloudEvent): Promise<Profile> {
  for (;;) {
    const known = (await readProfiles(table, [event.creatorid])).get(event.creatorid);
    const next = nextProfile(known, event);
    if (!next) return known as Profile;
    if (await putProfile(table, next, known)) return next;
  }
}

/** Accepts a creator event into its profile and the directory; answers the profile now in force. */
export async function acceptProfile(table: Table, event: CloudEvent): Promise<Profile> {
  const profile = await acceptInto(table, event);
  // An event that changes nothing lists too: the attempt before it may have ended between the two.
  await listCreator(table, profile);
  return profile;
}
