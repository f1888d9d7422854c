/** How does the embedded Athena answer a statement? Trino's SQL over the files of the embedded S3, by DuckDB. */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { AthenaCatalog } from './catalog.ts';
import { type Compiled, compile } from './compile.ts';
import { explain, openDuckdb } from './duckdb.ts';
import { QueryError } from './errors.ts';
import { bindValues } from './literals.ts';
import { unnamed } from './query.ts';
import { makeRelation } from './relations.ts';
import { openSavedCatalog } from './saved-catalog.ts';
import { measureScan } from './scan.ts';
import { type Parse, readStatement, type Statement } from './statement.ts';
import { quoteText } from './syntax.ts';
import { columnOf, type ResultColumn, textOf } from './values.ts';
import { writeFiles } from './write-files.ts';

/** Writes an object through the S3 API. */
export type Put = (bucket: string, key: string, body: Uint8Array) => Promise<unknown>;

export interface EngineOptions {
  catalog: AthenaCatalog;
  /** Folder of the embedded S3. */
  storageDir: string;
  /** Where views and tables made by statements are kept, and files on their way to S3; without it neither is possible. */
  stateDir?: string;
  put?: Put;
  /** Whether it says how many bytes it reads, which takes as long as the answer; 0 where it does not, and nothing is cut off. */
  isMeasuring?: boolean;
}

export interface Answer {
  columns: ResultColumn[];
  rows: (string | null)[][];
  /** Whether it is the answer to a question, with a header; DDL and UNLOAD have none. */
  isQuery: boolean;
  scannedBytes: number;
}

export interface QueryOptions {
  database?: string;
  /** More bytes than this and the query fails. */
  cutoffBytes?: number;
  /** Where a new table goes that names no place: `s3://bucket/prefix/`. */
  tableLocation?: string;
  signal?: AbortSignal;
}

export interface Engine {
  /** Answers a statement; values are SQL literals as in ExecutionParameters: "'text'", "12". Throws QueryError. */
  query(sql: string, values?: readonly string[], options?: QueryOptions): Promise<Answer>;
  close(): void;
}

interface Tools {
  parse: Parse;
  duckdb: DuckDBInstance;
}

/** Opens an engine; DuckDB and the parser are loaded by its first query. */
export function openEngine({ catalog, storageDir, stateDir, put, isMeasuring = true }: EngineOptions): Engine {
  const saved = openSavedCatalog(catalog, stateDir);
  let tools: Promise<Tools> | undefined;
  const load = async (): Promise<Tools> => {
    const [{ parse }, duckdb] = await Promise.all([
      import('@polyglot-sql/sdk'),
      openDuckdb([storageDir, ...(stateDir ? [stateDir] : [])]),
    ]);
    return { parse: parse as Parse, duckdb };
  };
  return {
    query: async (sql, values = [], options = {}) => {
      tools ??= load();
      const { parse, duckdb } = await tools;
      const database = (options.database ?? catalog.databases[0] ?? 'default').toLowerCase();
      const statement = readStatement(parse, bindValues(sql, values));
      if (statement.does === 'drop') return nothing(saved.drop(statement, database));
      const compiled = compile(parse, statement.query, saved.current(), database, storageDir);
      const connection = await duckdb.connect();
      // Again and again: what comes before DuckDB has begun, or between two of a query's statements, stops nothing.
      let stopping: NodeJS.Timeout | undefined;
      const stop = (): void => {
        connection.interrupt();
        stopping ??= setInterval(() => connection.interrupt(), 20);
      };
      options.signal?.addEventListener('abort', stop);
      if (options.signal?.aborted) stop();
      try {
        return await answer(connection, statement, compiled, { database, ...options });
      } catch (reason) {
        if (options.signal?.aborted) throw new QueryError('USER_CANCELED', 'Query was canceled');
        const files = compiled.relations.flatMap((relation) => relation.files);
        throw await blame(connection, reason, files);
      } finally {
        options.signal?.removeEventListener('abort', stop);
        clearInterval(stopping);
        connection.closeSync();
      }
    },
    close: () => void tools?.then(({ duckdb }) => duckdb.closeSync()),
  };

  async function answer(
    connection: DuckDBConnection,
    statement: Exclude<Statement, { does: 'drop' }>,
    { sql, relations }: Compiled,
    { database, cutoffBytes, tableLocation }: QueryOptions & { database: string },
  ): Promise<Answer> {
    for (const relation of relations) await makeRelation(connection, relation);
    const scannedBytes = isMeasuring ? await measureScan(connection, sql, relations) : 0;
    // Athena bills ten megabytes at least, and so the limit of a workgroup cannot be below them.
    if (cutoffBytes !== undefined && scannedBytes > cutoffBytes)
      throw new QueryError(
        'EXCEEDED_SCAN_LIMIT',
        `Query exhausted resources: bytes scanned limit was exceeded (${scannedBytes} of ${cutoffBytes})`,
      );
    if (statement.does === 'query') return { ...(await readRows(connection, sql)), isQuery: true, scannedBytes };
    if (statement.does === 'createView') {
      saved.addView(
        {
          database: statement.database ?? database,
          name: statement.name,
          sql: statement.sql,
          columns: await describe(connection, sql),
        },
        statement.isReplacing,
      );
      return nothing(undefined, scannedBytes);
    }
    const location = statement.location ?? tableLocation;
    if (!location) throw new QueryError('INVALID_TABLE_PROPERTY', 'A new table needs external_location');
    const columns = await describe(connection, sql);
    if (statement.does === 'createTable') saved.refuseTaken(statement.database ?? database, statement.name);
    if (!stateDir || !put) throw new QueryError('GENERIC_USER_ERROR', 'This engine was opened without a way to write');
    const { compression, partitionedBy } =
      statement.does === 'unload' ? statement : { compression: 'SNAPPY' as const, partitionedBy: [] };
    await writeFiles({ connection, storageDir, stateDir, put }, sql, columns, { location, compression, partitionedBy });
    if (statement.does === 'createTable')
      saved.addTable({
        database: statement.database ?? database,
        name: statement.name,
        columns,
        partitionKeys: [],
        location: location.replace(/\/?$/, '/'),
        projections: {},
      });
    return nothing(undefined, scannedBytes);
  }
}

const nothing = (_: unknown, scannedBytes = 0): Answer => ({ columns: [], rows: [], isQuery: false, scannedBytes });

async function readRows(connection: DuckDBConnection, sql: string): Promise<Pick<Answer, 'columns' | 'rows'>> {
  const reader = await connection.runAndReadAll(sql);
  const types = reader.columnTypes();
  const columns = reader
    .columnNames()
    .map((name, i) => columnOf(name.startsWith(unnamed) ? `_col${i}` : name.toLowerCase(), types[i]!));
  return { columns, rows: reader.getRows().map((row) => row.map((value, i) => textOf(value, types[i]!))) };
}

/** The columns of a query in Hive's types. */
async function describe(connection: DuckDBConnection, sql: string): Promise<{ name: string; type: string }[]> {
  const reader = await connection.runAndReadAll(`SELECT * FROM (${sql}) LIMIT 0`);
  const types = reader.columnTypes();
  return reader.columnNames().map((name, i) => {
    if (name.startsWith(unnamed)) throw new QueryError('MISSING_COLUMN_NAME', `Column name not specified at position ${i + 1}`);
    const { type, precision, scale } = columnOf(name.toLowerCase(), types[i]!);
    const hive: { [type: string]: string } = {
      varchar: 'string',
      integer: 'int',
      decimal: `decimal(${precision},${scale})`,
      unknown: 'string',
    };
    return { name: name.toLowerCase(), type: hive[type] ?? type };
  });
}

/** A broken file is named, also where DuckDB does not say which one it was. */
async function blame(
  connection: DuckDBConnection,
  reason: unknown,
  files: Compiled['relations'][number]['files'],
): Promise<QueryError> {
  const explained = explain(reason, files);
  if (explained.code !== 'GENERIC_INTERNAL_ERROR') return explained;
  for (const file of files) {
    try {
      await connection.run(`SELECT * FROM read_parquet([${quoteText(file.path)}])`);
    } catch {
      return new QueryError('HIVE_BAD_DATA', `Malformed Parquet file ${file.url}: ${explained.message}`);
    }
  }
  return explained;
}
