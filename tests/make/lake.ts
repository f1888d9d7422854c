/** How does a test ask a lake? Parquet files as archive writes them, the raw tables and views over them, in DuckDB. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Dialect, transpile } from '@polyglot-sql/sdk';
import type { Incoming } from '../../shared/fold/fold.ts';
import { filesOf } from '../../shared/lake/archive.ts';
import { type ColumnType, lakeTables } from '../../shared/lake/columns.ts';
import { writeParquet } from '../../shared/lake/parquet.ts';
import { newestViews, type View } from '../../shared/lake/views.ts';

type Row = { [column: string]: unknown };

export interface MadeLake {
  /** The rows of a statement in Athena's SQL; numbers of any size as numbers, instants as text. */
  ask(sql: string, values?: (string | number)[]): Promise<Row[]>;
  /** Makes a table of what a statement answers. */
  keep(name: string, sql: string): Promise<void>;
  close(): void;
}

const types: { [type in ColumnType]: string } = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

const translated = new Map<string, string>();

/** Translating takes longer than answering, and tests ask the same again and again. */
function toDuck(sql: string): string {
  const known = translated.get(sql);
  if (known) return known;
  const { success, error, sql: [text = ''] = [] } = transpile(sql, Dialect.Athena, Dialect.DuckDB);
  if (!success) throw new Error(`${error}: ${sql}`);
  translated.set(sql, text);
  return text;
}

const plain = (value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : typeof value === 'object' && value !== null ? String(value) : value;

/** A lake of these records, archived in batches as they are given. Throws on a record that archive refuses. */
export const makeLake = (...batches: Incoming[][]): Promise<MadeLake> => makeLakeUnder(newestViews(), ...batches);

/** A lake with other views over its raw tables. */
export async function makeLakeUnder(views: View[], ...batches: Incoming[][]): Promise<MadeLake> {
  const folder = mkdtempSync(join(tmpdir(), 'lake-'));
  const filled = new Set<string>();
  for (const batch of batches) {
    const { files, refused } = filesOf(batch, 'shardId-000000000000');
    if (refused[0]) throw new Error(refused[0].reason);
    for (const { table, key, rows } of files) {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), writeParquet(table.columns, rows));
      filled.add(table.name);
    }
  }
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const { name, prefix, columns } of lakeTables) {
    const typed = columns.map((one) => `"${one.name}" ${types[one.type]}`).join(', ');
    await connection.run(
      filled.has(name)
        ? `CREATE VIEW ${name} AS SELECT * FROM read_parquet('${folder}/${prefix}/*/*.parquet', hive_types = {dt: VARCHAR})`
        : `CREATE TABLE ${name} (${typed}, dt VARCHAR)`,
    );
  }
  for (const { name, sql } of views) await connection.run(`CREATE VIEW ${name} AS ${toDuck(sql)}`);
  return {
    ask: async (sql, values = []) => {
      const reader = await connection.runAndReadAll(toDuck(sql), values);
      return reader
        .getRowObjects()
        .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
    },
    keep: async (name, sql) => {
      await connection.run(`CREATE TABLE ${name} AS ${toDuck(sql)}`);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true });
    },
  };
}
