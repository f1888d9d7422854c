/** How many bytes does a query read? The column chunks that it needs, of the files that its partitions leave. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnSpec } from './catalog.ts';
import type { LakeFile } from './files.ts';
import { type Relation, typeOf } from './relations.ts';
import { quoteText } from './syntax.ts';

interface PlanNode {
  name: string;
  children?: PlanNode[];
  extra_info?: { [key: string]: string | string[] };
}

/** Bytes of all scans in the plan of a statement, as Parquet's own directories tell them. */
export async function measureScan(connection: DuckDBConnection, sql: string, relations: Relation[]): Promise<number> {
  if (relations.every(({ files }) => files.length === 0)) return 0;
  const explained = await connection.runAndReadAll(`EXPLAIN (FORMAT JSON) ${sql}`);
  const plan = JSON.parse(String(explained.getRows()[0]?.[1])) as PlanNode[];
  let bytes = 0;
  for (const scan of plan.flatMap(scansIn)) {
    const columns = namesOf(scan.extra_info?.Projections);
    // A column that only filters is read as well.
    const filters = [scan.extra_info?.Filters ?? []].flat().join(' ');
    const left = { filters: [scan.extra_info?.['File Filters'] ?? []].flat(), ...countsIn(scan.extra_info?.['Scanning Files']) };
    const readings: number[] = [];
    for (const relation of relationsOf(relations, columns, left.total)) {
      const files = await filesLeft(connection, relation, left);
      const names = relation.table.columns.map(({ name }) => name);
      const needed = names.filter((name) => columns.includes(name) || new RegExp(`\\b${name}\\b`).test(filters));
      readings.push(await bytesOf(connection, files, needed));
    }
    bytes += Math.max(0, ...readings);
  }
  return bytes;
}

const scansIn = (node: PlanNode): PlanNode[] => [
  ...(node.name.trim() === 'READ_PARQUET' ? [node] : []),
  ...(node.children ?? []).flatMap(scansIn),
];

const namesOf = (projections: string | string[] | undefined): string[] =>
  [projections ?? []]
    .flat()
    .flatMap((each) => each.split('\n'))
    .map((each) => each.trim().replaceAll('"', ''));

/** `3/12`: how many files the plan reads, of how many; absent where it leaves none out. */
function countsIn(scanning: string | string[] | undefined): { read: number; total: number } {
  const [, read, total] = /(\d+)\/(\d+)/.exec(String(scanning ?? '')) ?? [];
  return { read: Number(read), total: Number(total) };
}

/** The plan names no table: those whose columns and number of files fit. Where several do, the largest reading counts. */
function relationsOf(relations: Relation[], columns: string[], total: number): Relation[] {
  const fitting = relations.filter(({ table, files }) => {
    const names = [...table.columns, ...table.partitionKeys].map(({ name }) => name);
    return files.length > 0 && columns.every((column) => names.includes(column));
  });
  const exact = fitting.filter(({ files }) => files.length === total);
  return exact.length ? exact : fitting;
}

/** The files whose partition passes the plan's own conditions. */
async function filesLeft(
  connection: DuckDBConnection,
  { table, files }: Relation,
  { filters, read }: { filters: string[]; read: number },
): Promise<LakeFile[]> {
  if (filters.length === 0 || table.partitionKeys.length === 0) return files;
  const keys = table.partitionKeys.map(({ name }) => name);
  const valueIn = (url: string, { name, type }: ColumnSpec): string =>
    `CAST(${quoteText(new RegExp(`/${name}=([^/]*)`).exec(url)?.[1] ?? '')} AS ${typeOf(type).type})`;
  const rows = files.map(({ url }, i) => `(${i}, ${table.partitionKeys.map((key) => valueIn(url, key)).join(', ')})`);
  const sql = `SELECT i FROM (VALUES ${rows.join(', ')}) AS t(i, ${keys.map((key) => `"${key}"`).join(', ')}) WHERE ${filters.join(' AND ').replaceAll(')(', ') AND (')}`;
  try {
    const kept = new Set((await connection.runAndReadAll(sql)).getRows().map(([i]) => Number(i)));
    // One that is understood leaves as many files as the plan says: else count every file.
    return kept.size === read ? files.filter((_, i) => kept.has(i)) : files;
  } catch {
    // The plan shortens conditions in print: those cannot be computed again.
    return files;
  }
}

async function bytesOf(connection: DuckDBConnection, files: LakeFile[], columns: string[]): Promise<number> {
  if (files.length === 0 || columns.length === 0) return 0;
  const paths = files.map(({ path }) => quoteText(path)).join(', ');
  const names = columns.map(quoteText).join(', ');
  const sql = `SELECT coalesce(sum(total_compressed_size), 0) FROM parquet_metadata([${paths}]) WHERE lower(split_part(path_in_schema, ',', 1)) IN (${names})`;
  return Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0);
}
