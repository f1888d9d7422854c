/** Which entities wait with a deadline before some instant? Found by the sparse index, then asked again themselves. */
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { pagesOf } from './items.ts';
import { type Item, type Table, textOf } from './table.ts';

/** Index of the entities that are open, by partition and deadline. */
export const openIndex = 'open-orders';

export interface OpenEntity {
  root: string;
  /** Deadline (ISO, UTC). */
  due: string;
}

async function queryIndex(table: Table, partition: string, before: string): Promise<string[]> {
  const pages = pagesOf(table, {
    IndexName: openIndex,
    KeyConditionExpression: '#open = :partition AND due < :before',
    ProjectionExpression: 'sk',
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':partition': { S: partition }, ':before': { S: before } },
  });
  const sortKeys: string[] = [];
  for await (const items of pages) for (const item of items) sortKeys.push(textOf(item.sk));
  return sortKeys;
}

async function readDues(table: Table, partition: string, sortKeys: string[]): Promise<OpenEntity[]> {
  const open: OpenEntity[] = [];
  let keys: Item[] = sortKeys.map((sk) => ({ pk: { S: partition }, sk: { S: sk } }));
  for (let attempt = 0; keys.length; attempt++) {
    if (attempt > 4) throw new Error(`the store left ${keys.length} open entities unread`);
    const answer = await table.send(
      new BatchGetItemCommand({
        RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true, ProjectionExpression: 'sk, due' } },
      }),
    );
    for (const item of answer.Responses?.[table.name] ?? [])
      if (item.due) open.push({ root: textOf(item.sk).slice(2), due: textOf(item.due) });
    keys = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return open;
}

/** Open entities with a deadline before this instant (ISO, UTC), the most urgent first. TRICKY: an index row is a hint, it may be stale. */
export async function readOpen(table: Table, partition: string, before: string): Promise<OpenEntity[]> {
  const hints = await queryIndex(table, partition, before);
  const chunks: string[][] = [];
  for (let i = 0; i < hints.length; i += 100) chunks.push(hints.slice(i, i + 100));
  const open = (await Promise.all(chunks.map((chunk) => readDues(table, partition, chunk)))).flat();
  return open
    .filter(({ due }) => due < before)
    .sort((a, b) => (a.due === b.due ? (a.root < b.root ? -1 : 1) : a.due < b.due ? -1 : 1));
}
