/** What does a query find? Its items page by page, to the end. */
import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
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

/** The items of a partition whose sort key begins with `prefix`, in order, read consistently. */
export async function* readItems(table: Table, partition: string, prefix: string): AsyncGenerator<Item> {
  const pages = pagesOf(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':prefix': { S: prefix } },
  });
  for await (const items of pages) yield* items;
}
