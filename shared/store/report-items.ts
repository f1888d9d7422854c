/** What did a job compute for a range? A report item holds the number of what cannot be added up, or is not there yet. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { numberOf, type Table } from './table.ts';

export const reportKey = (name: string, from: string, to: string): string => `R#${name}#${from}..${to}`;

/** The number a job stored for these days, or null. */
export async function readReportValue(
  table: Table,
  partition: string,
  name: string,
  from: string,
  to: string,
): Promise<number | null> {
  const Key = { pk: { S: partition }, sk: { S: reportKey(name, from, to) } };
  const ExpressionAttributeNames = { '#value': 'value' };
  const get = new GetItemCommand({ TableName: table.name, Key, ProjectionExpression: '#value', ExpressionAttributeNames });
  const { Item } = await table.send(get);
  return Item?.value?.N === undefined ? null : numberOf(Item.value);
}
