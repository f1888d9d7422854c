/** Does a reader ever see half a night? The job killed at any call, before or after it took effect, cut short, doubled, late; events arriving. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dictionary, makeDictionary } from '../../shared/kpis/dictionary.ts';
import { literal } from '../../shared/lake/athena.ts';
import { storeSql } from '../../shared/lake/daily-snapshot-sql.ts';
import { dailySnapshotTables, mostAttempts } from '../../shared/lake/daily-snapshot-tables.ts';
import { type DailySnapshotStores, storeDailySnapshot } from '../../shared/lake/store-daily-snapshot.ts';
import { addDays } from '../../shared/time.ts';
import { athenaOf, lakeOf } from '../make/embedded-athena.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { CallFailed, withChange } from '../make/faults.ts';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';
import { anOrder } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';
import { roundsOf, spread } from '../rounds.ts';

// Two KPIs of the declared ones: fewer statements, and the same tables.
const kpis = Object.fromEntries(['orders', 'units'].map((name) => [name, dictionary.entries.get(name)!.kpi]));
const few = makeDictionary([{ name: 'sales', title: 'Sales', kpis }]);
const today = new Date().toISOString().slice(0, 10);
const nightsInSight = 28;
/** The night that is stored next; each day before it brought an order of two units, and so does its own, which is none of its. */
let tonight: string;
const firstNight = addDays(today, -nightsInSight);

let keys: TestTable;
let lake: EmbeddedLake;
let stores: DailySnapshotStores;
let cutAt: string | undefined;
let orders: number;

function arrive(day: string): void {
  orders += 1;
  lake.put(aStream([anOrder({}, { order: `o-${orders}` })], {}, orders), day);
}

beforeEach(async () => {
  cutAt = undefined;
  orders = 0;
  keys = await startKpiTable();
  lake = await makeEmbeddedLake((key) => {
    if (cutAt && key.includes(cutAt)) throw new Error('Athena broke off');
  }, false);
  stores = { table: keys.table, athena: athenaOf(lake), lake: lakeOf(lake) };
  tonight = firstNight;
  arrive(addDays(firstNight, -1));
});
afterEach(async () => {
  lake?.close();
  await keys?.stop();
});

const store = (into: DailySnapshotStores) => storeDailySnapshot(into, { night: tonight, dictionary: few });

/** DailySnapshot, orders and units of both KPIs, and the same counted from the stored snapshots, in one question. */
const question = `SELECT night, what, CAST(sum(number) AS bigint) AS number FROM (
  SELECT night, kpi || ' ' || dimension AS what, number FROM kpi_nightly
  WHERE night >= ? AND (kpi = 'orders' AND dimension = 'total' OR kpi = 'units' AND dimension = 'product')
  UNION ALL
  SELECT o.night, 'snapshots' AS what, l.quantity AS number FROM orders_nightly AS o
  JOIN order_lines_nightly AS l ON l.night = o.night AND l.creator_id = o.creator_id AND l.subject = o.subject
  WHERE o.night >= ?
) AS seen GROUP BY night, what ORDER BY night, what`;

const since = () => addDays(tonight, -1);
const read = async (change: (sql: string) => string = (sql) => sql): Promise<string[]> =>
  (await lake.engine.query(change(question), [literal(since()), literal(since())])).rows.map((row) => row.join(' '));

/** What a whole night says: an order of two units for each day before it. */
function wholeNight(night: string): string[] {
  const days = Math.round((Date.parse(night) - Date.parse(firstNight)) / 86_400_000) + 1;
  return [`${night} orders total ${days}`, `${night} snapshots ${2 * days}`, `${night} units product ${2 * days}`];
}
const older = () => (tonight === firstNight ? [] : wholeNight(since()));
const both = () => [...older(), ...wholeNight(tonight)];

/** Stores of which the nth call, to whichever of them, kills the run: it and every call after it fail. */
function killedAt(
  into: DailySnapshotStores,
  nth: number,
  when: 'before' | 'after',
): DailySnapshotStores & { calls: () => number } {
  let calls = 0;
  const killing = <S extends { send: unknown }>(one: S): S => ({
    ...one,
    send: async (command: unknown) => {
      calls += 1;
      const place = calls;
      if (place > nth || (place === nth && when === 'before')) throw new CallFailed('killed');
      const answer = await (one.send as (command: unknown) => Promise<unknown>)(command);
      if (place === nth) throw new CallFailed('killed');
      return answer;
    },
  });
  return { table: killing(into.table), athena: killing(into.athena), lake: killing(into.lake), calls: () => calls };
}

/** get, update, three statements of two calls each, update, put. */
const calls = 10;
const kills = Array.from({ length: calls }, (_, i) =>
  (['before', 'after'] as const).map((when) => [i + 1, when] as const),
).flat();

/** Night after night: killed at a call, read, run again, read, run once more. Throws where a reader sees anything but whole nights. */
async function killNightly(some: typeof kills, into = stores, change?: (sql: string) => string): Promise<void> {
  for (const [nth, when] of some) {
    arrive(tonight);
    await expect(store(killedAt(into, nth, when))).rejects.toThrow();
    expect([older(), both()]).toContainEqual(await read(change));
    await store(into);
    expect(await read(change)).toEqual(both());
    expect(await store(into)).toMatchObject({ isNew: false });
    tonight = addDays(tonight, 1);
  }
}

describe('a night', () => {
  test('is stored by some calls, and once', async () => {
    const counting = killedAt(stores, Number.POSITIVE_INFINITY, 'before');
    expect(await store(counting)).toMatchObject({ night: tonight, attempt: 1, isNew: true });
    expect(counting.calls()).toBe(calls);
    expect(await read()).toEqual(both());
    expect(await store(stores)).toMatchObject({ attempt: 1, isNew: false });
    expect(await read()).toEqual(both());
  });

  test('is seen whole or not at all, wherever the run is killed', () => killNightly(spread(kills, roundsOf('nightKills'))));

  test('is not seen where Athena breaks off', async () => {
    for (const place of ['kpi=units', 'kpi=orders', 'entity=order.lines']) {
      arrive(tonight);
      cutAt = place;
      await expect(store(stores)).rejects.toThrow('Athena broke off');
      expect(await read()).toEqual(older());
      cutAt = undefined;
      expect(await store(stores)).toMatchObject({ attempt: 2 });
      expect(await read()).toEqual(both());
      tonight = addDays(tonight, 1);
    }
  });

  test('is one attempt, where two runs store it at the same time', async () => {
    const [one, other] = await Promise.all([store(stores), store(stores)]);
    expect(one.attempt).toBe(other.attempt);
    expect(await read()).toEqual(both());
  });

  test('does not change when statements of a dead run end late', async () => {
    await expect(store(killedAt(stores, 3, 'before'))).rejects.toThrow();
    await store(stores);
    for (const table of dailySnapshotTables(few).filter(({ name }) => name !== 'nights')) {
      const { sql, values } = storeSql(few, table, lake.bucket, { night: tonight, attempt: 1 });
      await lake.engine.query(sql, values.map(literal));
    }
    expect(await read()).toEqual(both());
  });

  test('is given up after some attempts, and told so; one that has not begun is refused', async () => {
    cutAt = 'entity=order/';
    for (let i = 0; i < mostAttempts; i++) await expect(store(stores)).rejects.toThrow('Athena broke off');
    cutAt = undefined;
    await expect(store(stores)).rejects.toThrow(`${tonight} was begun ${mostAttempts} times`);
    await expect(storeDailySnapshot(stores, { night: addDays(today, 1) })).rejects.toThrow(RangeError);
    expect(await read()).toEqual([]);
  });
});

describe('half a night is found out', () => {
  // Killed late in the run: most is there by then.
  const late = kills.slice(-6);

  test('when readers take what no row of nights says is whole', async () => {
    const change = (sql: string) => sql.replace('FROM kpi_nightly', 'FROM kpi_nightly_raw');
    await expect(killNightly(late, stores, change)).rejects.toThrow();
  });

  test('when every attempt is the first', async () => {
    const first = (input: Record<string, unknown>) =>
      String(input.UpdateExpression).includes('ADD')
        ? { ...input, UpdateExpression: 'SET expires = :expires, attempts = :one' }
        : input;
    const table = withChange(stores.table, 'UpdateItemCommand', first);
    await expect(killNightly(late, { ...stores, table })).rejects.toThrow();
  });
});
