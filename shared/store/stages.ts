/** How far behind is each stage of the pipeline? What the stage itself said last; reading it also shows that the store answers. */
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ApiError } from '../errors.ts';
import type { Incoming } from '../fold/fold.ts';
import { numberOf, type Table, textOf } from './table.ts';

export interface Stage {
  name: string;
  /** Age of the oldest record of the last batch when it became durable. */
  lagSeconds: number;
  /** When that was (ISO, UTC). */
  at: string;
}

// Of no creator: their partitions begin with C#.
const partition = 'P#stages';

/** Notes how old the oldest record of a batch was when the stage was done with it. */
export async function noteStage(table: Table, { name, lagSeconds, at }: Stage): Promise<void> {
  const Item = { pk: { S: partition }, sk: { S: name }, lag: { N: String(lagSeconds) }, at: { S: at } };
  await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

/** Notes the age of a batch's oldest record now (ms) that it was applied. */
export async function noteBatch(table: Table, records: Incoming[], now: number): Promise<void> {
  const arrivals = records.map(({ record }) => Date.parse(record.stamp.receivedAt));
  if (!arrivals.length) return;
  const lagSeconds = Math.max(0, Math.ceil((now - Math.min(...arrivals)) / 1000));
  await noteStage(table, { name: 'stream', lagSeconds, at: new Date(now).toISOString() });
}

/** What every stage said last. Throws unavailable when the store does not answer. */
export async function readStages(table: Table): Promise<Stage[]> {
  const query = new QueryCommand({
    TableName: table.name,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partition } },
  });
  const { Items = [] } = await table.send(query).catch(() => {
    throw new ApiError('unavailable', 'The store does not answer.');
  });
  return Items.map((item) => ({ name: textOf(item.sk), lagSeconds: numberOf(item.lag), at: textOf(item.at) }));
}
