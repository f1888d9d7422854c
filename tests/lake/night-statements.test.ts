/** Does every statement that stores a night, and every one that reads it, run on the embedded Athena, and with the numbers of the views? */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { literal } from '../../shared/lake/athena.ts';
import { storeSql } from '../../shared/lake/daily-snapshot-sql.ts';
import { dailySnapshotSource, dailySnapshotTables, dailySnapshotViews } from '../../shared/lake/daily-snapshot-tables.ts';
import { kpiSql } from '../../shared/lake/kpi-sql.ts';
import { lastDailySnapshot } from '../../shared/lake/store-daily-snapshot.ts';
import { addDays } from '../../shared/time.ts';
import { athenaOf } from '../make/embedded-athena.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { anOperationMinute, anOrder, aRefund, aReview, aShipment } from '../make/snapshots.ts';
import { storeNightIn, valuesOf } from '../make/stored-night.ts';
import { aStream } from '../make/stream.ts';

const night = new Date().toISOString().slice(0, 10);
const one = { night, attempt: 2 };
const arrived = aStream([
  anOrder({ buyerKey: 'b-1', shipBy: '2026-03-03T00:00:00Z', deliverBy: '2026-03-08T00:00:00Z' }, { order: 'o-1' }),
  anOrder({ status: 'cancelled', cancellationFault: 'seller' }, { order: 'o-2' }),
  aShipment({ handedOverAt: '2026-03-04T14:00:00Z', deliveredAt: '2026-03-06T14:00:00Z' }, { order: 'o-1' }),
  aRefund({}, { order: 'o-1' }),
  aReview({ rating: 2, topic: 'leaks' }, { order: 'o-1' }),
  anOperationMinute({}, {}),
]);
const lists = dailySnapshotTables(dictionary).filter(({ of }) => of?.list);

let lake: EmbeddedLake;
/** Values are literals. */
const rowsOf = async (sql: string, values: string[] = []) =>
  (await lake.engine.query(sql, values)).rows.map((row) => JSON.stringify(row)).sort();

beforeAll(async () => {
  lake = await makeEmbeddedLake();
  lake.put(arrived, addDays(night, -1));
  await storeNightIn(lake, dictionary, one);
});
afterAll(() => lake?.close());

describe('a stored daily snapshot', () => {
  test('has in kpi_nightly the rows of kpi_daily', async () => {
    const columns = 'creator_id, kpi, subject, dimension, value, day, number';
    const stored = await rowsOf(`SELECT ${columns} FROM kpi_nightly WHERE night = ?`, [literal(night)]);
    expect(stored.length).toBeGreaterThan(50);
    expect(stored).toEqual(await rowsOf(`SELECT ${columns} FROM kpi_daily`));
  });

  // By other grains the views and a night are held against the fold, in tests/agree.
  test.each(['hour', 'day'] as const)('adds up every KPI by %s as the views do', async (grain) => {
    const compiled = kpiSql(dictionary, { grain, scanSource: dailySnapshotSource });
    const rows = await rowsOf(compiled.sql, valuesOf(compiled, one));
    expect(rows).toEqual(await rowsOf(kpiSql(dictionary, { grain }).sql));
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(['week', 'month', 'total'] as const)('adds up every KPI by %s', async (grain) => {
    const compiled = kpiSql(dictionary, { grain, scanSource: dailySnapshotSource });
    expect((await rowsOf(compiled.sql, valuesOf(compiled, one))).length).toBeGreaterThan(20);
  });

  test('is asked for one creator', async () => {
    const { sql, parameters } = kpiSql(dictionary, { grain: 'day', scanSource: dailySnapshotSource, isOfCreator: true });
    const of = (creator: string) => parameters.map((name) => literal({ creator, ...one }[name]));
    expect((await rowsOf(sql, of('c-1'))).length).toBeGreaterThan(20);
    expect(await rowsOf(sql, of('c-2'))).toEqual([]);
  });

  test.each(dailySnapshotViews(dictionary))('shows in $name what the view of the moment has', async ({ name, columns }) => {
    const of = name.replace(/_nightly$/, '').replace(/^kpi$/, 'kpi_daily');
    const [stored] = await rowsOf(`SELECT count(*) FROM ${name} WHERE night = ?`, [literal(night)]);
    expect([stored]).toEqual(await rowsOf(`SELECT count(*) FROM ${of}`));
    expect((await lake.engine.query(`SELECT * FROM ${name}`)).columns.map((one) => one.name)).toEqual(
      columns.map((one) => one.name),
    );
  });

  test('has no subject but where a list is found by it', () => {
    for (const { of, columns } of dailySnapshotTables(dictionary))
      if (of) expect(columns.some(({ name }) => name === 'subject')).toBe(lists.some((list) => list.of?.entity === of.entity));
  });

  test('has not what arrived on its day', async () => {
    lake.put(aStream([anOrder({}, { order: 'o-3' })]), night);
    const later = { night, attempt: 3 };
    for (const table of dailySnapshotTables(dictionary).filter(({ name }) => name === 'order_nightly_raw')) {
      const { sql, values } = storeSql(dictionary, table, lake.bucket, later);
      await rowsOf(sql, values.map(literal));
    }
    expect(await rowsOf('SELECT count(*) FROM orders')).toEqual(['["3"]']);
    expect(await rowsOf('SELECT count(*) FROM order_nightly_raw WHERE attempt = 3')).toEqual(['["2"]']);
  });

  test('is the last one, by the attempt that is whole', async () => {
    expect(await lastDailySnapshot(athenaOf(lake))).toEqual(one);
  });
});

describe('a statement that stores a night', () => {
  const [table] = dailySnapshotTables(dictionary);
  test.each([
    ["2026-11-25'", 1, 'lake'],
    ['2026-11-25/', 1, 'lake'],
    ['2026-11-25', 1.5, 'lake'],
    ['2026-11-25', 1, "lake'"],
  ])('is refused for night %s, attempt %s, bucket %s', (of, attempt, bucket) => {
    expect(() => storeSql(dictionary, table!, bucket, { night: of, attempt })).toThrow(RangeError);
  });

  test('has no more partitions than Athena writes at once', () => {
    const { partitions } = dailySnapshotTables(dictionary).find(({ name }) => name === 'kpi_nightly_raw')!;
    const { projection } = partitions.at(-1)!;
    expect(projection.type === 'enum' && projection.values.length).toBeLessThanOrEqual(100);
  });
});
