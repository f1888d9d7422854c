/** Does the whole runtime start from one command, keep what it acknowledged through a kill, and stop cleanly? */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchGetItemCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, expect, test } from 'vitest';
import { readRuntimeAddress } from '../../local/data-dir.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'runtime-'));
const children: ChildProcess[] = [];
const account = { region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const table = 'CreatorAnalyticsData-KpiTable';
const stream = 'CreatorAnalyticsData-Events1';
const bucket = 'creatoranalyticsdata-lakebucket';

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, maxRetries: 5 });
});

interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

function run(command: string, ...flags: string[]): { child: ChildProcess; ended: Promise<Ended>; said: () => string } {
  const child = spawn(process.execPath, [`commands/${command}.ts`, '--data-dir', dataDir, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  let errors = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (errors += text));
  return { child, said: () => output, ended: once(child, 'exit').then(([code]) => ({ code, output, errors })) };
}

async function start(port = 0): Promise<{ child: ChildProcess; url: string; ended: Promise<Ended>; said: () => string }> {
  const { child, ended, said } = run('start', '--empty', '--no-open', '--port', String(port));
  const line = /^ready (http:\/\/127\.0\.0\.1:\d+)$/m;
  await Promise.race([
    expect.poll(said, { timeout: 60_000, interval: 50 }).toMatch(line),
    ended.then(({ errors }) => Promise.reject(new Error(errors))),
  ]);
  return { child, ended, said, url: said().match(line)![1]! };
}

function connect() {
  const { endpoints } = readRuntimeAddress(dataDir)!;
  return {
    dynamodb: new DynamoDBClient({ ...account, endpoint: endpoints.dynamodb }),
    kinesis: new KinesisClient({ ...account, endpoint: endpoints.kinesis }),
    s3: new S3Client({ ...account, endpoint: endpoints.s3 }),
  };
}

test('what was acknowledged before a kill is there after the next start, and tokens still open the door', async () => {
  const first = await start();
  const token = await run('token', '--role', 'analyst').ended;
  expect(token).toMatchObject({ code: 0, output: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/), errors: '' });
  const enter = (url: string) => fetch(`${url}/v1/kpis`, { headers: { authorization: `Bearer ${token.output.trim()}` } });
  expect((await enter(first.url)).status).not.toBe(401);

  const before = connect();
  const keys = Array.from({ length: 60 }, (_, index) => ({ pk: { S: `C#test#${index}` }, sk: { S: 'S#test' } }));
  for (const key of keys)
    await before.dynamodb.send(
      new PutItemCommand({ TableName: table, Item: key, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
  await before.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a/b=c/d.json', Body: '{}' }));
  const Records = Array.from({ length: 500 }, (_, index) => ({ PartitionKey: 'nobody', Data: Buffer.from(`no event ${index}`) }));
  await before.kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
  first.child.kill('SIGKILL');
  await first.ended;

  const second = await start(Number(new URL(first.url).port));
  expect((await enter(second.url)).status).not.toBe(401);
  const after = connect();
  const got = await after.dynamodb.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys } } }));
  expect(got.Responses?.[table]).toHaveLength(keys.length);
  const object = await after.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a/b=c/d.json' }));
  expect(await object.Body?.transformToString()).toBe('{}');
  const { ShardIterator } = await after.kinesis.send(
    new GetShardIteratorCommand({ StreamName: stream, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' }),
  );
  expect((await after.kinesis.send(new GetRecordsCommand({ ShardIterator }))).Records).toHaveLength(500);

  second.child.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
  expect(existsSync(join(dataDir, 'runtime.json'))).toBe(false);
});

test('a running runtime has the template’s table and index, refuses a second one on its folder, and serves its start page', async () => {
  const { url, child, ended, said } = await start();
  const { dynamodb, s3 } = connect();
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: table }));
  expect(Table?.KeySchema?.map((key) => key.AttributeName)).toEqual(['pk', 'sk']);
  expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toContain('open-orders');
  expect((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount).toBeGreaterThanOrEqual(0);
  expect((await fetch(`${url}/v1/health`)).status).toBe(200);
  const { inbox = '' } = readRuntimeAddress(dataDir) ?? {};
  expect(said()).toContain(`Mail that it sends stays here, at ${inbox}\n`);
  expect((await fetch(inbox)).headers.get('content-type')).toContain('text/html');
  expect(await (await fetch(url)).text()).toContain('/v1/docs');
  expect((await fetch(`${url}/v1/kpis`)).status).toBe(401);
  const second = await run('start', '--port', '0').ended;
  expect(second).toMatchObject({ code: 1, errors: expect.stringContaining('--data-dir') });
  const taken = await run('start', '--port', new URL(url).port, '--data-dir', join(dataDir, 'other')).ended;
  expect(taken).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/Port \d+ is in use\. Choose another: npm start -- --port \d+/),
  });
  child.kill('SIGINT');
  const { code, errors } = await ended;
  expect(code).toBe(0);
  // How to go on, with the folder, the port and the kind that it was started with.
  expect(errors).toContain(`go on with: npm start -- --port 0 --data-dir ${dataDir} --empty`);
});

test('the lake is asked from a terminal, values bound, and what is wrong is said', async () => {
  expect((await run('athena', 'select 1').ended).errors).toContain('npm start');
  const { child, ended } = await start();
  const answer = await run('athena', 'select count(*) as n, ? as who from orders', "'it''s'").ended;
  expect(answer).toMatchObject({ code: 0, output: "n  who\n-  ----\n0  it's\n", errors: expect.stringContaining('1 rows') });
  const empty = await run('athena', 'select order_id from orders').ended;
  expect(empty).toMatchObject({ code: 0, output: 'order_id\n--------\n' });
  expect(await run('athena', 'select nothing from orders').ended).toMatchObject({
    code: 1,
    errors: expect.stringContaining('nothing'),
  });
  expect((await run('athena', 'select ?', 'c-1 or 1=1').ended).errors).toContain('is no SQL literal');
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('a token is refused in words when nothing runs or the flags are wrong', async () => {
  expect((await run('token', '--role', 'service').ended).errors).toMatch(/No service runs on|was stopped or killed/);
  expect((await run('token').ended).errors).toContain('--creator');
  expect((await run('token', '--role', 'king').ended).errors).toContain('creator, service, analyst, admin');
  expect((await run('token', '--creator', 'c-1', '--expires', 'soon').ended).errors).toContain('--expires soon');
});
