/** Which webhooks came already? Their keys, kept for a week: vendors try again for half a day. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item, Table } from './table.ts';

const keptSeconds = 7 * 86_400;
/** `key` is the vendor's id of the notification, cut so that no sender makes a key too long. */
const keyOf = (vendor: string, key: string): Item => ({
  pk: { S: `P#webhook#${vendor}#${key.slice(0, 200)}` },
  sk: { S: 'S#seen' },
});

/** `now` in ms: what has expired may still lie there. */
export async function isSeen(table: Table, vendor: string, key: string, now: number): Promise<boolean> {
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: keyOf(vendor, key), ConsistentRead: true }));
  return Item !== undefined && Number(Item.expires?.N ?? 0) * 1000 > now;
}

export async function markSeen(table: Table, vendor: string, key: string, now: number): Promise<void> {
  const Item = { ...keyOf(vendor, key), expires: { N: String(Math.floor(now / 1000) + keptSeconds) } };
  await table.send(new PutItemCommand({ TableName: table.name, Item }));
}
