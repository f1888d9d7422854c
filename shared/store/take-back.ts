/** How is a record taken back that the store refused when part of it was counted already? Once for each item, whatever lands when. */
import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { isDataFault } from '../data-fault.ts';
import type { RecordedDelta } from '../fold/fold.ts';
import { expiryOf } from '../fold/keys.ts';
import { type Item, type Table, writeIf } from './table.ts';

const negated = (sum: string): string => (sum === '0' ? sum : sum.startsWith('-') ? sum.slice(1) : `-${sum}`);

/**
 * Takes one record's deltas of an item back. Where the watermark has not reached the record it is moved past it, so that no late write
 * can add it any more; else the item has the record and loses it. Either way the item remembers in `undone` that this was done.
 */
export async function takeBack(
  table: Table,
  key: Item,
  item: string,
  deltas: RecordedDelta[],
  sums: ReadonlyMap<string, string>,
): Promise<void> {
  const seq = deltas[0]?.seq ?? '';
  const at: Record<string, AttributeValue> = { ':seq': { S: seq }, ':done': { SS: [seq] } };
  const expires = expiryOf(item);
  const setExpiry = expires === undefined ? '' : ', expires = :expires';
  const pass = new UpdateItemCommand({
    TableName: table.name,
    Key: key,
    UpdateExpression: `SET #w = :seq${setExpiry} ADD undone :done`,
    ConditionExpression: 'attribute_not_exists(#w) OR #w < :seq',
    ExpressionAttributeNames: { '#w': 'w' },
    ExpressionAttributeValues: { ...at, ...(expires === undefined ? {} : { ':expires': { N: String(expires) } }) },
  });
  try {
    if (await writeIf(table, pass)) return;
  } catch (error) {
    // An item that takes not even this has never taken anything.
    if (isDataFault(error)) return;
    throw error;
  }
  const fields = [...sums];
  await writeIf(
    table,
    new UpdateItemCommand({
      TableName: table.name,
      Key: key,
      UpdateExpression: `ADD undone :done, ${fields.map((_, i) => `#${i} :${i}`).join(', ')}`,
      ConditionExpression: '#w >= :seq AND (attribute_not_exists(undone) OR NOT contains(undone, :seq))',
      ExpressionAttributeNames: { '#w': 'w', ...Object.fromEntries(fields.map(([field], i) => [`#${i}`, field])) },
      ExpressionAttributeValues: {
        ...at,
        ...Object.fromEntries(fields.map(([, sum], i) => [`:${i}`, { N: negated(sum) }])),
      },
    }),
  );
}
