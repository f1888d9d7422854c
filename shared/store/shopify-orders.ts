/** Which orders of a Shopify shop hold a buyer's key? Their last snapshot, among the creator's settings, until the key is erased: a snapshot without it needs the whole. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CloudEvent } from '../events/parse.ts';
import { readItems } from './items.ts';
import { type Item, settingsOf, type Table, textOf, writeIf } from './table.ts';

const prefixOf = (shopId: string): string => `S#shopify-order#${shopId}#`;

/** Keeps a snapshot over an older one only; one without a buyer's key leaves nothing but its version. */
export async function keepShopifyOrder(table: Table, shopId: string, event: CloudEvent): Promise<void> {
  const kept: Item = event.data.buyerKey === undefined ? {} : { event: { S: JSON.stringify(event) } };
  const put = new PutItemCommand({
    TableName: table.name,
    Item: {
      pk: { S: settingsOf(event.creatorid) },
      sk: { S: prefixOf(shopId) + event.subject },
      version: { N: String(event.entityversion) },
      ...kept,
    },
    ConditionExpression: 'attribute_not_exists(version) OR version <= :version',
    ExpressionAttributeValues: { ':version': { N: String(event.entityversion) } },
  });
  await writeIf(table, put);
}

/** The snapshots of a shop that hold a buyer's key. */
export async function* readShopifyOrders(table: Table, creatorId: string, shopId: string): AsyncGenerator<CloudEvent> {
  for await (const { event } of readItems(table, settingsOf(creatorId), prefixOf(shopId)))
    if (event) yield JSON.parse(textOf(event)) as CloudEvent;
}
