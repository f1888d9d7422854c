/** How many events did a source bring lately? Counted by the hour, and kept for two days. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from './items.ts';
import { numberOf, settingsOf, type Table, textOf } from './table.ts';

const anHour = 3_600_000;
const keptSeconds = 2 * 86_400;

const prefixOf = (source: string): string => `S#taken#${source}#`;
const hourOf = (ms: number): string => new Date(ms).toISOString().slice(0, 13);

/** Adds to what a source brought in the hour of `now` (ms). */
export async function addTaken(table: Table, creatorId: string, source: string, count: number, now: number): Promise<void> {
  await table.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: { pk: { S: settingsOf(creatorId) }, sk: { S: prefixOf(source) + hourOf(now) } },
      UpdateExpression: 'ADD taken :count SET expires = :expires',
      ExpressionAttributeValues: {
        ':count': { N: String(count) },
        ':expires': { N: String(Math.floor(now / 1000) + keptSeconds) },
      },
    }),
  );
}

/** What a source brought in this hour (UTC) and the 23 before it. */
export async function readTaken(table: Table, creatorId: string, source: string, now: number): Promise<number> {
  const first = prefixOf(source) + hourOf(now - 23 * anHour);
  let count = 0;
  for await (const item of readItems(table, settingsOf(creatorId), prefixOf(source)))
    if (textOf(item.sk) >= first) count += numberOf(item.taken);
  return count;
}
