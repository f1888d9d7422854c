/** What did a carrier service tell last of a creator's parcels? An item for each service, among the creator's settings. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from './items.ts';
import { numberOf, settingsOf, type Table, textOf, writeIf } from './table.ts';

/** Instants are ms. */
export interface HeardCarrier {
  service: string;
  /** When a message of a parcel of the creator's was worked off last. */
  heardAt: number;
  /** The newest time that any of them told. */
  newest: number;
  /** What was wrong with the last one, in words; '' where nothing was. */
  lastError: string;
}

const prefix = 'S#heard#';

/** Notes a message. Of the newest times the later one stays, in whatever order they come. */
export async function noteHeard(
  table: Table,
  creatorId: string,
  { service, heardAt, newest, lastError }: HeardCarrier,
): Promise<void> {
  const Key = { pk: { S: settingsOf(creatorId) }, sk: { S: prefix + service } };
  const values = { ':at': { N: String(heardAt) }, ':error': { S: lastError } };
  const isNewest = await writeIf(
    table,
    new UpdateItemCommand({
      TableName: table.name,
      Key,
      UpdateExpression: 'SET heardAt = :at, lastError = :error, newest = :newest',
      ConditionExpression: 'attribute_not_exists(newest) OR newest < :newest',
      ExpressionAttributeValues: { ...values, ':newest': { N: String(newest) } },
    }),
  );
  if (isNewest) return;
  const UpdateExpression = 'SET heardAt = :at, lastError = :error';
  await table.send(new UpdateItemCommand({ TableName: table.name, Key, UpdateExpression, ExpressionAttributeValues: values }));
}

export async function readHeard(table: Table, creatorId: string): Promise<HeardCarrier[]> {
  const found: HeardCarrier[] = [];
  for await (const item of readItems(table, settingsOf(creatorId), prefix))
    found.push({
      service: textOf(item.sk).slice(prefix.length),
      heardAt: numberOf(item.heardAt),
      newest: numberOf(item.newest),
      lastError: textOf(item.lastError),
    });
  return found;
}
