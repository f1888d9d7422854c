/** How does a test get a stored daily snapshot? The statements of the nightly job, sent to the embedded engine, and its row in the table of nights. */
import { writeFileSync } from 'node:fs';
import type { Dictionary } from '../../shared/kpis/dictionary.ts';
import { literal } from '../../shared/lake/athena.ts';
import { type Attempt, storeSql } from '../../shared/lake/daily-snapshot-sql.ts';
import { dailySnapshotTables, nights } from '../../shared/lake/daily-snapshot-tables.ts';
import type { KpiSql } from '../../shared/lake/kpi-sql.ts';
import { writeParquet } from '../../shared/lake/parquet.ts';
import type { EmbeddedLake } from './embedded-lake.ts';

/** Values of a compiled question about a night, as literals. */
export const valuesOf = ({ parameters }: KpiSql, { night, attempt }: Attempt): string[] =>
  parameters.map((name) => literal(name === 'night' ? night : attempt));

/** Says that an attempt at a night is whole. */
export function publishNight(lake: EmbeddedLake, { night, attempt }: Attempt): void {
  const row = { night, attempt: BigInt(attempt), at: new Date(`${night}T03:30:00Z`), definitions: 1n };
  writeFileSync(lake.place(`${nights.prefix}/${night}.parquet`), writeParquet(nights.columns, [row]));
}

/** Stores everything that arrived before the night. Answers the bytes that the statements read. */
export async function storeNightIn(lake: EmbeddedLake, dictionary: Dictionary, one: Attempt): Promise<number> {
  let scannedBytes = 0;
  for (const table of dailySnapshotTables(dictionary)) {
    if (table === nights) continue;
    const { sql, values } = storeSql(dictionary, table, lake.bucket, one);
    scannedBytes += (await lake.engine.query(sql, values.map(literal))).scannedBytes;
  }
  publishNight(lake, one);
  return scannedBytes;
}
