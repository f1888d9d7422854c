/** How is the kpi table reached? One narrow function that sends a command, so that tests can put faults at every call. */
import {
  type AttributeValue,
  type DeleteItemCommand,
  DynamoDBClient,
  type PutItemCommand,
  type UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

type Command = Parameters<DynamoDBClient['send']>[0];

export interface Table {
  name: string;
  send: DynamoDBClient['send'];
}

export type Item = Record<string, AttributeValue>;

/** The kpi table by name; region, endpoint and credentials come from the environment, as everywhere in AWS. */
export function openTable(name: string, client = new DynamoDBClient({})): Table {
  // TRICKY: without a logger the SDK still copies every answer, attribute by attribute, for one: a sixth of a year's report.
  client.middlewareStack.remove('loggerMiddleware');
  return { name, send: ((command: Command) => client.send(command)) as DynamoDBClient['send'] };
}

/** Partition of a creator's numbers in generation g; nothing of another creator can be read through it. */
export const partitionOf = (creatorId: string, generation: number): string => `C#${creatorId}#${generation}`;
/** Partition of a creator's settings, the live generation among them. */
export const settingsOf = (creatorId: string): string => `C#${creatorId}`;

/** Did a write fail because its condition did not hold? */
export const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Sends a write that has a condition; false where the condition did not hold and nothing was written. Throws what else fails. */
export async function writeIf(table: Table, write: PutItemCommand | UpdateItemCommand | DeleteItemCommand): Promise<boolean> {
  try {
    await table.send(write as UpdateItemCommand);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

export const textOf = (value: AttributeValue | undefined): string => value?.S ?? '';
export const numberOf = (value: AttributeValue | undefined): number => Number(value?.N ?? 0);
