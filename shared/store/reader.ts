/** How is the table reached by who reads a lot of it? By a client that does not copy each answer for a log that nobody keeps. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from './table.ts';

/** The kpi table by name, for reading. */
export function openReader(name: string, client = new DynamoDBClient({})): Table {
  // TRICKY: without a logger the SDK still prepares every answer, attribute by attribute, for one: a sixth of a year's report.
  client.middlewareStack.remove('loggerMiddleware');
  return openTable(name, client);
}
