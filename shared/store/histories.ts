/** How are many items put where nobody else writes yet, and how is it known that all of them are there? */
import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { eachLimit } from '../map-limit.ts';
import { pagesOf } from './items.ts';
import { type Item, numberOf, partitionOf, settingsOf, type Table } from './table.ts';

const writesAtOnce = 8;
const itemsPerCall = 25;

async function writeBatch(table: Table, batch: WriteRequest[]): Promise<void> {
  let requests = batch;
  for (let attempt = 0; requests.length; attempt++) {
    if (attempt > 9) throw new Error(`the store left ${requests.length} items unwritten`);
    const answer = await table.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }));
    requests = answer.UnprocessedItems?.[table.name] ?? [];
  }
}

/** Items by as many as one call takes; made as they are written, so that a large history is not held twice. */
function* batchesOf(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    if (batch.push(item) < itemsPerCall) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}

/** Puts items in any order, without conditions; `onItems` is told how many are written. Answers their number. */
export async function putItems(table: Table, items: Iterable<Item>, onItems?: (written: number) => void): Promise<number> {
  let written = 0;
  const failed = await eachLimit(batchesOf(items), writesAtOnce, async (batch) => {
    await writeBatch(
      table,
      batch.map((Item) => ({ PutRequest: { Item } })),
    );
    written += batch.length;
    onItems?.(written);
  });
  if (failed[0]) throw failed[0].error;
  return written;
}

const marker = (creatorId: string, name: string): Item => ({ pk: { S: settingsOf(creatorId) }, sk: { S: `S#history#${name}` } });

/** Was this creator's history of that name loaded to its end? */
export async function isHistoryLoaded(table: Table, creatorId: string, name: string): Promise<boolean> {
  const answer = await table.send(
    new GetItemCommand({ TableName: table.name, Key: marker(creatorId, name), ConsistentRead: true }),
  );
  return answer.Item !== undefined;
}

/** Says that it was. */
export async function markHistoryLoaded(table: Table, creatorId: string, name: string): Promise<void> {
  await table.send(new PutItemCommand({ TableName: table.name, Item: marker(creatorId, name) }));
}

/**
 * A generation for one attempt to load the history of a creator that nobody knows, 1 for the first: what an attempt that died has written,
 * or one that runs at the same time, is in another partition.
 */
export async function claimGeneration(table: Table, creatorId: string): Promise<number> {
  const answer = await table.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: { pk: { S: settingsOf(creatorId) }, sk: { S: 'S#loads' } },
      UpdateExpression: 'ADD attempts :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return numberOf(answer.Attributes?.attempts);
}

/** Deletes all of a generation that nobody reads. */
export async function removeGeneration(table: Table, creatorId: string, generation: number): Promise<void> {
  const pages = pagesOf(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: partitionOf(creatorId, generation) } },
    ProjectionExpression: 'pk, sk',
  });
  for await (const keys of pages) {
    const failed = await eachLimit(batchesOf(keys), writesAtOnce, (batch) =>
      writeBatch(
        table,
        batch.map((Key) => ({ DeleteRequest: { Key } })),
      ),
    );
    if (failed[0]) throw failed[0].error;
  }
}
