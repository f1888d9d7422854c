/** Which statements store a night? One UNLOAD for each table, into a folder that is of one attempt alone. */
import type { Dictionary } from '../kpis/dictionary.ts';
import { type DailySnapshotTable, dailySnapshotSource } from './daily-snapshot-tables.ts';
import { kpiSql } from './kpi-sql.ts';
import { newestSql, quoted } from './views.ts';

export interface Attempt {
  /** UTC day; what arrived before it is stored. */
  night: string;
  attempt: number;
}

/** A statement and its values. */
export interface Statement {
  sql: string;
  values: (string | number)[];
}

/** A third smaller than gzip where rows that lie together are alike; Athena and DuckDB read it. */
const codec = 'ZSTD';

/** The folder of an attempt at a night of a table. Throws for what is no night, since a location cannot be bound. */
function folderOf({ prefix }: DailySnapshotTable, bucket: string, { night, attempt }: Attempt): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(night) || !Number.isSafeInteger(attempt)) throw new RangeError(`${night}/${attempt} is no night`);
  if (!/^[a-z0-9.-]+$/.test(bucket)) throw new RangeError(`${bucket} is no bucket`);
  return `s3://${bucket}/${prefix}/night=${night}/attempt=${attempt}/`;
}

const unload = (query: string, folder: string, more = ''): string =>
  `UNLOAD (${query}) TO '${folder}' WITH (format = 'PARQUET', compression = '${codec}'${more})`;

/** The local time at which most KPIs of an entity count: rows that lie together by it are alike. */
function timeOf(dictionary: Dictionary, { of, columns }: DailySnapshotTable): string[] {
  const counts = new Map<string, number>();
  for (const { kpi } of dictionary.entries.values())
    if ('at' in kpi && kpi.of === of?.entity && typeof kpi.at === 'string') counts.set(kpi.at, (counts.get(kpi.at) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const column = columns.find(({ fact, isLocal }) => isLocal && fact === most);
  return column ? [column.name] : [];
}

/** The newest snapshots of what arrived before a night, by creator and time; the night is bound so many times. */
export function snapshotsSql(dictionary: Dictionary, table: DailySnapshotTable, of: NonNullable<DailySnapshotTable['of']>) {
  const { sql, days } = newestSql(of, true);
  const stored = new Set(of.columns.map(({ name }) => name));
  const columns = table.columns.map(({ name }) =>
    stored.has(name) ? quoted(name) : `substr(${quoted(name.replace(/_day$/, '_local'))}, 1, 10) AS ${quoted(name)}`,
  );
  const order = ['creator_id', ...(of.list ? ['subject', 'line'] : timeOf(dictionary, table))].map(quoted).join(', ');
  return { sql: `SELECT ${columns.join(', ')} FROM (${sql}) AS newest ORDER BY ${order}`, nights: days };
}

/** Stores a table of a night; the KPIs are counted from the snapshots of the same attempt, so that a night is of one piece. */
export function storeSql(dictionary: Dictionary, table: DailySnapshotTable, bucket: string, one: Attempt): Statement {
  const folder = folderOf(table, bucket, one);
  if (table.of) {
    const { sql, nights } = snapshotsSql(dictionary, table, table.of);
    return { sql: unload(sql, folder), values: Array(nights).fill(one.night) };
  }
  const { sql, parameters } = kpiSql(dictionary, { grain: 'day', scanSource: dailySnapshotSource });
  const values = parameters.map((name) => (name === 'night' ? one.night : one.attempt));
  const query = `SELECT creator_id, subject, dimension, value, period AS day, number, kpi FROM (
${sql}) AS counted ORDER BY dimension, creator_id, value, day`;
  return { sql: unload(query, folder, `, partitioned_by = ARRAY['kpi']`), values };
}
