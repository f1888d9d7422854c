/** How are many items read? What a query finds page by page to the end, and what stands at keys until nothing is left unread. */
import { BatchGetItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Item, Table } from './table.ts';

/** The pages of a query, however many the store makes of it. */
export async function* pagesOf(
  table: Table,
  query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>,
): AsyncGenerator<Item[]> {
  let start: Item | undefined;
  do {
    const next = start ? { ExclusiveStartKey: start } : {};
    const page = await table.send(new QueryCommand({ TableName: table.name, ...query, ...next }));
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

/** The items of a partition whose sort key begins with `prefix`, in order (or backwards), read consistently. */
export async function* readItems(table: Table, partition: string, prefix: string, isBackwards = false): AsyncGenerator<Item> {
  const pages = pagesOf(table, {
    ConsistentRead: true,
    ScanIndexForward: !isBackwards,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':prefix': { S: prefix } },
  });
  for await (const items of pages) yield* items;
}

const keysPerCall = 100;
const mostAttempts = 5;

/**
 * The items at these keys (each once), read consistently and in no order; absent ones are left out. `projection` names the attributes
 * to read. Throws when the store leaves some unread, named as `what` they are: an unread item is not an absent one.
 */
export async function readKeys(table: Table, keys: Item[], what: string, projection?: string): Promise<Item[]> {
  const readChunk = async (chunk: Item[]): Promise<Item[]> => {
    const items: Item[] = [];
    let left = chunk;
    for (let attempt = 0; left.length; attempt++) {
      if (attempt === mostAttempts) throw new Error(`the store left ${left.length} ${what} unread`);
      const asked = { Keys: left, ConsistentRead: true, ...(projection ? { ProjectionExpression: projection } : {}) };
      const answer = await table.send(new BatchGetItemCommand({ RequestItems: { [table.name]: asked } }));
      items.push(...(answer.Responses?.[table.name] ?? []));
      left = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
    return items;
  };
  const chunks = Array.from({ length: Math.ceil(keys.length / keysPerCall) }, (_, i) =>
    keys.slice(i * keysPerCall, (i + 1) * keysPerCall),
  );
  return (await Promise.all(chunks.map(readChunk))).flat();
}
