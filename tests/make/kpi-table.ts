/** How does a test get a kpi table? A real DynamoDB server in memory, with the table the stacks declare. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../shared/store/table.ts';
import { clientOf, createKpiTable, startDynamo } from './dynamo.ts';

export interface TestTable {
  table: Table;
  client: DynamoDBClient;
  stop(): Promise<void>;
}

/** Starts the server and makes the table; `maxAttempts` of the client is 1, so that a planted fault is seen at once. */
export async function startKpiTable(name = 'kpis'): Promise<TestTable> {
  const client = clientOf(startDynamo(), { maxAttempts: 1 });
  await createKpiTable(client, name);
  return {
    table: openTable(name, client),
    client,
    stop: async () => client.destroy(),
  };
}
