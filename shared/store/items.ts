/** What stands under a partition? Its items page by page, read consistently. */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Item, Table } from './table.ts';

/** The items of a partition whose sort key begins with `prefix`, in order. */
export async function* readItems(table: Table, partition: string, prefix: string): AsyncGenerator<Item> {
  let start: Item | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: partition }, ':prefix': { S: prefix } },
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}
