/** How are a creator's saved views kept? One item among the settings, replaced only by who read it as it stands. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isRefusal, numberOf, settingsOf, type Table, textOf } from './table.ts';

/** A page with its filters, under a name, as it is sent. */
export interface View {
  id: string;
  name: string;
  path: string;
  search: string;
}

export interface SavedView extends View {
  /** When it was last changed (ISO, UTC). */
  savedAt: string;
}

export interface SavedViews {
  /** Counted up by each change; 0: nothing was saved yet. */
  version: number;
  views: SavedView[];
}

const keyOf = (creatorId: string) => ({ pk: { S: settingsOf(creatorId) }, sk: { S: 'S#saved-views' } });

/** The views with the instants since when each is as it is: a new or changed one since now (ms). */
export function datedViews(given: View[], known: SavedView[], now: number): SavedView[] {
  const before = new Map(known.map((view) => [view.id, view]));
  return given.map(({ id, name, path, search }) => {
    const old = before.get(id);
    const isSame = old?.name === name && old.path === path && old.search === search;
    return { id, name, path, search, savedAt: isSame ? old.savedAt : new Date(now).toISOString() };
  });
}

/** The saved views, read consistently; none in version 0 for a creator who never saved one, or is unknown. */
export async function readViews(table: Table, creatorId: string): Promise<SavedViews> {
  const get = new GetItemCommand({ TableName: table.name, Key: keyOf(creatorId), ConsistentRead: true });
  const { Item } = await table.send(get);
  return Item ? { version: numberOf(Item.version), views: JSON.parse(textOf(Item.views)) } : { version: 0, views: [] };
}

/** Puts views over those of the version before; false where that is not the one that is stored. */
export async function putViews(table: Table, creatorId: string, { version, views }: SavedViews): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: table.name,
    Item: { ...keyOf(creatorId), version: { N: String(version) }, views: { S: JSON.stringify(views) } },
    ...(version === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :before',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
        }),
  });
  try {
    await table.send(put);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
