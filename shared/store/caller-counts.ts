/** How often has a caller asked within a window of time, over all environments of a function? One counter per caller, route and window. */
import { createHash } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { numberOf, type Table } from './table.ts';

export interface Window {
  /** Subject of the caller's token. */
  caller: string;
  /** `GET /v1/kpis` */
  route: string;
  /** Its number since 1970. */
  number: number;
  /** How long it is, in seconds. */
  seconds: number;
}

/** First letters of the partition: what a role that may count callers, and write nothing else, is narrowed to. */
export const callerPrefix = 'Q#';

/** No subject stands in the table: it may be an address. */
const partitionOf = (caller: string): string =>
  `${callerPrefix}${createHash('sha256').update(caller).digest('base64url').slice(0, 22)}`;

/**
 * Counts requests before they are answered, many at once so that few of them cost a write.
 * @returns how many of them are within the limit: 0 to `count`
 */
export async function takeRequests(
  table: Table,
  { caller, route, number, seconds }: Window,
  count: number,
  limit: number,
): Promise<number> {
  const { Attributes } = await table.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: { pk: { S: partitionOf(caller) }, sk: { S: `${route}#${number}` } },
      UpdateExpression: 'SET expires = :expires ADD used :count',
      ExpressionAttributeValues: {
        ':count': { N: String(count) },
        // DynamoDB deletes it by itself, a day or two later.
        ':expires': { N: String((number + 1) * seconds) },
      },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  const before = numberOf(Attributes?.used) - count;
  return Math.min(count, Math.max(0, limit - before));
}
