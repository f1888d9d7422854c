/** What does it take to ask the lake? Bytes that a question about one KPI reads, and how long questions take over ten million rows. */
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { lakeTable, lakeTables } from '../../shared/lake/columns.ts';
import { kpiSql } from '../../shared/lake/kpi-sql.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { incomingOf } from './records.ts';
import { shopHistory } from './shop.ts';
import { median, rounded } from './statistics.ts';

const events = 100_000;
const manyRows = 10_000_000;
const day = '2026-06-01';

/** A question's seconds (median of three) and the bytes that it read. */
async function asked({ engine }: EmbeddedLake, sql: string): Promise<{ seconds: number; bytes: number; rows: number }> {
  const seconds: number[] = [];
  let answer = await engine.query(sql);
  for (let i = 0; i < 3; i++) {
    const began = performance.now();
    answer = await engine.query(sql);
    seconds.push((performance.now() - began) / 1000);
  }
  return { seconds: rounded(median(seconds), 2), bytes: answer.scannedBytes, rows: answer.rows.length };
}

/** Bytes read for one KPI from compacted facts and from a stored kpi_daily, against the events as gzip JSON. */
async function bytesRead(): Promise<Record<string, unknown>> {
  const lake = await makeEmbeddedLake();
  try {
    const records = incomingOf([...shopHistory('bench', events, Date.now())]);
    const gzip = gzipSync(records.map(({ record }) => JSON.stringify(record.event)).join('\n')).length;
    lake.put(records, day);
    const facts = await asked(lake, kpiSql(dictionary, { names: ['orders'], grain: 'day' }).sql);
    await lake.engine.query(
      "CREATE TABLE kpi_stored WITH (format = 'PARQUET', external_location = 's3://stored/kpi-daily/') AS SELECT * FROM kpi_daily ORDER BY kpi, dimension, day",
    );
    const stored = await asked(lake, "SELECT day, number FROM kpi_stored WHERE kpi = 'orders' AND dimension = 'total'");
    const share = (bytes: number): string => `1/${Math.round(gzip / bytes)}`;
    return {
      'events as gzip JSON (bytes)': gzip,
      'one KPI by day from facts': { ...facts, ofGzip: share(facts.bytes) },
      'one KPI by day from a stored kpi_daily': { ...stored, ofGzip: share(stored.bytes) },
    };
  } finally {
    lake.close();
  }
}

/** Ten million orders of a thousand creators over a year, made by SQL: one file of a million rows each. */
async function makeOrders(lake: EmbeddedLake): Promise<void> {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  const types = { string: 'VARCHAR', bigint: 'BIGINT', double: 'DOUBLE', boolean: 'BOOLEAN', timestamp: 'TIMESTAMP' };
  const paid = `TIMESTAMP '2026-01-01' + to_seconds(CAST(n * 3 AS BIGINT))`;
  const made: { [column: string]: string } = {
    creator_id: `'creator-' || (n % 1000)`,
    subject: `'order/' || n`,
    order_id: 'CAST(n AS VARCHAR)',
    version: '1767225600000 + n * 3000',
    definitions: '1',
    profile: '1',
    hash: `substr(md5(CAST(n AS VARCHAR)), 1, 12)`,
    generation: '1',
    channel: `list_extract(['live', 'video', 'shop'], CAST(n % 3 + 1 AS INTEGER))`,
    is_excluded: 'false',
    is_cancelled: 'n % 50 = 0',
    order_value: '1000 + n % 9000',
    paid_at: paid,
    paid_at_local: `strftime(${paid}, '%Y-%m-%dT%H:%M:%S') || '-05:00'`,
    gmv_at: paid,
    gmv_at_local: `strftime(${paid}, '%Y-%m-%dT%H:%M:%S') || '-05:00'`,
  };
  const { columns, prefix } = lakeTable('order');
  const list = columns.map(({ name, type }) => `CAST(${made[name] ?? 'NULL'} AS ${types[type]}) AS "${name}"`).join(', ');
  for (let part = 0; part < 10; part++) {
    const [from, to] = [part, part + 1].map((n) => (n * manyRows) / 10);
    const file = lake.place(`${prefix}/dt=${day}/whole-${part}.parquet`);
    await connection.run(`COPY (SELECT ${list} FROM range(${from}, ${to}) AS r(n)) TO '${file}' (FORMAT PARQUET)`);
  }
  connection.closeSync();
  database.closeSync();
}

async function manyRowsAsked(): Promise<Record<string, unknown>> {
  const lake = await makeEmbeddedLake();
  try {
    await makeOrders(lake);
    return {
      'rows counted': await asked(lake, 'SELECT count(*) AS n, sum(order_value) AS value FROM order_raw'),
      'newest snapshots by channel': await asked(lake, 'SELECT channel, count(*) AS n FROM orders GROUP BY channel'),
      'one KPI of all creators by month': await asked(lake, kpiSql(dictionary, { names: ['orders'], grain: 'month' }).sql),
      'one KPI of one creator by day': await asked(
        lake,
        `SELECT * FROM (${kpiSql(dictionary, { names: ['orders'], grain: 'day' }).sql}) AS counted WHERE creator_id = 'creator-7'`,
      ),
    };
  } finally {
    lake.close();
  }
}

/** Bytes read, and seconds over ten million rows: median of three after one to warm up. */
export async function lakeQueries(): Promise<Record<string, unknown>> {
  return { tables: lakeTables.length, ...(await bytesRead()), ...(await manyRowsAsked()) };
}
