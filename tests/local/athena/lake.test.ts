/** Does the embedded Athena read the objects of the embedded S3 as the catalog declares them, and nothing else? */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../local/athena/engine.ts';
import { type MadeBuckets, madeCatalog, makeBuckets, ordersFile } from './made-lake.ts';

let buckets: MadeBuckets;
let engine: Engine;
const rowsOf = async (sql: string, ...values: string[]) => (await engine.query(sql, values)).rows;
const first = { creator: 'c-1', amount: 100, paidAt: '2026-03-01T10:00:00.123Z' };
const second = { creator: 'c-2', amount: 250, paidAt: '2026-03-02T10:00:00.000Z' };

beforeAll(async () => {
  buckets = await makeBuckets();
  engine = openEngine({ catalog: madeCatalog(), storageDir: buckets.storageDir });
  await buckets.put('raw/entity=order/dt=2026-03-01/shardId:0-1.parquet', ordersFile([first]));
  await buckets.put('raw/entity=order/dt=2026-03-02/b.parquet', ordersFile([second, second], 1.5));
});
afterAll(async () => {
  engine?.close();
  await buckets?.stop();
});

describe('a table', () => {
  it('has the columns declared, the partition from the path, NULL where an older file lacks a column', async () => {
    expect(await rowsOf('SELECT * FROM order_raw ORDER BY dt')).toEqual([
      ['c-1', '100', '2026-03-01 10:00:00.123', null, '2026-03-01'],
      ['c-2', '250', '2026-03-02 10:00:00.000', '1.5', '2026-03-02'],
      ['c-2', '250', '2026-03-02 10:00:00.000', '1.5', '2026-03-02'],
    ]);
  });

  it('without files has no rows and its types all the same', async () => {
    const { rows, columns } = await engine.query('SELECT n, d, sum(n) AS s FROM lake.empty_raw GROUP BY n, d');
    expect(rows).toEqual([]);
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['n', 'bigint'],
      ['d', 'date'],
      ['s', 'bigint'],
    ]);
  });

  it('does not have objects of which the description is not written yet, hidden ones, or days outside its range', async () => {
    const objects = join(buckets.storageDir, 'buckets/lake-bucket/objects/raw/entity=order');
    writeFileSync(join(objects, 'dt=2026-03-02/half.parquet.data'), 'PAR1');
    await buckets.put('raw/entity=order/dt=2026-03-02/_hidden.parquet', Buffer.from('no'));
    await buckets.put('raw/entity=order/dt=2025-01-01/old.parquet', ordersFile([first]));
    expect(await rowsOf('SELECT count(*) FROM order_raw')).toEqual([['3']]);
  });

  it('is seen through views', async () => {
    expect(await rowsOf('SELECT creator_id, total FROM totals t WHERE t.total > 100')).toEqual([['c-2', '500']]);
  });

  it('sees an object as soon as it is there', async () => {
    await buckets.put('raw/entity=order/dt=2026-03-03/c.parquet', ordersFile([first]));
    expect(await rowsOf("SELECT count(*) FROM order_raw WHERE dt >= '2026-03-03'")).toEqual([['1']]);
  });

  it('with a broken file fails and names it', async () => {
    await buckets.put('raw/entity=order/dt=2026-04-01/broken.parquet', ordersFile([first]).slice(0, 60));
    await expect(rowsOf('SELECT count(*) FROM order_raw')).rejects.toThrow(
      /HIVE_BAD_DATA.*s3:\/\/lake-bucket\/raw\/entity=order\/dt=2026-04-01\/broken\.parquet/,
    );
    await buckets.put('raw/entity=order/dt=2026-04-01/broken.parquet', ordersFile([first]));
  });
});

describe('the bytes scanned', () => {
  const scanned = async (sql: string) => (await engine.query(sql)).scannedBytes;

  it('are those of the columns and days that a question needs', async () => {
    const all = await scanned('SELECT creator_id, amount, paid_at, later FROM order_raw');
    const one = await scanned('SELECT sum(amount) FROM order_raw');
    const day = await scanned("SELECT sum(amount) FROM order_raw WHERE dt = '2026-03-01'");
    expect(one).toBeGreaterThan(day);
    expect(all).toBeGreaterThan(one);
    expect(day).toBeGreaterThan(0);
  });

  it('are counted in full where a condition leaves no file out, or two tables fit one scan', async () => {
    const all = await scanned('SELECT sum(amount) FROM order_raw');
    expect(await scanned("SELECT sum(amount) FROM order_raw WHERE dt >= '2026-01-01'")).toBe(all);
    expect(await scanned('SELECT (SELECT sum(amount) FROM order_raw) AS a, (SELECT count(n) FROM empty_raw) AS b')).toBe(all);
  });

  it('may not exceed the limit', async () => {
    await expect(engine.query('SELECT * FROM order_raw', [], { cutoffBytes: 50 })).rejects.toThrow(
      'bytes scanned limit was exceeded',
    );
  });
});

describe('values', () => {
  it('take the place of question marks, but not of those in text', async () => {
    expect(await rowsOf("SELECT '?', amount - ? FROM order_raw WHERE creator_id = ? -- ?", '-1', "'c-2'")).toEqual([
      ['?', '251'],
      ['?', '251'],
    ]);
    expect(await rowsOf('SELECT ?, ?', "'it''s -- ? /*'", 'NULL')).toEqual([["it's -- ? /*", null]]);
  });

  it.each([
    "'a' OR 1=1",
    "'a'; SELECT 1",
    "'a",
    "'''' OR '' = '",
    '1 OR 1',
    '(SELECT 1)',
    'creator_id',
    "'a' -- ",
    '1; DROP TABLE x',
  ])('%s is no literal', async (value) => {
    await expect(rowsOf('SELECT count(*) FROM order_raw WHERE creator_id = ?', value)).rejects.toThrow('is no literal');
  });

  it('are as many as the question marks', async () => {
    await expect(rowsOf('SELECT ?')).rejects.toThrow('Incorrect number of parameters');
    await expect(rowsOf('SELECT 1', '1')).rejects.toThrow('Incorrect number of parameters');
  });
});

describe('a statement may not', () => {
  it.each([
    "SELECT * FROM read_parquet('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    'SELECT * FROM "/etc/passwd"',
    'SELECT * FROM duckdb_settings()',
    'SELECT * FROM temp.main.relation_0',
    'SELECT * FROM information_schema.tables',
    "COPY (SELECT 1) TO '/tmp/x'",
    "ATTACH '/tmp/x.db'",
    'INSTALL httpfs',
    'LOAD httpfs',
    'PRAGMA database_list',
    'SET enable_external_access = true',
    'SELECT 1; SELECT 2',
    'INSERT INTO order_raw SELECT 1',
    'DELETE FROM order_raw',
    'DROP TABLE order_raw',
    'CREATE TABLE x (a int)',
    'SELECT * EXCLUDE (amount) FROM order_raw',
    "SELECT query('SELECT 1')",
    "SELECT getvariable('x')",
  ])('%s', async (sql) => {
    await expect(rowsOf(sql)).rejects.toMatchObject({ code: expect.any(String) });
  });
});
