/** How far is a creator's stream applied? Two marks in one item: what collect put last, and what aggregate has made durable. */
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { progressKey } from '../fold/keys.ts';
import { isRefusal, type Table, textOf } from './table.ts';

export interface Progress {
  /** Arrival instant (ISO) through which everything accepted is applied; '' before the first record. */
  asOf: string;
  /** Upper estimate of the age in seconds of the oldest accepted event that is not applied; 0 when there is none. */
  lagSeconds: number;
}

const keyOf = (partition: string) => ({ pk: { S: partition }, sk: { S: progressKey } });

async function update(
  table: Table,
  partition: string,
  expression: string,
  condition: string,
  values: Record<string, string>,
): Promise<boolean> {
  try {
    await table.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: keyOf(partition),
        UpdateExpression: expression,
        ConditionExpression: condition,
        ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { S: value }])),
      }),
    );
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** Marks what collect has put on the stream, before it answers: from then on a report says that something is outstanding. */
export async function markAccepted(table: Table, partition: string, seq: string, at: string): Promise<void> {
  const values = { ':seq': seq, ':at': at };
  const drained = 'attribute_not_exists(accepted) OR (accepted <= applied AND accepted < :seq)';
  if (await update(table, partition, 'SET accepted = :seq, pendingSince = :at', drained, values)) return;
  await update(table, partition, 'SET accepted = :seq', 'accepted < :seq', { ':seq': seq });
}

/** Marks what aggregate has made durable. */
export async function markApplied(table: Table, partition: string, seq: string, asOf: string): Promise<void> {
  await update(table, partition, 'SET applied = :seq, asOf = :asOf', 'attribute_not_exists(applied) OR applied < :seq', {
    ':seq': seq,
    ':asOf': asOf,
  });
}

/** The marks themselves: sequences of the last record accepted and applied, and the arrival of the latter; '' before the first. */
export async function readMarks(table: Table, partition: string): Promise<{ accepted: string; applied: string; asOf: string }> {
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: keyOf(partition), ConsistentRead: true }));
  return { accepted: textOf(Item?.accepted), applied: textOf(Item?.applied), asOf: textOf(Item?.asOf) };
}

/** Is everything accepted for a partition applied? */
export const isApplied = async (table: Table, partition: string): Promise<boolean> =>
  (await readProgress(table, partition, 0)).lagSeconds === 0;

/** Reads both marks consistently; `now` in ms. */
export async function readProgress(table: Table, partition: string, now: number): Promise<Progress> {
  const answer = await table.send(new GetItemCommand({ TableName: table.name, Key: keyOf(partition), ConsistentRead: true }));
  const [accepted, applied, asOf, pendingSince] = ['accepted', 'applied', 'asOf', 'pendingSince'].map((name) =>
    textOf(answer.Item?.[name]),
  ) as [string, string, string, string];
  if (accepted <= applied) return { asOf, lagSeconds: 0 };
  // Nothing outstanding arrived before both: the queue was empty at pendingSince, and all up to asOf is applied.
  const oldest = Math.max(Date.parse(asOf) || 0, Date.parse(pendingSince));
  return { asOf, lagSeconds: Math.max(1, Math.ceil((now - oldest) / 1000)) };
}
