/** Does a batch of puts leave the same table and index as the same items put one by one? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerThread, startServerThread } from '../../local/servers/thread.ts';

type Item = Record<string, AttributeValue>;

let server: ServerThread;
let client: DynamoDBClient;
const path = mkdtempSync(join(tmpdir(), 'batch-'));
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

beforeAll(async () => {
  const fail = (reason: Error): never => {
    throw reason;
  };
  server = await startServerThread(new URL('../../local/servers/dynamodb-worker.ts', import.meta.url), { path }, fail);
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new DynamoDBClient({ region: 'eu-west-1', endpoint: server.url, credentials, maxAttempts: 1 });
  for (const TableName of ['batched', 'single'])
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'open', 'due'].map(text),
        KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'open-orders',
            KeySchema: [key('open', 'HASH'), key('due', 'RANGE')],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
});
afterAll(async () => {
  client?.destroy();
  await server?.stop();
  rmSync(path, { recursive: true });
});

const itemOf = (n: number, due: string | undefined): Item => ({
  pk: { S: `c-${n % 3}` },
  sk: { S: `E#${n}` },
  sum: { N: String(n * 1.5) },
  state: { B: Buffer.from([n, 255]) },
  ...(due ? { open: { S: `c-${n % 3}` }, due: { S: due } } : {}),
});
const batch = (TableName: string, items: Item[]) =>
  client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) } }));
const single = async (TableName: string, items: Item[]): Promise<void> => {
  for (const Item of items) await client.send(new PutItemCommand({ TableName, Item }));
};

/** All items, and all rows of the index, in an order of their own. */
async function contentsOf(TableName: string): Promise<string[][]> {
  const [table, index] = await Promise.all([
    client.send(new ScanCommand({ TableName })),
    client.send(new ScanCommand({ TableName, IndexName: 'open-orders' })),
  ]);
  return [table, index].map(({ Items = [] }) => Items.map((item) => JSON.stringify(Object.entries(item).sort())).sort());
}

test('new items, items that are written again, and rows of the index that come, move and go', async () => {
  const first = Array.from({ length: 25 }, (_, n) => itemOf(n, n % 2 ? '2026-03-01' : undefined));
  const again = Array.from({ length: 20 }, (_, n) => itemOf(n + 10, [undefined, '2026-03-01', '2026-04-01'][n % 3]));
  for (const items of [first, again]) await Promise.all([batch('batched', items), single('single', items)]);
  const [batched, one] = await Promise.all([contentsOf('batched'), contentsOf('single')]);
  expect(batched[0]).toHaveLength(30);
  expect(batched[1]?.length).toBeGreaterThan(5);
  expect(batched).toEqual(one);
});

test('batches of the same items at once leave one of them whole', async () => {
  const versions = Array.from({ length: 8 }, (_, version) =>
    Array.from({ length: 25 }, (_, n) => ({ ...itemOf(n, '2026-05-01'), version: { N: String(version) } })),
  );
  await Promise.all(versions.map((items) => batch('batched', items)));
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'batched' }));
  const kept = Items.flatMap(({ version }) => version?.N ?? []);
  expect(kept).toHaveLength(25);
  expect(new Set(kept).size).toBe(1);
});

test('what is to be refused is refused in the words of DynamoDB, and nothing of it is written', async () => {
  const twice = [itemOf(90, undefined), itemOf(90, undefined)];
  await expect(batch('batched', twice)).rejects.toThrow('Provided list of item keys contains duplicates');
  await expect(batch('batched', [itemOf(91, undefined), { pk: { S: 'c-1' } }])).rejects.toThrow('does not match the schema');
  await expect(batch('absent', [itemOf(92, undefined)])).rejects.toThrow('Requested resource not found');
  expect((await contentsOf('batched'))[0]?.filter((item) => /E#9[012]"/.test(item))).toEqual([]);
});
