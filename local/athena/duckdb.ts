/** How is DuckDB opened so that it computes as Trino does, reads the lake and nothing else, and says what went wrong? */
import type { DuckDBInstance } from '@duckdb/node-api';
import { QueryError } from './errors.ts';
import type { LakeFile } from './files.ts';
import { macroSql } from './macros.ts';
import { quoteText } from './syntax.ts';

/** Loads DuckDB (a tenth of a second) and shuts it in: no file outside these folders, no extension, no setting from now on. */
export async function openDuckdb(folders: string[]): Promise<DuckDBInstance> {
  const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
  const instance = await Instance.create(':memory:', { threads: '2', memory_limit: '2GB' });
  const connection = await instance.connect();
  for (const sql of [
    "SET GLOBAL TimeZone = 'UTC'",
    ...macroSql,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    `SET allowed_directories = [${folders.map(quoteText).join(', ')}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ])
    await connection.run(sql);
  connection.closeSync();
  return instance;
}

const codes: [pattern: RegExp, code: string][] = [
  [/^Binder Error: (Referenced column|Column|.*does not have a column)/, 'COLUMN_NOT_FOUND'],
  [/^Binder Error: (No function matches|Could not choose)/, 'FUNCTION_NOT_FOUND'],
  [/^Binder Error: Cannot (compare|mix|combine)/, 'TYPE_MISMATCH'],
  [/^Binder Error/, 'SYNTAX_ERROR'],
  [/^Out of Range Error/, 'NUMERIC_VALUE_OUT_OF_RANGE'],
  [/^Conversion Error/, 'INVALID_CAST_ARGUMENT'],
  [/^Out of Memory Error/, 'EXCEEDED_MEMORY_LIMIT'],
];

/** An error of DuckDB in Athena's words; paths on disk become the objects that they hold. */
export function explain(reason: unknown, files: LakeFile[]): QueryError {
  if (reason instanceof QueryError) return reason;
  const message = reason instanceof Error ? reason.message : String(reason);
  const [, code, words] = message.match(/Could not convert string '([A-Z_]+): ([\s\S]*)' to BOOL/) ?? [];
  if (code && words) return new QueryError(code, words);
  const file = files.find(({ path }) => message.includes(path));
  const text = files.reduce((said, { path, url }) => said.replaceAll(path, url), message.split('\n\n')[0] ?? message);
  if (file) return new QueryError('HIVE_BAD_DATA', `Malformed Parquet file ${file.url}: ${text}`);
  return new QueryError(codes.find(([pattern]) => pattern.test(message))?.[1] ?? 'GENERIC_INTERNAL_ERROR', text);
}
