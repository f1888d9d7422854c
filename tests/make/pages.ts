/** What if a number of a page were another? A cell changed by hand, behind the back of everything that counts. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mergePending } from '../../shared/store/merge.ts';
import { addToPage, packPage, pageOf, unpackPage } from '../../shared/store/pages.ts';
import { readPartition } from '../../shared/store/partition.ts';
import type { Table } from '../../shared/store/table.ts';

/** Merges everything that is pending. */
export async function mergeAll(table: Table, partition: string): Promise<void> {
  const { backlog } = await readPartition(table, partition);
  await mergePending(table, partition, backlog.applied);
}

/** Adds to a field of an item of a page, as nobody should; what is pending is merged first. */
export async function changeCell(table: Table, partition: string, item: string, field: string, by: number): Promise<void> {
  await mergeAll(table, partition);
  const Key = { pk: { S: partition }, sk: { S: pageOf(item) } };
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
  if (!Item) throw new Error(`${partition} has no page ${pageOf(item)}`);
  const page = unpackPage(Item);
  const changed = addToPage(page, [{ seq: page.watermark, item, field, by }]);
  await table.send(new PutItemCommand({ TableName: table.name, Item: packPage(partition, pageOf(item), changed) }));
}
