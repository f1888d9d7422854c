/** What does it take to ask the lake? Bytes that a question about one KPI reads, and how long questions take over ten million rows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { lakeTable, lakeTables } from '../../shared/lake/columns.ts';
import { dailySnapshotSource } from '../../shared/lake/daily-snapshot-tables.ts';
import { kpiSql } from '../../shared/lake/kpi-sql.ts';
import { mergeRowGroups } from '../../shared/lake/merge.ts';
import { readRowGroup, writeRowGroup } from '../../shared/lake/row-group.ts';
import { addDays } from '../../shared/time.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { storeNightIn, valuesOf } from '../make/stored-night.ts';
import { incomingOf } from './records.ts';
import { shopHistory } from './shop.ts';
import { median, rounded } from './statistics.ts';

const events = 100_000;
const manyRows = 10_000_000;
const day = '2026-06-01';

interface Asked {
  seconds: number;
  bytes: number;
  rows: number;
}

/** A question's seconds (median of three) and the bytes that it read. */
async function asked({ engine }: EmbeddedLake, sql: string, values: string[] = []): Promise<Asked> {
  const seconds: number[] = [];
  let answer = await engine.query(sql, values);
  for (let i = 0; i < 3; i++) {
    const began = performance.now();
    answer = await engine.query(sql, values);
    seconds.push((performance.now() - began) / 1000);
  }
  return { seconds: rounded(median(seconds), 2), bytes: answer.scannedBytes, rows: answer.rows.length };
}

/** Rewrites each table's file of a day as compaction does: sorted, in row groups of 20,000, gzip. */
async function compact(lake: EmbeddedLake, tables: string[], day: string): Promise<void> {
  for (const table of lakeTables.filter(({ name }) => tables.includes(name))) {
    const file = lake.place(`${table.prefix}/dt=${day}/whole.parquet`);
    const sheet = await readRowGroup(new Uint8Array(readFileSync(file)));
    writeFileSync(file, writeRowGroup(mergeRowGroups([sheet], table), {}));
  }
}

/** Bytes and seconds with their share of the events as gzip JSON. */
const shared = (gzip: number, one: Asked) => ({ ...one, ofGzip: one.bytes ? `1/${rounded(gzip / one.bytes, 1)}` : '0' });

/** Bytes read for one KPI, against the same events as gzip JSON: from compacted facts, and from a stored daily snapshot of them. */
async function bytesRead(): Promise<Record<string, unknown>> {
  const lake = await makeEmbeddedLake();
  try {
    const night = new Date().toISOString().slice(0, 10);
    const [one, dayBefore] = [{ night, attempt: 1 }, addDays(night, -1)];
    const records = incomingOf([...shopHistory('bench', events, Date.now())]);
    const gzip = gzipSync(records.map(({ record }) => JSON.stringify(record.event)).join('\n')).length;
    const tables = lake.put(records, dayBefore);
    const { sql } = kpiSql(dictionary, { names: ['orders'], grain: 'day' });
    const archived = await asked(lake, sql);
    await compact(lake, tables, dayBefore);
    const compacted = await asked(lake, sql);
    const began = performance.now();
    const storing = await storeNightIn(lake, dictionary, one);
    const fromNight = (name: string, grain: 'day' | 'hour') => {
      const compiled = kpiSql(dictionary, { names: [name], grain, scanSource: dailySnapshotSource });
      return asked(lake, compiled.sql, valuesOf(compiled, one));
    };
    const fromKpis = (name: string, columns = 'dimension, value, day, number') =>
      asked(lake, `SELECT ${columns} FROM kpi_nightly WHERE night = ? AND kpi = '${name}'`, [`'${night}'`]);
    const figures: Record<string, unknown> = {
      'events as gzip JSON (bytes)': gzip,
      'storing the night (bytes read, seconds)': [storing, rounded((performance.now() - began) / 1000, 1)],
      'orders by day, facts as archived': shared(gzip, archived),
      'orders by day, facts compacted': shared(gzip, compacted),
      'orders by day, stored newest snapshots': shared(gzip, await fromNight('orders', 'day')),
      'orders by hour, stored newest snapshots': shared(gzip, await fromNight('orders', 'hour')),
      'orders by day, kpi_nightly': shared(gzip, await fromKpis('orders', 'day, number')),
    };
    for (const { name, kpi } of dictionary.entries.values()) {
      if (kpi.kind !== 'measure' && kpi.kind !== 'distribution') continue;
      const [facts, kpis] = [await fromNight(name, 'day'), await fromKpis(name)];
      if (facts.rows) figures[`${name}: stored snapshots, kpi_nightly`] = [facts, kpis].map((each) => shared(gzip, each).ofGzip);
    }
    return figures;
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
