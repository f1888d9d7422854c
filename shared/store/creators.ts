/** Which creators are there? A directory in one partition, an item each, rewritten whenever a creator event is accepted. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { contentHash } from '../events/facts.ts';
import type { ZoneSpan } from '../time.ts';
import { pagesOf } from './items.ts';
import type { Profile } from './profiles.ts';
import { type Item, type Table, textOf, writeIf } from './table.ts';

/** What the directory says of a creator. */
export interface Listed {
  creatorId: string;
  name: string;
  currency: string;
  /** Spans of zones, from the one in force when it was listed on. */
  zones: ZoneSpan[];
  country: string | null;
  category: string | null;
}

// Of no creator: their partitions begin with C#.
const directory = 'P#creators';
// An item takes some 300 bytes: about as many as the store looks at for one page of its own.
const lookedAtOnce = 2000;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
/** How a text is compared: without case, and without the ways of writing the same letter. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** What the directory says of a profile at an instant (ms) and later. */
export function listedOf({ creatorId, data, currency, zones }: Profile, now: number): Listed {
  const later = zones.filter((_, i) => i + 1 >= zones.length || Date.parse(zones[i + 1]?.from ?? '') > now);
  return {
    creatorId,
    name: textOrNull(data.name) ?? creatorId,
    currency,
    zones: later,
    country: textOrNull(data.country),
    category: textOrNull(data.category),
  };
}

/** Does a creator's name or id begin with this text? Everything begins with an empty one. */
export const isFound = ({ name, creatorId }: Listed, search: string): boolean =>
  [name, creatorId].some((text) => folded(text).startsWith(folded(search)));

/**
 * Sorts what a profile says behind whatever it said before: of two profiles of a creator one was made from the other, and versions,
 * the content of equal ones, and revisions only ever go up.
 */
const stateOf = ({ version, revision, data }: Profile): string =>
  [String(version).padStart(16, '0'), String(revision).padStart(10, '0'), contentHash(data)].join('#');

/** Lists a creator as its profile says; where the directory says so already, or what a newer profile says, nothing changes. */
export async function listCreator(table: Table, profile: Profile, now = Date.now()): Promise<void> {
  const listed = listedOf(profile, now);
  const put = new PutItemCommand({
    TableName: table.name,
    Item: {
      pk: { S: directory },
      sk: { S: profile.creatorId },
      listed: { S: JSON.stringify(listed) },
      byId: { S: folded(listed.creatorId) },
      byName: { S: folded(listed.name) },
      said: { S: stateOf(profile) },
    },
    ConditionExpression: 'attribute_not_exists(pk) OR said < :said',
    ExpressionAttributeValues: { ':said': { S: stateOf(profile) } },
  });
  await writeIf(table, put);
}

const unpack = (item: Item): Listed => JSON.parse(textOf(item.listed)) as Listed;

/** Creators behind `after` (an id; '' is before all), by id, up to `limit`; `search` leaves those whose name or id begins with it. */
export async function readCreators(table: Table, search: string, after: string, limit: number): Promise<Listed[]> {
  const values: Item = { ':pk': { S: directory } };
  // No key of the store is empty.
  if (after) values[':after'] = { S: after };
  if (search) values[':search'] = { S: folded(search) };
  const pages = pagesOf(table, {
    Limit: search ? lookedAtOnce : limit,
    KeyConditionExpression: `pk = :pk${after ? ' AND sk > :after' : ''}`,
    ...(search ? { FilterExpression: 'begins_with(byId, :search) OR begins_with(byName, :search)' } : {}),
    ExpressionAttributeValues: values,
  });
  const found: Listed[] = [];
  for await (const items of pages) {
    found.push(...items.map(unpack));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}
