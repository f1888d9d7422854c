/** Do the many files of a day become few, with nothing lost, changed or doubled? On a real S3 server. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { archiveBatch } from '../../shared/lake/archive.ts';
import { type Column, type LakeTable, lakeTable } from '../../shared/lake/columns.ts';
import { compactLake } from '../../shared/lake/compact.ts';
import { compactDay } from '../../shared/lake/compact-day.ts';
import { isMerged } from '../../shared/lake/day-listing.ts';
import { listFiles, putOnce, readWhole } from '../../shared/lake/files.ts';
import { writeParquet } from '../../shared/lake/parquet.ts';
import { decompress, readRowGroup } from '../../shared/lake/row-group.ts';
import type { LakeRow } from '../../shared/lake/rows.ts';
import type { Lake } from '../../shared/lake/store.ts';
import type { MadeBucket } from '../make/bucket.ts';
import { makeOrder } from '../make/events.ts';
import { shareBucket } from '../make/shared-bucket.ts';
import { aStream } from '../make/stream.ts';

const dt = '2026-06-01';
const anHour = 3_600_000;
const orders = lakeTable('order');
const lines = lakeTable('order', 'lines');
const shard = 'shardId-000000000000';

let bucket: MadeBucket;
let lake: Lake;
let made = 0;
beforeAll(async () => {
  bucket = await shareBucket();
});
beforeEach(async () => {
  lake = await bucket.another(`lake-${++made}`);
});
afterAll(() => bucket.close());

const records = (from: number, to: number, creator = 'c-1') =>
  aStream(
    Array.from({ length: to - from + 1 }, (_, i) => makeOrder(`o-${from + i}`, { creator, version: 1000 - from - i })),
    {},
    from,
  );
const archive = (batch: ReturnType<typeof records>) => archiveBatch(lake, batch, shard, async () => {});
const namesIn = async (table: LakeTable, day = dt) => (await listFiles(lake, `${table.prefix}/dt=${day}/`)).map(({ key }) => key);
const rowsIn = async (table: LakeTable): Promise<LakeRow[]> => {
  const all: LakeRow[] = [];
  for (const key of await namesIn(table)) {
    const file = (await readWhole(lake, key))?.bytes.slice().buffer as ArrayBuffer;
    all.push(...((await parquetReadObjects({ file, compressors: decompress })) as LakeRow[]));
  }
  return all;
};
const bySeq = (rows: LakeRow[]) => [...rows].sort((a, b) => (String(a.seq) < String(b.seq) ? -1 : 1));
const put = (name: string, body: Uint8Array) =>
  lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: `${orders.prefix}/dt=${dt}/${name}.parquet`, Body: body }));

describe('a closed day', () => {
  test('comes to one file a table, every value as it was, and its parts go at once without a grace', async () => {
    await archive(records(1, 3));
    await archive(records(4, 9, 'c-2'));
    const before = bySeq(await rowsIn(orders));
    expect(await compactDay(lake, orders, dt, { grace: 0 })).toEqual({
      merged: 2,
      written: 1,
      rowsRead: 9,
      rowsWritten: 9,
      deleted: 2,
      unreadable: [],
    });
    expect(await namesIn(orders)).toEqual([expect.stringMatching(/\/whole-[0-9a-f]{32}\.parquet$/)]);
    expect(bySeq(await rowsIn(orders))).toEqual(before);
    expect(await namesIn(lines)).toHaveLength(2);
  });

  test('is sorted by creator and time', async () => {
    await archive([...records(1, 4, 'c-2'), ...records(5, 8, 'c-1')]);
    await compactDay(lake, orders, dt, { grace: 0 });
    expect((await rowsIn(orders)).map(({ creator_id, version }) => `${creator_id} ${version}`)).toEqual(
      [992, 993, 994, 995].map((version) => `c-1 ${version}`).concat([996, 997, 998, 999].map((version) => `c-2 ${version}`)),
    );
  });

  test('keeps each record of batches that overlap once, and a snapshot that came twice as two records', async () => {
    const [first] = records(1, 1);
    const again = aStream([...(first ? [first.record.event] : [])], {}, 9);
    await archive(records(1, 3));
    await archive(records(2, 5));
    await archive(again);
    await compactDay(lake, orders, dt, { grace: 0 });
    await compactDay(lake, lines, dt, { grace: 0 });
    expect((await rowsIn(orders)).map(({ seq }) => Number(String(seq).split(':').at(-1))).sort()).toEqual([1, 2, 3, 4, 5, 9]);
    // Lines belong to the snapshot, however often it came.
    expect(await rowsIn(lines)).toHaveLength(5);
  });

  test('is left alone once it is compacted', async () => {
    await archive(records(1, 3));
    await compactDay(lake, orders, dt, { grace: 0 });
    expect(await compactDay(lake, orders, dt, { grace: 0 })).toMatchObject({ merged: 0, written: 0, deleted: 0 });
  });

  test('takes late arrivals in', async () => {
    await archive(records(1, 3));
    await compactDay(lake, orders, dt, { grace: 0 });
    await archive(records(4, 4));
    expect(await compactDay(lake, orders, dt, { grace: 0 })).toMatchObject({ merged: 2, written: 1, rowsWritten: 4, deleted: 2 });
    expect(await rowsIn(orders)).toHaveLength(4);
  });

  test('keeps the parts beside what they were merged into until the grace is over', async () => {
    await archive(records(1, 3));
    expect(await compactDay(lake, orders, dt)).toMatchObject({ written: 1, deleted: 0 });
    expect(await compactDay(lake, orders, dt)).toMatchObject({ written: 0, deleted: 0 });
    expect(await compactDay(lake, orders, dt, { now: () => Date.now() + anHour + 1000 })).toMatchObject({ deleted: 1 });
    expect((await namesIn(orders)).filter((key) => !isMerged({ key }))).toEqual([]);
  });

  test('larger than what fits into memory comes to several files, and full ones are not read again', async () => {
    for (let i = 0; i < 6; i++) await archive(records(1 + i * 10, 10 + i * 10));
    const bytes = (await readWhole(lake, (await namesIn(orders))[0] ?? ''))?.bytes ?? new Uint8Array();
    const memoryLimit = (await readRowGroup(bytes)).bytesInMemory * 2.5;
    expect(await compactDay(lake, orders, dt, { grace: 0, memoryLimit })).toMatchObject({ merged: 6, written: 3, deleted: 6 });
    expect(await compactDay(lake, orders, dt, { grace: 0, memoryLimit })).toMatchObject({ merged: 0, written: 0 });
    expect(await rowsIn(orders)).toHaveLength(60);
  });
});

describe('a file of another time', () => {
  const column = (name: string, type: Column['type']): Column => ({ name, type, comment: '' });
  const oneRow = async (): Promise<LakeRow> => (await rowsIn(orders))[0] ?? {};

  test('without a column has nothing there, with one that is gone keeps it', async () => {
    await archive(records(1, 1));
    const row = await oneRow();
    const older = [
      ...orders.columns.filter(({ name }) => name !== 'channel'),
      column('mood', 'string'),
      column('heat', 'double'),
    ];
    await put('older', writeParquet(older, [{ ...row, subject: 'order/old', mood: 'good', heat: 0.1 }]));
    expect(await compactDay(lake, orders, dt, { grace: 0 })).toMatchObject({ written: 1, unreadable: [] });
    expect(await rowsIn(orders)).toEqual([
      { ...row, mood: null, heat: null },
      { ...row, subject: 'order/old', channel: null, mood: 'good', heat: 0.1 },
    ]);
  });

  test('that has another type in a column stays and is named', async () => {
    await archive(records(1, 1));
    const row = await oneRow();
    const other = orders.columns.map((one) => (one.name === 'version' ? column('version', 'string') : one));
    await put('other', writeParquet(other, [{ ...row, version: 'one' }]));
    expect((await compactDay(lake, orders, dt, { grace: 0 })).unreadable).toEqual([
      { key: `${orders.prefix}/dt=${dt}/other.parquet`, reason: 'its column version is a string, not a bigint' },
    ]);
    expect(await namesIn(orders)).toHaveLength(2);
  });

  test('that says more of the same record is the one that is kept', async () => {
    await archive(records(1, 1));
    const row = await oneRow();
    await put('a', writeParquet(orders.columns, [{ ...row, channel: null }]));
    await put('zz', writeParquet(orders.columns, [{ ...row, channel: null, shop_currency: null }]));
    await compactDay(lake, orders, dt, { grace: 0 });
    expect(await rowsIn(orders)).toEqual([row]);
  });
});

describe('a damaged file', () => {
  test.each([
    ['cut in half', (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2)],
    ['empty', () => new Uint8Array()],
    ['no Parquet', () => new TextEncoder().encode('PAR1 it is not PAR1')],
    ['without its middle', (bytes: Uint8Array) => Uint8Array.from([...bytes.slice(0, 400), ...bytes.slice(900)])],
  ])('%s stays where it is and is named; the others are compacted', async (_, damage) => {
    await archive(records(1, 3));
    const [key = ''] = await namesIn(orders);
    await put('damaged', damage((await readWhole(lake, key))?.bytes ?? new Uint8Array()));
    await archive(records(4, 5));
    const done = await compactDay(lake, orders, dt, { grace: 0 });
    expect(done).toMatchObject({ merged: 2, written: 1, deleted: 2 });
    expect(done.unreadable).toEqual([{ key: `${orders.prefix}/dt=${dt}/damaged.parquet`, reason: expect.any(String) }]);
    expect((await namesIn(orders)).map((name) => name.replace(/.*\//, ''))).toEqual([
      'damaged.parquet',
      expect.stringMatching(/^whole-/),
    ]);
  });

  test('that was merged from others keeps them from being deleted', async () => {
    await archive(records(1, 3));
    await compactDay(lake, orders, dt);
    const whole = (await namesIn(orders)).find((key) => isMerged({ key })) ?? '';
    const { bytes } = (await readWhole(lake, whole)) ?? { bytes: new Uint8Array() };
    await lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: whole, Body: bytes.slice(0, 500) }));
    await archive(records(4, 4));
    const later = { grace: 0, now: () => Date.now() + anHour };
    expect((await compactDay(lake, orders, dt, later)).unreadable).toMatchObject([{ key: whole }]);
    const [{ bytes: kept } = { bytes: new Uint8Array() }] = await Promise.all(
      (await namesIn(orders)).filter((key) => key !== whole).map(async (key) => (await readWhole(lake, key)) ?? { bytes }),
    );
    expect((await readRowGroup(kept)).rows).toBe(4);
  });
});

describe('the lake', () => {
  test('is compacted for every day that is over and lately received something', async () => {
    const on = (day: string) => aStream([makeOrder(`o-${day}`)], { receivedAt: `${day}T12:00:00.000Z` });
    for (const day of ['2026-05-01', '2026-05-30', '2026-05-31', '2026-06-01']) await archive(on(day));
    const now = () => Date.parse('2026-06-01T23:59:59Z');
    expect(await compactLake(lake, { now })).toMatchObject({ days: 4, written: 4, isComplete: true });
    const merged = async (day: string) => (await namesIn(orders, day)).some((key) => isMerged({ key }));
    expect(await Promise.all(['2026-05-01', '2026-05-30', '2026-05-31', '2026-06-01'].map(merged))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(await compactLake(lake, { now, since: '2026-01-01' })).toMatchObject({ days: 6, written: 2 });
  });

  test('is compacted further by the next run when time is up', async () => {
    await archive(records(1, 3));
    const now = () => Date.parse('2026-06-02T01:00:00Z');
    expect(await compactLake(lake, { now, isTimeUp: () => true })).toMatchObject({ days: 0, isComplete: false });
    expect(await compactLake(lake, { now })).toMatchObject({ days: 2, written: 2, isComplete: true });
  });

  test('goes on with other days where one fails, and fails in the end', async () => {
    await archive(records(1, 3));
    const failing: Lake = {
      bucket: lake.bucket,
      send: ((command: { input: { Key?: string; Prefix?: string } }) =>
        command.input.Prefix?.startsWith(`${orders.prefix}/dt`)
          ? Promise.reject(new Error('refused'))
          : lake.send(command as never)) as unknown as Lake['send'],
    };
    const now = () => Date.parse('2026-06-02T01:00:00Z');
    await expect(compactLake(failing, { now })).rejects.toThrow('refused');
    expect((await namesIn(lines)).some((key) => isMerged({ key }))).toBe(true);
  });

  test('tells of files that cannot be read, in the log and by a metric', async () => {
    vi.stubEnv('LAKE_BUCKET', lake.bucket);
    vi.stubEnv('AWS_ENDPOINT_URL_S3', bucket.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    await archive(records(1, 3));
    await put('damaged', new Uint8Array(20));
    const { handler } = await import('../../functions/compact/handler.ts');
    expect(await handler({ since: dt, graceMinutes: 0 })).toMatchObject({
      written: 2,
      deleted: 2,
      unreadable: [{ key: expect.stringContaining('damaged') }],
    });
    const said = log.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(said).toMatchObject([
      { LakeUnreadable: 1 },
      { level: 'error', unreadable: [{ key: expect.stringContaining('damaged') }] },
    ]);
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test('takes a file that is too large for one call in parts, and has it whole', async () => {
    const body = new Uint8Array(17 * 1024 * 1024).fill(7);
    await putOnce(lake, 'raw/large', body);
    expect(Buffer.compare((await readWhole(lake, 'raw/large'))?.bytes ?? new Uint8Array(), body)).toBe(0);
  });
});
