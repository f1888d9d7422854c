/** What does the lake cost? Rows a second in and compacted, bytes an event, memory; over loopback on the embedded S3 server. */
import { gzipSync } from 'node:zlib';
import { archiveBatch } from '../../shared/lake/archive.ts';
import { compactLake } from '../../shared/lake/compact.ts';
import { listFiles } from '../../shared/lake/files.ts';
import type { Lake } from '../../shared/lake/store.ts';
import { makeBucket } from '../make/bucket.ts';
import { demoEvents } from './demo-events.ts';
import { incomingOf, oneLineOrder } from './records.ts';

const events = 100_000;
const batch = 2500;
const creators = 50;
const tomorrow = () => Date.now() + 86_400_000;

/** Orders of one line of fifty creators, one row of an entity and one of a list each. Answers the seconds that archive took. */
async function writeOrders(lake: Lake): Promise<number> {
  let seconds = 0;
  for (let from = 0; from < events; from += batch) {
    const raw = Array.from({ length: batch }, (_, i) => ({
      ...oneLineOrder(from + i, 1),
      creatorid: `7495000000000000${String((from + i) % creators).padStart(3, '0')}`,
    }));
    const records = incomingOf(raw);
    const began = performance.now();
    await archiveBatch(lake, records, 'shardId-000000000000', async () => {});
    seconds += (performance.now() - began) / 1000;
  }
  return seconds;
}

/** Bytes an event of a mixed day: as JSON on the stream, gzipped, archived and compacted. */
async function sizes(lake: Lake): Promise<Record<string, number>> {
  const records = incomingOf(demoEvents(20_000));
  const json = records.map(({ record }) => JSON.stringify(record)).join('\n');
  for (let from = 0; from < records.length; from += batch)
    await archiveBatch(lake, records.slice(from, from + batch), 'shardId-000000000000', async () => {});
  const { bytes: archived } = await bytesOf(lake);
  await compactLake(lake, { now: tomorrow, grace: 0 });
  const { bytes: compacted } = await bytesOf(lake);
  const each = (bytes: number): number => Math.round(bytes / records.length);
  return { json: each(json.length), gzip: each(gzipSync(json).length), archived: each(archived), compacted: each(compacted) };
}

async function bytesOf(lake: Lake): Promise<{ files: number; bytes: number }> {
  const files = await listFiles(lake, 'raw/');
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}

/** The most that the heap held while the work was done (MB). */
async function withPeak<T>(work: () => Promise<T>): Promise<[T, number]> {
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  }, 5);
  const result = await work();
  clearInterval(look);
  return [result, Math.round(peak / 1e6)];
}

export async function lake(): Promise<Record<string, unknown>> {
  const bucket = await makeBucket();
  try {
    const seconds = await writeOrders(bucket.lake);
    const before = await bytesOf(bucket.lake);
    const began = performance.now();
    const [{ rowsRead }, peak] = await withPeak(() => compactLake(bucket.lake, { now: tomorrow, grace: 0 }));
    const compacting = (performance.now() - began) / 1000;
    const after = await bytesOf(bucket.lake);
    return {
      'archive (events/s)': Math.round(events / seconds),
      'compaction (rows/s)': Math.round(rowsRead / compacting),
      'heap while compacting (MB at most)': peak,
      'files: archived, compacted': `${before.files}, ${after.files}`,
      'bytes an event of a mixed day': await sizes(await bucket.another('mixed')),
    };
  } finally {
    await bucket.close();
  }
}
