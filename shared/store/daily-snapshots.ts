/** Who stores a night, and who was first to have it whole? Attempts are numbered by the table, and one of them is chosen once and for all. */
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { isRefusal, numberOf, type Table, textOf, writeIf } from './table.ts';

/** A night that is whole: the attempt that counts, since when, and by which definitions. */
export interface DailySnapshot {
  night: string;
  attempt: number;
  /** ISO, UTC. */
  at: string;
  definitions: number;
}

// Of no creator, like what the stages say.
const keyOf = (night: string) => ({ pk: { S: 'P#nights' }, sk: { S: night } });
/** Longer than its files are kept. */
const keptSeconds = 40 * 86_400;

/** The night as it was chosen; undefined while no attempt at it is whole. */
export async function readDailySnapshot(table: Table, night: string): Promise<DailySnapshot | undefined> {
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: keyOf(night), ConsistentRead: true }));
  if (!Item?.whole) return undefined;
  return { night, attempt: numberOf(Item.whole), at: textOf(Item.at), definitions: numberOf(Item.definitions) };
}

/** A number that no other attempt at this night gets, from 1. Throws after `most` of them. */
export async function beginAttempt(table: Table, night: string, most: number, now: number): Promise<number> {
  const begin = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(night),
    UpdateExpression: 'SET expires = :expires ADD attempts :one',
    ConditionExpression: 'attribute_not_exists(attempts) OR attempts < :most',
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':most': { N: String(most) },
      ':expires': { N: String(Math.floor(now / 1000) + keptSeconds) },
    },
    ReturnValues: 'UPDATED_NEW',
  });
  try {
    const { Attributes } = await table.send(begin);
    return numberOf(Attributes?.attempts);
  } catch (error) {
    if (isRefusal(error)) throw new Error(`The night ${night} was begun ${most} times and is not whole: the log says why.`);
    throw error;
  }
}

/** Chooses an attempt that is whole; answers the one that was chosen, by whom ever. */
export async function chooseAttempt(table: Table, one: DailySnapshot): Promise<DailySnapshot> {
  const { night, attempt, at, definitions } = one;
  const choose = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(night),
    UpdateExpression: 'SET whole = :attempt, #at = :at, definitions = :definitions',
    ConditionExpression: 'attribute_not_exists(whole)',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: {
      ':attempt': { N: String(attempt) },
      ':at': { S: at },
      ':definitions': { N: String(definitions) },
    },
  });
  if (await writeIf(table, choose)) return one;
  const chosen = await readDailySnapshot(table, night);
  if (!chosen) throw new Error(`The night ${night} was forgotten while it was stored.`);
  return chosen;
}
