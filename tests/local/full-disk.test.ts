/** Does the runtime outlive a full disk: does it say so, lose nothing that was acknowledged, and go on by itself? */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KinesisClient, ListShardsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { writeIfRoom } from '../../local/data-dir.ts';
import { hasRoom, isDiskFailure } from '../../local/disk-room.ts';
import { openFunctionLog } from '../../local/invokers/log.ts';
import { openDiskStore } from '../../local/servers/disk-store.ts';
import { ensureStream } from '../../local/servers/provision.ts';
import { startServerThread } from '../../local/servers/thread.ts';

const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('a failure', () => {
  it.each<[string, unknown, boolean]>([
    ['of the system', full(), true],
    ['of a quota', Object.assign(new Error('write'), { code: 'EDQUOT' }), true],
    ['in LevelDB’s words', new Error('IO error: /x/000003.log: No space left on device'), true],
    ['that has it as its cause', new Error('batch failed', { cause: full() }), true],
    ['of another kind', Object.assign(new Error('ENOENT'), { code: 'ENOENT' }), false],
    ['that is no error', 'no space left on device', false],
  ])('%s is known for what it is', (_, reason, isIt) => expect(isDiskFailure(reason)).toBe(isIt));
});

/** A store that counts how often it was opened and asked, behind a real port. */
async function serveFake(handle: RequestListener) {
  const asked = { opened: 0, closed: 0, requests: 0 };
  const disk = { isRoomy: true };
  const said: string[] = [];
  const store = openDiskStore({
    path: '/data/kinesis',
    open: () => {
      asked.opened += 1;
      return {
        handle: (request, response) => {
          asked.requests += 1;
          handle(request, response);
        },
        close: async () => {
          asked.closed += 1;
        },
      };
    },
    log: (line) => said.push(line),
    isRoomy: () => disk.isRoomy,
    every: 1,
  });
  const server = createServer(store.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { store, asked, disk, said, ask: async () => (await fetch(url)).status, close: () => server.close() };
}

describe('a store whose disk is full', () => {
  it('answers 503 to what waits and what comes, is not asked, and is opened again once there is room', async () => {
    const held: ServerResponse[] = [];
    const fake = await serveFake((_request, response) => (fake.asked.opened === 1 ? held.push(response) : response.end('ok')));
    const waiting = fake.ask();
    await vi.waitFor(() => expect(held).toHaveLength(1));
    fake.disk.isRoomy = false;
    expect(fake.store.failed(full())).toBe(true);
    expect(await waiting).toBe(503);
    expect(await fake.ask()).toBe(503);
    expect(fake.asked).toEqual({ opened: 1, closed: 1, requests: 1 });
    expect(fake.said).toEqual([expect.stringMatching(/disk of \/data\/kinesis is full.*Free some space/)]);
    // A second failure of the same store is no second story.
    expect(fake.store.failed(full())).toBe(true);
    fake.disk.isRoomy = true;
    await vi.waitFor(async () => expect(await fake.ask()).toBe(200));
    expect(fake.asked).toEqual({ opened: 2, closed: 1, requests: 2 });
    expect(fake.said[1]).toMatch(/has room again/);
    fake.close();
  });

  it('stays as it is after any other failure', async () => {
    const fake = await serveFake((_request, response) => response.end('ok'));
    expect(fake.store.failed(new Error('bad request'))).toBe(false);
    expect(await fake.ask()).toBe(200);
    fake.close();
  });

  it('is left closed by a stop while the disk is full', async () => {
    const fake = await serveFake((_request, response) => response.end('ok'));
    fake.disk.isRoomy = false;
    fake.store.failed(full());
    await fake.store.close();
    expect(fake.asked).toMatchObject({ opened: 1, closed: 1 });
    fake.close();
  });
});

const mounted = mkdtempSync(join(tmpdir(), 'small-disk-'));
const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', mounted]).status === 0;
if (!canMount)
  console.error('No small disk can be mounted here (it needs root on Linux): the test on a disk that is really full is SKIPPED.');
afterAll(() => {
  if (canMount) spawnSync('umount', ['-l', mounted]);
  rmSync(mounted, { recursive: true, force: true });
});

describe.skipIf(!canMount)('on a disk that is really full', () => {
  const filler = join(mounted, 'filler');
  /** Takes what is left, to the last byte. */
  const fill = (): void => {
    for (let size = 1 << 20; size >= 1; size >>= 1)
      while (writeIfRoom(join(mounted, `fill-${size}-${++fills}`), 'x'.repeat(size)));
  };
  let fills = 0;
  const free = (): void => void spawnSync('sh', ['-c', `rm -f ${mounted}/fill-*`]);

  it('Kinesis takes records again without a restart, and has every one that it acknowledged', async () => {
    const said: string[] = [];
    const worker = new URL('../../local/servers/kinesis-worker.ts', import.meta.url);
    const path = join(mounted, 'kinesis');
    const start = () =>
      startServerThread(
        worker,
        { path },
        () => {},
        (line) => said.push(line),
      );
    let thread = await start();
    const open = (attempts: number) =>
      new KinesisClient({
        region: 'eu-west-1',
        endpoint: thread.url,
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        maxAttempts: attempts,
      });
    const client = open(1);
    await ensureStream(client, { name: 's', arn: '', shards: 1 });
    const acknowledged: string[] = [];
    const put = async (name: string): Promise<boolean> => {
      const Data = Buffer.from(name.padEnd(50_000, '.'));
      const answer = await client.send(new PutRecordCommand({ StreamName: 's', PartitionKey: 'k', Data })).catch(() => undefined);
      if (answer) acknowledged.push(name);
      return answer !== undefined;
    };
    await put('before');
    fill();
    let number = 0;
    while (await put(`full ${number++}`));
    // The worker's words come another way than its answers.
    await vi.waitFor(() => expect(said).toEqual([expect.stringContaining('is full')]), { timeout: 120_000 });
    free();
    await vi.waitFor(async () => expect(await put(`after ${number++}`)).toBe(true), { timeout: 120_000 });
    expect(await put('last')).toBe(true);
    client.destroy();
    // What is acknowledged must be there after the next start too: that is what a torn write takes away.
    await thread.stop();
    thread = await start();
    const reader = open(3);
    expect(await readAll(reader)).toEqual(acknowledged);
    reader.destroy();
    await thread.stop();
  });

  it('a function’s log loses lines, not the service, and is written again', async () => {
    const log = openFunctionLog(mounted, 'collect', () => {});
    fill();
    log.write('x'.repeat(200_000));
    expect(hasRoom(mounted)).toBe(false);
    free();
    await vi.waitFor(() => {
      log.write('again');
      expect(spawnSync('tail', ['-n', '1', join(mounted, 'collect.log')], { encoding: 'utf8' }).stdout).toMatch(/ again\n$/);
    });
    log.close();
  });

  it('a small file keeps what it said before, whole', () => {
    const file = join(mounted, 'position.json');
    expect(writeIfRoom(file, '1')).toBe(true);
    fill();
    expect(writeIfRoom(file, '2'.repeat(100_000))).toBe(false);
    expect(spawnSync('cat', [file], { encoding: 'utf8' }).stdout).toBe('1');
    expect(spawnSync('sh', ['-c', `ls ${mounted} | grep -c '\\.new$'`], { encoding: 'utf8' }).stdout).toBe('0\n');
    free();
    writeFileSync(filler, '');
  });
});

/** What every record of the stream begins with, in order. */
async function readAll(client: KinesisClient): Promise<string[]> {
  const { GetShardIteratorCommand, GetRecordsCommand } = await import('@aws-sdk/client-kinesis');
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: 's' }));
  const found: string[] = [];
  for (const { ShardId } of Shards) {
    const from = { StreamName: 's', ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    let { ShardIterator } = await client.send(new GetShardIteratorCommand(from));
    for (;;) {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 1000 }));
      if (Records.length === 0) break;
      found.push(
        ...Records.map(({ Data }) =>
          Buffer.from(Data ?? [])
            .toString()
            .replace(/\.+$/, ''),
        ),
      );
      ShardIterator = NextShardIterator;
    }
  }
  return found;
}
