/** Does the stream reach the lake beside the totals, and lose nothing that waited for its window when the runtime stopped? */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/main.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { makeCreator, makeOrder } from '../make/events.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'archive-'));
let runtime: Runtime | undefined;

afterAll(async () => {
  await runtime?.stop();
  rmSync(dataDir, { recursive: true, maxRetries: 5 });
});

async function start(windowSeconds: number): Promise<Runtime> {
  runtime = await startRuntime({ port: 0, dataDir, windowSeconds });
  return runtime;
}

async function post({ url, token }: Runtime, events: CloudEvent[]): Promise<void> {
  const answer = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await token({ roles: ['service'] })}`,
      'content-type': 'application/cloudevents-batch+json',
    },
    body: JSON.stringify(events),
  });
  expect(await answer.json()).toMatchObject({ accepted: events.length, rejected: [] });
}

/** Lag of archive and of aggregate as health tells it. */
async function lags({ url }: Runtime): Promise<Record<string, number>> {
  const { sources } = (await (await fetch(`${url}/v1/health`)).json()) as { sources: { name: string; lagSeconds: number }[] };
  return Object.fromEntries(sources.map(({ name, lagSeconds }) => [name, lagSeconds]));
}

/** By raw table, the rows of all its files. */
async function readLake({ deployment, servers }: Runtime, prefix: string): Promise<Record<string, unknown>[]> {
  const Bucket = deployment.buckets.find(({ name }) => name.includes('lakebucket'))!.name;
  const { Contents = [] } = await servers.clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix }));
  const files = await Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await servers.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = await Body!.transformToByteArray();
      return parquetReadObjects({
        file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
      });
    }),
  );
  return files.flat();
}

test('events that waited for their window when the runtime stopped are in the lake after the next start', async () => {
  const first = await start(3600);
  await post(first, [makeCreator(), makeOrder('o-1'), makeOrder('o-2')]);
  await expect.poll(() => first.lag('archive'), { timeout: 120_000 }).toBeGreaterThan(0);
  expect(await readLake(first, 'raw/entity=order/')).toEqual([]);
  expect((await lags(first)).archive).toBeGreaterThan(0);
  await first.stop();

  const second = await start(0.2);
  await post(second, [makeOrder('o-3')]);
  await second.drained();
  const orders = await readLake(second, 'raw/entity=order/');
  expect(orders.map((row) => row.order_id).sort()).toEqual(['o-1', 'o-2', 'o-3']);
  expect(await readLake(second, 'raw/entity=order.lines/')).toHaveLength(3);
  expect(second.lag()).toBe(0);
  // What waited before the stop is known to have waited, and is dealt with now.
  expect(await lags(second)).toEqual({ stream: 0, archive: 0 });

  // Each reader has a checkpoint of its own; both have come to the last record.
  const files = readdirSync(join(dataDir, 'checkpoints')).filter((file) => file.includes('Events'));
  expect(files.map((file) => file.replace(/Events.*/, '')).sort()).toEqual(['Aggregator', 'Archiver']);
  await expect(second.drained('report')).rejects.toThrow('report reads no stream');
});
