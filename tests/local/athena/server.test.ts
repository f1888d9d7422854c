/** Does an unchanged AWS client find in the embedded server what it finds in Athena? */
import {
  AthenaClient,
  BatchGetNamedQueryCommand,
  CreatePreparedStatementCommand,
  DeletePreparedStatementCommand,
  GetPreparedStatementCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListNamedQueriesCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAthena } from '../../../local/athena/server.ts';
import { type MadeBuckets, madeCatalog, makeBuckets, ordersFile } from './made-lake.ts';

let buckets: MadeBuckets;
let athena: AthenaClient;
let stop: () => Promise<void>;

async function open() {
  const { storageDir, stateDir, endpoint } = buckets;
  const server = await startAthena({ catalog: madeCatalog(), storageDir, stateDir, s3: endpoint, region: 'us-east-1' });
  athena = new AthenaClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  stop = async () => {
    athena.destroy();
    await server.close();
  };
}

beforeAll(async () => {
  buckets = await makeBuckets();
  await buckets.put(
    'raw/entity=order/dt=2026-03-01/a.parquet',
    ordersFile([{ creator: 'c-1', amount: 100, paidAt: '2026-03-01T10:00:00Z' }]),
  );
  await open();
});
afterAll(async () => {
  await stop?.();
  await buckets?.stop();
});

const start = async (sql: string, more: Partial<StartQueryExecutionCommandInput> = {}): Promise<string> => {
  const input = { QueryString: sql, WorkGroup: 'jobs', QueryExecutionContext: { Database: 'lake' }, ...more };
  return (await athena.send(new StartQueryExecutionCommand(input))).QueryExecutionId!;
};

async function ended(id: string): Promise<QueryExecution> {
  for (;;) {
    const { QueryExecution: execution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    if (!['QUEUED', 'RUNNING'].includes(execution!.Status!.State!)) return execution!;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function rowsOf(id: string): Promise<(string | undefined)[][]> {
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
  return ResultSet!.Rows!.map(({ Data }) => Data!.map(({ VarCharValue }) => VarCharValue));
}

async function ask(sql: string, more: Partial<StartQueryExecutionCommandInput> = {}) {
  const id = await start(sql, more);
  const { Status } = await ended(id);
  if (Status?.State !== 'SUCCEEDED') throw new Error(`${Status?.State}: ${Status?.StateChangeReason}`);
  return rowsOf(id);
}

it('answers with a header, typed columns, the bytes scanned, and the same as a file', async () => {
  const id = await start('SELECT creator_id, amount, later FROM order_raw WHERE amount >= ?', { ExecutionParameters: ['100'] });
  const execution = await ended(id);
  expect(execution.Status?.State).toBe('SUCCEEDED');
  expect(execution.Statistics?.DataScannedInBytes).toBeGreaterThan(0);
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id }));
  expect(ResultSet!.ResultSetMetadata!.ColumnInfo!.map(({ Name, Type }) => [Name, Type])).toEqual([
    ['creator_id', 'varchar'],
    ['amount', 'bigint'],
    ['later', 'double'],
  ]);
  expect(await rowsOf(id)).toEqual([
    ['creator_id', 'amount', 'later'],
    ['c-1', '100', undefined],
  ]);
  const place = execution.ResultConfiguration!.OutputLocation!;
  expect(place).toBe(`s3://results-bucket/jobs/${id}.csv`);
  const { Body } = await buckets.s3.send(new GetObjectCommand({ Bucket: 'results-bucket', Key: `jobs/${id}.csv` }));
  expect(await Body!.transformToString()).toBe('"creator_id","amount","later"\n"c-1","100",\n');
});

it('hands an answer out page by page', async () => {
  const id = await start('SELECT n FROM UNNEST(sequence(1, 2500)) AS t(n) ORDER BY n');
  await ended(id);
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const page = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: token, MaxResults: 1000 }));
    seen.push(...page.ResultSet!.Rows!.map(({ Data }) => Data![0]!.VarCharValue!));
    token = page.NextToken;
  } while (token);
  expect(seen).toEqual(['n', ...Array.from({ length: 2500 }, (_, i) => String(i + 1))]);
  await expect(athena.send(new GetQueryResultsCommand({ QueryExecutionId: id, MaxResults: 1001 }))).rejects.toThrow('MaxResults');
});

it('keeps a long answer until it was read to its end, and forgets it then for the next one', async () => {
  const long = 'SELECT n FROM UNNEST(sequence(1, 10000)) AS a(n) CROSS JOIN UNNEST(sequence(1, 11)) AS b(m)';
  const [read, unread] = [await start(long), await start(long)];
  for (const id of [read, unread]) await ended(id);
  let token: string | undefined;
  do {
    const page = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: read, NextToken: token, MaxResults: 1000 }));
    token = page.NextToken;
  } while (token);
  expect(await ask('SELECT 1 AS one')).toEqual([['one'], ['1']]);
  await expect(rowsOf(read)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  expect(await rowsOf(unread)).toHaveLength(1000);
});

it('says why a query failed, and gives no results of it', async () => {
  const id = await start('SELECT 1/0');
  expect((await ended(id)).Status).toMatchObject({ State: 'FAILED', StateChangeReason: 'DIVISION_BY_ZERO: Division by zero' });
  await expect(rowsOf(id)).rejects.toMatchObject({ name: 'InvalidRequestException' });
});

it('refuses what Athena refuses before there is a query', async () => {
  await expect(start('SELECT 1', { WorkGroup: 'nowhere' })).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await expect(start('SELECT 1', { WorkGroup: 'free' })).rejects.toThrow('No output location provided');
  await expect(ended('none')).rejects.toMatchObject({ name: 'InvalidRequestException' });
});

it('begins a query once for one token', async () => {
  const ClientRequestToken = 'a-token-of-thirty-two-characters-1';
  const id = await start('SELECT 1', { ClientRequestToken });
  expect(await start('SELECT 1', { ClientRequestToken })).toBe(id);
  await expect(start('SELECT 2', { ClientRequestToken })).rejects.toThrow('Idempotent');
});

it('is closed under a query that runs, and takes nothing down with it', async () => {
  await stop();
  await open();
  const id = await start(
    'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x), UNNEST(sequence(1, 10000)) AS b(y), UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y % 7 = z % 5',
  );
  for (let state = ''; state !== 'RUNNING'; )
    state = (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))).QueryExecution?.Status?.State ?? '';
  await stop();
  await open();
  expect(await ask('SELECT 1 AS one')).toEqual([['one'], ['1']]);
});

it('stops a query', async () => {
  const id = await start(
    'SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x), UNNEST(sequence(1, 10000)) AS b(y), UNNEST(sequence(1, 10000)) AS c(z) WHERE x * y % 7 = z % 5',
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
  expect((await ended(id)).Status?.State).toBe('CANCELLED');
});

it('stops a query that would read more than its workgroup allows', async () => {
  await expect(ask('SELECT * FROM order_raw', { WorkGroup: 'small' })).rejects.toThrow('bytes scanned limit was exceeded');
});

it('keeps prepared statements', async () => {
  const named = { StatementName: 'dear', WorkGroup: 'jobs' };
  await athena.send(new CreatePreparedStatementCommand({ ...named, QueryStatement: 'SELECT ?, ? + 1' }));
  expect(await ask("EXECUTE dear USING 'a, b', 2")).toEqual([
    ['_col0', '_col1'],
    ['a, b', '3'],
  ]);
  expect((await athena.send(new GetPreparedStatementCommand(named))).PreparedStatement?.QueryStatement).toBe('SELECT ?, ? + 1');
  await athena.send(new DeletePreparedStatementCommand(named));
  await expect(athena.send(new GetPreparedStatementCommand(named))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('lists the saved queries', async () => {
  const { NamedQueryIds } = await athena.send(new ListNamedQueriesCommand({ WorkGroup: 'jobs' }));
  const { NamedQueries } = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
  expect(NamedQueries).toMatchObject([{ Name: 'saved', Database: 'lake', QueryString: 'SELECT 1' }]);
});

it('unloads into a folder for each value of the last column, and reads those that are projected', async () => {
  const unload = (attempt: number, values: string, more = ", partitioned_by = ARRAY['kpi']") =>
    ask(
      `UNLOAD (SELECT day, number, kpi FROM (VALUES ${values}) AS t(day, number, kpi) ORDER BY day) TO 's3://lake-bucket/stored/attempt=${attempt}/' WITH (format = 'PARQUET', compression = 'ZSTD'${more})`,
    );
  await unload(1, `('d-1', 1, 'orders')`);
  await unload(9, `('d-2', 20, 'units'), ('d-1', 9, 'orders'), ('d-1', 7, 'other')`);
  // Into partitions one adds, as in Athena; into one folder one does not.
  await unload(10, `('d-1', 10, 'orders')`);
  await unload(10, `('d-1', 10, 'orders')`);
  expect(await ask('SELECT attempt, kpi, day, number FROM stored_raw ORDER BY attempt, kpi, day')).toEqual([
    ['attempt', 'kpi', 'day', 'number'],
    ['9', 'orders', 'd-1', '9'],
    ['9', 'units', 'd-2', '20'],
    ['10', 'orders', 'd-1', '10'],
    ['10', 'orders', 'd-1', '10'],
  ]);
  await expect(unload(10, `('d-1', 10, 'orders')`, '')).rejects.toThrow('HIVE_PATH_ALREADY_EXISTS');
  await expect(unload(3, `('d-1', 1, 'orders')`, ", partitioned_by = ARRAY['day']")).rejects.toThrow('must be the last columns');
  await expect(unload(3, `('d-1', 1, 'a/b')`)).rejects.toThrow('kpi=a/b');
  await expect(unload(3, `('d-1', 1, 'orders')`, ', bucket_count = 3')).rejects.toThrow('bucket_count');
  const scanned = async (sql: string) => (await ended(await start(sql))).Statistics!.DataScannedInBytes!;
  const all = await scanned('SELECT sum(number) FROM stored_raw');
  const one = await scanned("SELECT sum(number) FROM stored_raw WHERE kpi = 'units' AND attempt = 9");
  expect(one).toBeGreaterThan(0);
  expect(one * 3).toBeLessThan(all);
});

it('makes tables, views and files, and knows them after a restart', async () => {
  await ask(
    "CREATE TABLE made WITH (format = 'PARQUET') AS SELECT creator_id, sum(amount) AS total, 1.5 AS d FROM order_raw GROUP BY creator_id",
  );
  await ask('CREATE OR REPLACE VIEW seen AS SELECT total * 2 AS twice FROM made');
  await ask("UNLOAD (SELECT 7 AS seven) TO 's3://lake-bucket/unloaded/' WITH (format = 'PARQUET')");
  await expect(ask("UNLOAD (SELECT 7 AS seven) TO 's3://lake-bucket/unloaded/' WITH (format = 'PARQUET')")).rejects.toThrow(
    'HIVE_PATH_ALREADY_EXISTS',
  );
  await expect(ask("CREATE TABLE made WITH (format = 'PARQUET') AS SELECT 1 AS x")).rejects.toThrow('TABLE_ALREADY_EXISTS');
  await stop();
  await open();
  expect(await ask('SELECT made.*, twice FROM made, seen')).toEqual([
    ['creator_id', 'total', 'd', 'twice'],
    ['c-1', '100', '1.5', '200'],
  ]);
  await ask('DROP VIEW seen');
  await ask('DROP TABLE made');
  await expect(ask('SELECT * FROM seen')).rejects.toThrow('TABLE_NOT_FOUND');
  await expect(
    ask("CREATE TABLE x WITH (external_location = 's3://lake-bucket/x/', format = 'PARQUET') AS SELECT 1 AS x"),
  ).rejects.toThrow('centralized output location');
});
