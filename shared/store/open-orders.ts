/** Which entities wait with a deadline before some instant? Found by the sparse index, then asked again themselves. */
import { pagesOf, readKeys } from './items.ts';
import { type Item, type Table, textOf } from './table.ts';

/** Index of the entities that are open, by partition and deadline. */
export const openIndex = 'open-orders';

export interface OpenEntity {
  root: string;
  /** Deadline (ISO, UTC). */
  due: string;
}

async function queryIndex(table: Table, partition: string, before: string): Promise<Item[]> {
  const pages = pagesOf(table, {
    IndexName: openIndex,
    KeyConditionExpression: '#open = :partition AND due < :before',
    ProjectionExpression: 'sk',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':partition': { S: partition }, ':before': { S: before } },
  });
  const keys: Item[] = [];
  for await (const items of pages) for (const { sk } of items) if (sk) keys.push({ pk: { S: partition }, sk });
  return keys;
}

/** Open entities with a deadline before this instant (ISO, UTC), the most urgent first. TRICKY: an index row is a hint, it may be stale. */
export async function readOpen(table: Table, partition: string, before: string): Promise<OpenEntity[]> {
  const items = await readKeys(table, await queryIndex(table, partition, before), 'open entities', 'sk, due');
  const open = items.flatMap(({ sk, due }) => (due ? [{ root: textOf(sk).slice(2), due: textOf(due) }] : []));
  return open
    .filter(({ due }) => due < before)
    .sort((a, b) => (a.due === b.due ? (a.root < b.root ? -1 : 1) : a.due < b.due ? -1 : 1));
}
