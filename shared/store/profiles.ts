/** Who is a creator, and in which zone and currency do they count? The settings item, written when a creator event is accepted. */
import { BatchGetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CloudEvent } from '../events/parse.ts';
import { beginning, type ZoneSpan } from '../time.ts';
import { type Item, isRefusal, settingsOf, type Table, textOf } from './table.ts';

export interface Profile {
  creatorId: string;
  /** The newest snapshot's entityversion, and its data. */
  version: number;
  data: CloudEvent['data'];
  /** Counted up by each change of zones: part of every stamp. */
  revision: number;
  zones: ZoneSpan[];
  currency: string;
  generation: number;
}

const sk = 'S#profile';

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

/** The spans with one more change among them: dated by the event's time, whatever the order of arrival; equal neighbours are one. */
export function withZone(spans: ZoneSpan[], zone: string, from: string): ZoneSpan[] {
  if (!spans.length) return [{ from: beginning, zone }];
  const dated = [...spans.filter((span) => span.from !== from), { from, zone }].sort(
    (a, b) => Date.parse(a.from) - Date.parse(b.from),
  );
  return dated.filter((span, i) => i === 0 || span.zone !== dated[i - 1]?.zone);
}

/** The profile after an accepted creator event; null where the event changes nothing. */
export function nextProfile(known: Profile | undefined, event: CloudEvent): Profile | null {
  const { timeZone, currency } = event.data as { timeZone: string; currency: string };
  if (!known)
    return {
      creatorId: event.creatorid,
      version: event.entityversion,
      data: event.data,
      revision: 1,
      zones: withZone([], timeZone, beginning),
      currency,
      generation: 1,
    };
  const zones = withZone(known.zones, timeZone, new Date(event.time).toISOString());
  const moved = JSON.stringify(zones) !== JSON.stringify(known.zones);
  const isNewer = event.entityversion > known.version;
  if (!moved && !isNewer) return null;
  return {
    ...known,
    ...(isNewer ? { version: event.entityversion, data: event.data } : {}),
    zones,
    revision: known.revision + (moved ? 1 : 0),
  };
}

/** Writes a profile over the one that was read; false when another writer was faster: read again. */
export async function putProfile(table: Table, profile: Profile, known: Profile | undefined): Promise<boolean> {
  try {
    await table.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { pk: { S: settingsOf(profile.creatorId) }, sk: { S: sk }, profile: { S: JSON.stringify(profile) } },
        ...(known
          ? { ConditionExpression: 'profile = :known', ExpressionAttributeValues: { ':known': { S: JSON.stringify(known) } } }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      }),
    );
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** Accepts a creator event into its profile; answers the profile now in force. */
export async function acceptProfile(table: Table, event: CloudEvent): Promise<Profile> {
  for (;;) {
    const known = (await readProfiles(table, [event.creatorid])).get(event.creatorid);
    const next = nextProfile(known, event);
    if (!next) return known as Profile;
    if (await putProfile(table, next, known)) return next;
  }
}
