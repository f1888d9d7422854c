/** Does a read of the embedded DynamoDB give its iterator back, whether it reaches the end or stops at a limit? */
import { PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeIterators, iteratorsOfDynalite } from '../../local/servers/close-iterators.ts';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';

let kpis: TestTable;
beforeAll(async () => {
  closeIterators();
  kpis = await startKpiTable();
  const items = Array.from({ length: 20 }, (_, n) => ({ pk: { S: 'c-1' }, sk: { S: `E#${n + 10}` } }));
  for (const Item of items) await kpis.client.send(new PutItemCommand({ TableName: kpis.table.name, Item }));
});
afterAll(() => kpis?.stop());

test.each([
  ['a query to its end', {}],
  ['a query up to a limit', { Limit: 3 }],
  ['a query backwards', { ScanIndexForward: false, Limit: 1 }],
])('%s', async (_, more) => {
  const closes = iteratorsOfDynalite().map(({ prototype }) => vi.spyOn(prototype, 'close'));
  const values = { ':pk': { S: 'c-1' } };
  const query = { TableName: kpis.table.name, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values, ...more };
  for (let n = 0; n < 5; n++) await kpis.client.send(new QueryCommand(query));
  await vi.waitFor(() => expect(closes.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBeGreaterThanOrEqual(5));
  for (const close of closes) close.mockRestore();
});

test('a scan', async () => {
  const closes = iteratorsOfDynalite().map(({ prototype }) => vi.spyOn(prototype, 'close'));
  await kpis.client.send(new ScanCommand({ TableName: kpis.table.name }));
  await vi.waitFor(() => expect(closes.some(({ mock }) => mock.calls.length > 0)).toBe(true));
  for (const close of closes) close.mockRestore();
});
