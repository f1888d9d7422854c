/** How do the rows of a statement become files in S3? One Parquet file, or one for each value of the column they are partitioned by. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnSpec } from './catalog.ts';
import { notKnown, QueryError } from './errors.ts';
import { listObjects, parseLocation } from './files.ts';
import type { Compression } from './statement.ts';
import { quoteName, quoteText } from './syntax.ts';

export interface Writing {
  connection: DuckDBConnection;
  storageDir: string;
  /** Where files lie on their way to S3. */
  stateDir: string;
  put: (bucket: string, key: string, body: Uint8Array) => Promise<unknown>;
}

export interface Target {
  location: string;
  compression: Compression;
  /** The last column, or none. */
  partitionedBy: string[];
}

/** As many as Athena writes in one statement. */
const mostPartitions = 100;

/** Writes the rows of a query, in their order. Throws where files are there already, but adds to partitions, as Athena does. */
export async function writeFiles(
  writing: Writing,
  sql: string,
  columns: ColumnSpec[],
  { location, compression, partitionedBy }: Target,
): Promise<void> {
  const { connection, storageDir } = writing;
  const [partition, ...more] = partitionedBy;
  if (more.length) throw notKnown('partitioned_by more than one column');
  if (partition !== undefined && columns.at(-1)?.name !== partition)
    throw new QueryError('INVALID_TABLE_PROPERTY', `Partition keys must be the last columns: ${partition}`);
  if (partition === undefined && listObjects(storageDir, location).length > 0)
    throw new QueryError('HIVE_PATH_ALREADY_EXISTS', `Target directory for table already exists: ${location}`);
  const { bucket, prefix } = parseLocation(location.replace(/\/?$/, '/'));
  const kept = columns.filter(({ name }) => name !== partition).map(printColumn);
  const parts = partition === undefined ? [{ folder: '', rows: `(${sql})` }] : await partsOf(connection, sql, partition);
  for (const { folder, rows } of parts)
    await putFile(writing, `SELECT ${kept.join(', ')} FROM ${rows}`, compression, [bucket, prefix + folder]);
}

const printColumn = ({ name, type }: ColumnSpec): string =>
  type === 'bigint' ? `CAST(${quoteName(name)} AS BIGINT) AS ${quoteName(name)}` : quoteName(name);

interface Part {
  folder: string;
  rows: string;
}

/** The rows by their partition; computed once for all of them. */
async function partsOf(connection: DuckDBConnection, sql: string, column: string): Promise<Part[]> {
  const all = 'temp.main.rows_to_write';
  await connection.run(`CREATE TEMP TABLE ${all} AS ${sql}`);
  const text = `CAST(${quoteName(column)} AS VARCHAR)`;
  const found = await connection.runAndReadAll(`SELECT DISTINCT ${text} FROM ${all} ORDER BY 1`);
  const values = found.getRows().map(([value]) => String(value));
  if (values.length > mostPartitions)
    throw new QueryError('HIVE_TOO_MANY_OPEN_PARTITIONS', `Exceeded limit of ${mostPartitions} open writers for partitions`);
  return values.map((value) => {
    if (!/^[\w.-]+$/.test(value)) throw notKnown(`the partition ${column}=${value}`);
    return { folder: `${column}=${value}/`, rows: `${all} WHERE ${text} = ${quoteText(value)}` };
  });
}

async function putFile(
  { connection, stateDir, put }: Writing,
  query: string,
  compression: Compression,
  [bucket, folder]: [string, string],
): Promise<void> {
  const name = `${crypto.randomUUID()}.parquet`;
  const file = join(stateDir, name);
  try {
    await connection.run(`COPY (${query}) TO ${quoteText(file)} (FORMAT parquet, COMPRESSION ${compression})`);
    await put(bucket, folder + name, await readFile(file));
  } finally {
    await rm(file, { force: true });
  }
}
