/** How is a creator's list kept that is read and replaced whole? One item among the settings, replaced only by who read it as it stands. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { numberOf, settingsOf, type Table, textOf, writeIf } from './table.ts';

/** Where a list stands: its sort key, and the attribute that holds its entries as JSON. */
export interface ListPlace {
  key: string;
  attribute: string;
}
export const savedViewsPlace: ListPlace = { key: 'S#saved-views', attribute: 'views' };
export const calendarPlace: ListPlace = { key: 'S#calendar', attribute: 'entries' };
export const goalsPlace: ListPlace = { key: 'S#goals', attribute: 'goals' };
export const stockTermsPlace: ListPlace = { key: 'S#stock-terms', attribute: 'terms' };

/** An entry with the instant at which it was last changed (ISO, UTC). */
export type Dated<Entry> = Entry & { savedAt: string };

export interface VersionedList<Entry> {
  /** Counted up by each change; 0: nothing was saved yet. */
  version: number;
  entries: Dated<Entry>[];
}

const keyOf = (creatorId: string, { key }: ListPlace) => ({ pk: { S: settingsOf(creatorId) }, sk: { S: key } });
const isSame = (a: object, b: object | undefined): boolean =>
  JSON.stringify({ ...a, savedAt: undefined }) === JSON.stringify({ ...b, savedAt: undefined });

/** The entries with the instants since when each is as it is: a new or changed one since now (ms). */
export function datedEntries<Entry extends { id: string }>(given: Entry[], known: Dated<Entry>[], now: number): Dated<Entry>[] {
  const before = new Map(known.map((entry) => [entry.id, entry]));
  return given.map((entry) => {
    const old = before.get(entry.id);
    return { ...entry, savedAt: old && isSame(entry, old) ? old.savedAt : new Date(now).toISOString() };
  });
}

/** The list, read consistently; empty in version 0 for a creator who never saved one, or is unknown. */
export async function readList<Entry>(table: Table, creatorId: string, place: ListPlace): Promise<VersionedList<Entry>> {
  const get = new GetItemCommand({ TableName: table.name, Key: keyOf(creatorId, place), ConsistentRead: true });
  const { Item } = await table.send(get);
  return Item
    ? { version: numberOf(Item.version), entries: JSON.parse(textOf(Item[place.attribute])) }
    : { version: 0, entries: [] };
}

/** Puts a list over that of the version before; false where that is not the one that is stored. */
export async function putList<Entry>(
  table: Table,
  creatorId: string,
  place: ListPlace,
  { version, entries }: VersionedList<Entry>,
): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: table.name,
    Item: { ...keyOf(creatorId, place), version: { N: String(version) }, [place.attribute]: { S: JSON.stringify(entries) } },
    ...(version === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :before',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
        }),
  });
  return writeIf(table, put);
}
