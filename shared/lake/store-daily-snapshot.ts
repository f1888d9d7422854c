/** How does a daily snapshot get into the lake so that nobody reads half of it? Each attempt writes folders of its own, and one last put makes it visible. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { dictionary as current, type Dictionary } from '../kpis/dictionary.ts';
import { eachLimit } from '../map-limit.ts';
import { beginAttempt, chooseAttempt, type DailySnapshot, readDailySnapshot } from '../store/daily-snapshots.ts';
import type { Table } from '../store/table.ts';
import { type Athena, ask, rowsFor } from './athena.ts';
import { storeSql } from './daily-snapshot-sql.ts';
import { type DailySnapshotTable, dailySnapshotTables, mostAttempts, nights } from './daily-snapshot-tables.ts';
import { writeParquet } from './parquet.ts';
import type { Lake } from './store.ts';

export interface DailySnapshotStores {
  table: Table;
  athena: Athena;
  lake: Lake;
}

export interface DailySnapshotOptions {
  /** Names the snapshot: a UTC day, today's where absent. What arrived before that day began is stored. */
  night?: string | undefined;
  now?: () => number;
  dictionary?: Dictionary;
}

export interface StoredDailySnapshot extends DailySnapshot {
  /** False where this snapshot was there already, or another run's attempt was chosen. */
  isNew: boolean;
  /** Bytes that the statements read. */
  scannedBytes: number;
}

const statementsAtOnce = 4;

/** Puts the row that makes a daily snapshot visible. It is the same whoever puts it, however often, and however late. */
async function publish({ send, bucket }: Lake, { night, attempt, at, definitions }: DailySnapshot): Promise<void> {
  const row = { night, attempt: BigInt(attempt), at: new Date(at), definitions: BigInt(definitions) };
  const Body = writeParquet(nights.columns, [row]);
  await send(new PutObjectCommand({ Bucket: bucket, Key: `${nights.prefix}/${night}.parquet`, Body }));
}

/**
 * Stores what arrived before the day `night` began (UTC): newest snapshots first, then the KPIs counted from them. Run twice, at the same time or after
 * a run that died, it stores another attempt beside the first, and the first that is whole counts for good. Throws when a statement fails.
 */
export async function storeDailySnapshot(
  { table, athena, lake }: DailySnapshotStores,
  options: DailySnapshotOptions = {},
): Promise<StoredDailySnapshot> {
  const { now = Date.now, dictionary = current } = options;
  const today = new Date(now()).toISOString().slice(0, 10);
  const night = options.night ?? today;
  if (night > today) throw new RangeError(`${night} has not begun: what arrives before it is not known`);
  const before = await readDailySnapshot(table, night);
  if (before) {
    // The run that chose it may have died before anyone could see it.
    await publish(lake, before);
    return { ...before, isNew: false, scannedBytes: 0 };
  }
  const attempt = await beginAttempt(table, night, mostAttempts, now());
  let scannedBytes = 0;
  const store = async (one: DailySnapshotTable): Promise<void> => {
    const { sql, values } = storeSql(dictionary, one, lake.bucket, { night, attempt });
    scannedBytes += (await ask(athena, sql, values)).scannedBytes;
  };
  const tables = dailySnapshotTables(dictionary);
  const failed = await eachLimit(
    tables.filter(({ of }) => of),
    statementsAtOnce,
    store,
  );
  if (failed[0]) throw failed[0].error;
  for (const one of tables) if (one !== nights && !one.of) await store(one);
  const at = new Date(now()).toISOString();
  const chosen = await chooseAttempt(table, { night, attempt, at, definitions: dictionary.latest });
  await publish(lake, chosen);
  return { ...chosen, isNew: chosen.attempt === attempt, scannedBytes };
}

/** The newest night that is whole; undefined before the first. */
export async function lastDailySnapshot(athena: Athena): Promise<{ night: string; attempt: number } | undefined> {
  for await (const row of rowsFor(athena, 'SELECT night, attempt FROM nights ORDER BY night DESC LIMIT 1'))
    return { night: row.night ?? '', attempt: Number(row.attempt) };
  return undefined;
}
