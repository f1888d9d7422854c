/** Which webhooks were worked off already? Their keys, kept for a week: vendors try again for half a day. */
import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { readKeys } from './items.ts';
import { type Item, type Table, textOf } from './table.ts';

const keptSeconds = 7 * 86_400;
/** What one call of the store writes. */
const keysPerWrite = 25;
const mostAttempts = 5;

/** The vendor's id of a notification, cut so that no sender makes a key too long. */
export const seenKey = (vendor: string, id: string): string => `P#webhook#${vendor}#${id.slice(0, 200)}`;
const keyOf = (key: string): Item => ({ pk: { S: key }, sk: { S: 'S#seen' } });

/** Which of these keys were noted within a week; `now` in ms, since what has expired may still lie there. */
export async function readSeen(table: Table, keys: ReadonlySet<string>, now: number): Promise<Set<string>> {
  const items = await readKeys(table, [...keys].map(keyOf), 'keys of webhooks');
  return new Set(items.filter(({ expires }) => Number(expires?.N ?? 0) * 1000 > now).map(({ pk }) => textOf(pk)));
}

/** Throws where the store leaves a key unwritten. */
export async function markSeen(table: Table, keys: ReadonlySet<string>, now: number): Promise<void> {
  const expires = { N: String(Math.floor(now / 1000) + keptSeconds) };
  const puts = [...keys].map((key): WriteRequest => ({ PutRequest: { Item: { ...keyOf(key), expires } } }));
  for (let at = 0; at < puts.length; at += keysPerWrite) {
    let left = puts.slice(at, at + keysPerWrite);
    for (let attempt = 0; left.length; attempt++) {
      if (attempt === mostAttempts) throw new Error(`the store left ${left.length} keys of webhooks unwritten`);
      const answer = await table.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: left } }));
      left = answer.UnprocessedItems?.[table.name] ?? [];
    }
  }
}
