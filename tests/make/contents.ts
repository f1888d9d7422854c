/** What is in the table? Everything under a creator's partition, as plain values, and how big an item is. */
import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unpackEntity } from '../../shared/store/entities.ts';
import { readPartition } from '../../shared/store/partition.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { readAllSums } from '../../shared/store/totals.ts';
import { type Cells, isRestatement } from './cells.ts';

export async function itemsOf(table: Table, partition: string, prefix = ''): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition }, ...(prefix ? { ':prefix': { S: prefix } } : {}) },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** The numbers of hours, days and months by item and field; zeros and counters of restatements left out. */
export async function storedCells(table: Table, partition: string): Promise<Cells> {
  const cells: Cells = new Map();
  for (const [item, fields] of await readAllSums(await readPartition(table, partition)))
    for (const [field, sum] of fields) {
      const cell = `${item} ${field}`;
      if (Number(sum) !== 0 && !isRestatement(cell)) cells.set(cell, Number(sum));
    }
  return new Map([...cells].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The stored entities by root. */
export const storedEntities = async (table: Table, partition: string) =>
  new Map((await itemsOf(table, partition, 'E#')).map((item) => [item.sk?.S?.slice(2), unpackEntity(item)]));

const sizeOfValue = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return value.B.length;
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[-.]/g, '').length / 2) + 2;
  throw new Error(`no size for ${JSON.stringify(value)}`);
};

/** Bytes that an item counts for in DynamoDB: names and values. */
export const sizeOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);
