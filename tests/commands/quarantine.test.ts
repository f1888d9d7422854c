/** Does what could not be counted leave quarantine only once it was accepted, or on confirmation? The command, run as people run it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { quarantine } from '../../shared/lake/quarantine.ts';
import type { Lake } from '../../shared/lake/store.ts';
import type { MadeBucket } from '../make/bucket.ts';
import { shareBucket } from '../make/shared-bucket.ts';
import { aCreator, anOrder } from '../make/snapshots.ts';
import { aStamp } from '../make/stream.ts';
import { standIn } from '../sources/stand-in-api.ts';

const root = join(import.meta.dirname, '../..');
let bucket: MadeBucket;
let lake: Lake;
beforeAll(async () => {
  bucket = await shareBucket('unused');
});
afterAll(() => bucket.close());

const shardId = 'shardId-000000000000';
const put = (sequenceNumber: string, reason: string, record: unknown) =>
  quarantine(lake, {
    sequenceNumber,
    shardId,
    reason,
    data: Buffer.from(typeof record === 'string' ? record : JSON.stringify(record)).toString('base64'),
  });

beforeEach(async () => {
  lake = await bucket.another('quarantine');
  await put('11', 'missing_rate: no rate', {
    event: anOrder({}, { creator: 'c-1' }),
    stamp: aStamp({ receivedAt: '2026-06-01T10:00:00.000Z' }),
  });
  await put('12', 'too large: an item', {
    event: anOrder({}, { creator: 'c-2', order: 'o-2' }),
    stamp: aStamp({ receivedAt: '2026-06-03T10:00:00.000Z' }),
  });
  await put('13', 'not JSON', '{"event":');
  await put('14', 'missing_rate: no rate', {
    event: aCreator({ name: 'Rosa Secret', email: 'rosa@example.com' }, { creator: 'c-3' }),
    stamp: aStamp({ receivedAt: '2026-06-04T10:00:00.000Z' }),
  });
});

/** Runs the command; answers what it said and how it ended. */
function run(...flags: string[]): Promise<{ out: string; error: string; code: number | null }> {
  const environment = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_S3: bucket.url,
    QUARANTINE_BUCKET: lake.bucket,
  };
  const child = spawn(process.execPath, [join(root, 'commands/quarantine.ts'), ...flags], { cwd: root, env: environment });
  const [out, error]: [string[], string[]] = [[], []];
  child.stdout.on('data', (some) => out.push(String(some)));
  child.stderr.on('data', (some) => error.push(String(some)));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ out: out.join(''), error: error.join(''), code }));
  });
}

const keys = async () =>
  ((await lake.send(new ListObjectsV2Command({ Bucket: lake.bucket }))).Contents ?? []).map(({ Key }) =>
    Key?.replace(shardId, '').replace('//', '/'),
  );

it('explains itself, and says what it needs', async () => {
  expect((await run('--help')).out).toContain('npm run quarantine');
  expect(await run()).toMatchObject({ code: 2, error: expect.stringContaining('list, show, replay or discard') });
});

it('lists what is there with its reason, by creator, reason and time, and no personal data', async () => {
  const { out, error, code } = await run('list');
  expect({ code, error }).toEqual({ code: 0, error: '4 records\n' });
  expect(out.split('\n')[0]).toBe('2026-06-01T10:00:00.000Z  11  c-1  order/o-1  missing_rate: no rate');
  expect(out).toContain('13  (unreadable)    not JSON');
  expect(out).not.toMatch(/Rosa|example\.com/);
  const numbersOf = async (...flags: string[]) =>
    [...(await run('list', ...flags)).out.matchAll(/ {2}(1\d) {2}/g)].map((match) => match[1]);
  expect(await numbersOf('--creator', 'c-2')).toEqual(['12']);
  expect(await numbersOf('--reason', 'missing_rate')).toEqual(['11', '14']);
  expect(await numbersOf('--since', '2026-06-02', '--until', '2026-06-03')).toEqual(['12']);
});

it('shows one record, personal fields only when asked', async () => {
  const { out } = await run('show', '14');
  expect(JSON.parse(out)).toMatchObject({
    reason: 'missing_rate: no rate',
    event: { creatorid: 'c-3', data: { name: '…', email: '…', currency: 'USD' } },
  });
  expect((await run('show', '14', '--unmasked')).out).toContain('Rosa Secret');
  expect(await run('show', '99')).toMatchObject({ code: 2, error: expect.stringContaining('no record 99') });
});

it('replays through the API, keeps what was accepted as replayed, and says why the rest stays', async () => {
  const { url, batches } = await standIn((batch) => ({
    status: 202,
    body: {
      accepted: batch.length - 1,
      rejected: batch.flatMap(({ creatorid, id }, index) =>
        creatorid === 'c-2' ? [{ index, id, code: 'too_large', message: 'an event may have 262144 bytes' }] : [],
      ),
    },
  }));
  const tried = await run('replay', '--dry-run');
  expect(tried.out).toContain('would be replayed: 2026-06-01T10:00:00.000Z  11');
  expect(batches).toEqual([]);
  const { out, error, code } = await run('replay', '--to', url, '--token', 'jwt');
  expect({ out, code }).toEqual({ out: '2 replayed, 2 stay in quarantine\n', code: 1 });
  expect(error).toContain('12 stays: too_large: an event may have 262144 bytes');
  expect(error).toContain('13 stays: no event can be read from it');
  expect(batches.flat().map(({ creatorid }) => creatorid)).toEqual(['c-1', 'c-2', 'c-3']);
  expect(await keys()).toEqual(['quarantine/12.json', 'quarantine/13.json', 'replayed/11.json', 'replayed/14.json']);
  const kept = await lake.send(new GetObjectCommand({ Bucket: lake.bucket, Key: `replayed/${shardId}/11.json` }));
  expect(JSON.parse(String(await kept.Body?.transformToString()))).toMatchObject({
    sequenceNumber: '11',
    replayedAt: expect.any(String),
  });
  // A second replay sends only what is still there.
  await run('replay', '--to', url, '--token', 'jwt');
  expect(batches.at(-1)?.map(({ creatorid }) => creatorid)).toEqual(['c-2']);
});

it('keeps everything where the service does not take the request', async () => {
  const { url } = await standIn(() => ({ status: 403 }));
  expect(await run('replay', '--to', url, '--token', 'jwt')).toMatchObject({ code: 2, error: expect.stringContaining('403') });
  expect(await keys()).toHaveLength(4);
});

it('discards only on confirmation, and only what is meant', async () => {
  expect(await run('discard', '--creator', 'c-1')).toMatchObject({ code: 2, error: expect.stringContaining('add --yes') });
  expect((await run('discard', '--id', '13', '--yes', '--dry-run')).out).toContain('would be discarded');
  expect(await keys()).toHaveLength(4);
  expect(await run('discard', '--id', '13', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('1 discarded') });
  expect(await keys()).toEqual(['quarantine/11.json', 'quarantine/12.json', 'quarantine/14.json']);
});
