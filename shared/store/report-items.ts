/** What did a job compute for a range? A report item holds the number of what cannot be added up, or is not there yet. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { numberOf, type Table, textOf } from './table.ts';

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

/** Stores what a job found: its number, and the whole of it as JSON. A later run overwrites it. */
export async function putReport(table: Table, partition: string, sk: string, value: number, detail: unknown): Promise<void> {
  const Item = { pk: { S: partition }, sk: { S: sk }, value: { N: String(value) }, detail: { S: JSON.stringify(detail) } };
  await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

/** The whole of what a job stored, or undefined. */
export async function readReport(table: Table, partition: string, sk: string): Promise<unknown> {
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: { pk: { S: partition }, sk: { S: sk } } }));
  return Item?.detail ? JSON.parse(textOf(Item.detail)) : undefined;
}
