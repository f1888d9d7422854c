/** Which shard's records wait the longest? Shards with a backlog stand in the sparse index of what is due; a row of it is a hint. */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { ApiError } from '../errors.ts';
import { oldestOf } from './backlog.ts';
import { readKeys } from './items.ts';
import { openIndex } from './open-orders.ts';
import { backlogOf, bucketOf, type Reader } from './progress-item.ts';
import { type Item, type Table, textOf } from './table.ts';

const rowsPerQuery = 25;
const mostQueries = 8;

/** Arrival (ms) of the oldest record of a bucket that waits. Rows that no item stands behind are passed over. */
async function oldestIn(table: Table, bucket: string): Promise<number | undefined> {
  let start: Item | undefined;
  for (let n = 0; n < mostQueries; n++) {
    const page = await table.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: openIndex,
        KeyConditionExpression: '#open = :bucket',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':bucket': { S: bucket } },
        Limit: rowsPerQuery,
        ExclusiveStartKey: start,
      }),
    );
    const keys = new Map((page.Items ?? []).map(({ pk, sk }) => [textOf(pk), { pk, sk } as Item]));
    const items = await readKeys(table, [...keys.values()], 'marks of progress');
    const ages = items.map((item) => oldestOf(backlogOf(item))).filter((oldest) => oldest !== undefined);
    if (ages.length) return Math.min(...ages);
    start = page.LastEvaluatedKey;
    if (!start) return undefined;
  }
  return undefined;
}

/**
 * Arrival (ms) of the oldest accepted record that a reader of the stream has not dealt with, whoever it is of; undefined where none
 * waits. However many creators there are, as many rows are read as shards wait. Throws unavailable when the store does not answer.
 */
export async function oldestWaiting(table: Table, reader: Reader): Promise<number | undefined> {
  return oldestIn(table, bucketOf(reader)).catch(() => {
    throw new ApiError('unavailable', 'The store does not answer.');
  });
}
