/** How does DuckDB see a table of the lake? Its files as one relation with the columns and types that the catalog declares. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnSpec, LakeTable } from './catalog.ts';
import { notKnown, QueryError } from './errors.ts';
import type { LakeFile } from './files.ts';
import { quoteName, quoteText } from './syntax.ts';

/** A table as one query uses it. */
export interface Relation {
  table: LakeTable;
  files: LakeFile[];
  /** Qualified: no name that a statement makes can stand before it. */
  view: string;
}

const whole = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT'];
/** Hive's types: DuckDB's name, and the types in a file that Athena would read as such. */
const types: { [hive: string]: { type: string; readable: string[] } } = {
  string: { type: 'VARCHAR', readable: ['VARCHAR', 'JSON'] },
  varchar: { type: 'VARCHAR', readable: ['VARCHAR', 'JSON'] },
  bigint: { type: 'BIGINT', readable: whole },
  int: { type: 'INTEGER', readable: whole.slice(0, 3) },
  double: { type: 'DOUBLE', readable: ['DOUBLE', 'FLOAT'] },
  boolean: { type: 'BOOLEAN', readable: ['BOOLEAN'] },
  date: { type: 'DATE', readable: ['DATE'] },
  timestamp: {
    type: 'TIMESTAMP',
    readable: ['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE'],
  },
};

/** DuckDB's type for one of Hive's. Throws for those that the lake does not have. */
export function typeOf(hive: string): { type: string; readable: string[] } {
  const found = Object.hasOwn(types, hive) ? types[hive] : undefined;
  if (found) return found;
  const decimal = hive.match(/^decimal\((\d+),(\d+)\)$/);
  if (decimal) return { type: hive.toUpperCase(), readable: [hive.toUpperCase()] };
  throw notKnown(`the column type ${hive}`);
}

/** Makes the view through which a query reads the table. No files: no rows; a column that no file has: NULL. */
export async function makeRelation(connection: DuckDBConnection, { table, files, view }: Relation): Promise<void> {
  const declared = [...table.columns, ...table.partitionKeys];
  if (files.length === 0) {
    const nothing = declared.map(({ name, type }) => `CAST(NULL AS ${typeOf(type).type}) AS ${quoteName(name)}`);
    await connection.run(`CREATE TEMP VIEW ${view} AS SELECT ${nothing.join(', ')} WHERE false`);
    return;
  }
  const source = readParquet(table, files);
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
  const present = new Map(described.getRows().map(([name, type]) => [String(name).toLowerCase(), String(type)]));
  const columns = declared.map((column) => printColumn(table, column, present.get(column.name)));
  await connection.run(`CREATE TEMP VIEW ${view} AS SELECT ${columns.join(', ')} FROM ${source}`);
}

function readParquet({ partitionKeys }: LakeTable, files: LakeFile[]): string {
  const paths = files.map(({ path }) => quoteText(path)).join(', ');
  const hive = partitionKeys.map(({ name, type }) => `${quoteText(name)}: ${typeOf(type).type}`).join(', ');
  return `read_parquet([${paths}], union_by_name = true, hive_partitioning = ${hive ? `true, hive_types = {${hive}}` : 'false'})`;
}

function printColumn(table: LakeTable, { name, type }: ColumnSpec, inFile: string | undefined): string {
  const wanted = typeOf(type);
  if (inFile === undefined) return `CAST(NULL AS ${wanted.type}) AS ${quoteName(name)}`;
  if (!wanted.readable.includes(inFile) && inFile !== '"NULL"')
    throw new QueryError(
      'HIVE_BAD_DATA',
      `Field ${name}'s type ${inFile} in the files of ${table.name} is incompatible with type ${type} of the table`,
    );
  return `CAST(${quoteName(name)} AS ${wanted.type}) AS ${quoteName(name)}`;
}
