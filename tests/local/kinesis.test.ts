/** Does the local driver feed a function from a stream as an AWS event source mapping does? */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventSource } from '../../local/invokers/kinesis.ts';
import { countTaken, type StreamRecord } from '../../local/invokers/shard-consumer.ts';
import { type Batch, type EmbeddedStream, openStreams } from './embedded-stream.ts';

let streams: Awaited<ReturnType<typeof openStreams>>;
const started: EventSource[] = [];

beforeAll(async () => {
  streams = await openStreams();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((source) => source.stop()));
});
afterAll(() => streams.close());

const drive = (stream: EmbeddedStream, ...options: Parameters<EmbeddedStream['drive']>): EventSource => {
  const source = stream.drive(...options);
  started.push(source);
  return source;
};
const numbered = (key: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${key}:${from + index}`);
const ofKey = (key: string, batches: Batch[]): string[] => batches.flat().filter((text) => text.startsWith(`${key}:`));

describe('batches', () => {
  test('carry every record once, in order of its key, and no more than the batch size', async () => {
    const stream = await streams.stream();
    const seen: Batch[] = [];
    const source = drive(stream, { batchSize: 30, parallelization: 4 }, (batch) => void seen.push(batch));
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const records = Array.from({ length: 400 }, (_, index) => `${keys[index % 5]}:${Math.floor(index / 5)}`);
    await stream.put(...records);
    await source.drained();
    expect(seen.flat()).toHaveLength(400);
    for (const key of keys) expect(ofKey(key, seen)).toEqual(records.filter((text) => text.startsWith(`${key}:`)));
    expect(Math.max(...seen.map((batch) => batch.length))).toBeLessThanOrEqual(30);
    expect(source.lag()).toBe(0);
  });

  test('are sent at once when full, and not before the window is over when not', async () => {
    const stream = await streams.stream();
    const seen: { batch: Batch; at: number }[] = [];
    const source = drive(stream, { batchSize: 3, windowSeconds: 0.5 }, (batch) => void seen.push({ batch, at: Date.now() }));
    const putAt = Date.now();
    await stream.put(...numbered('a', 1, 4));
    await expect.poll(() => seen.length).toBe(1);
    expect(seen[0]?.batch).toEqual(['a:1', 'a:2', 'a:3']);
    expect(Date.now() - putAt).toBeLessThan(450);
    await source.drained();
    expect(seen[1]?.batch).toEqual(['a:4']);
    expect(seen[1]!.at - putAt).toBeGreaterThanOrEqual(450);
  });

  test('look like those of AWS', async () => {
    const stream = await streams.stream();
    const seen: StreamRecord[] = [];
    const source = drive(stream, {}, (_batch, records) => void seen.push(...records));
    const before = Date.now() / 1000;
    await stream.put('a:1');
    await source.drained();
    expect(seen[0]).toMatchObject({
      eventSource: 'aws:kinesis',
      eventName: 'aws:kinesis:record',
      eventID: `shardId-000000000000:${seen[0]?.kinesis.sequenceNumber}`,
      kinesis: {
        partitionKey: 'a',
        data: Buffer.from('a:1').toString('base64'),
        sequenceNumber: expect.stringMatching(/^\d{56}$/),
      },
    });
    expect(Math.abs(seen[0]!.kinesis.approximateArrivalTimestamp - before)).toBeLessThan(5);
  });

  test('of different consumers run side by side, those of one key never', async () => {
    const stream = await streams.stream();
    const running = new Set<string>();
    let most = 0;
    const source = drive(stream, { parallelization: 4, batchSize: 5 }, async (batch) => {
      const keys = new Set(batch.map((text) => text.split(':')[0]!));
      for (const key of keys) {
        expect(running.has(key)).toBe(false);
        running.add(key);
      }
      most = Math.max(most, running.size);
      await new Promise((resolve) => setImmediate(resolve));
      for (const key of keys) running.delete(key);
    });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await stream.put(...Array.from({ length: 160 }, (_, index) => `${keys[index % 8]}:${index}`));
    await source.drained();
    expect(most).toBeGreaterThan(1);
  });
});

describe('a failure', () => {
  test('of single records resumes at the first of them and repeats nothing before it', async () => {
    const stream = await streams.stream();
    const seen: Batch[] = [];
    const source = drive(stream, { windowSeconds: 0.2 }, (batch, records) => {
      seen.push(batch);
      return seen.length === 1
        ? {
            batchItemFailures: [
              { itemIdentifier: records[7]?.kinesis.sequenceNumber },
              { itemIdentifier: records[4]?.kinesis.sequenceNumber },
            ],
          }
        : { batchItemFailures: [] };
    });
    await stream.put(...numbered('a', 0, 9));
    await source.drained();
    expect(seen).toEqual([numbered('a', 0, 9), numbered('a', 4, 9)]);
  });

  test('of a whole batch halves it until the poisoned record stands alone; what came before it is done, what comes after waits', async () => {
    const stream = await streams.stream();
    const taken: Batch[] = [];
    const lonely: Batch[] = [];
    let isRepaired = false;
    const source = drive(stream, { windowSeconds: 0.2 }, (batch) => {
      if (!isRepaired && batch.includes('a:41')) {
        if (batch.length === 1) lonely.push(batch);
        throw new Error('poison');
      }
      taken.push(batch);
    });
    await stream.put(...numbered('a', 0, 63));
    await expect.poll(() => lonely.length, { timeout: 120_000 }).toBeGreaterThan(2);
    expect(taken.flat()).toEqual(numbered('a', 0, 40));
    expect(source.lag()).toBeGreaterThan(0);
    isRepaired = true;
    await source.drained();
    expect(taken.flat()).toEqual(numbered('a', 0, 63));
  });

  test('in one consumer does not hold up the others', async () => {
    const stream = await streams.stream();
    const taken: string[] = [];
    let isRepaired = false;
    const source = drive(stream, { parallelization: 4 }, (batch) => {
      if (!isRepaired && batch.some((text) => text.startsWith('a:'))) throw new Error('poison');
      taken.push(...batch);
    });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    await stream.put(...keys.map((key) => `${key}:1`));
    await expect.poll(() => taken.length).toBeGreaterThan(0);
    await stream.put(...keys.map((key) => `${key}:2`));
    await expect.poll(() => taken.some((text) => text.endsWith(':2'))).toBe(true);
    isRepaired = true;
    await source.drained();
    expect(taken).toHaveLength(20);
    expect(ofKey('a', [taken])).toEqual(['a:1', 'a:2']);
  });

  const batch = ['11', '12', '13'].map((sequenceNumber) => ({ kinesis: { sequenceNumber } }) as StreamRecord);
  test.each([
    ['nothing at all', undefined, 3],
    ['no failures', { batchItemFailures: [] }, 3],
    ['failures that are null', { batchItemFailures: null }, 3],
    ['the second record', { batchItemFailures: [{ itemIdentifier: '12' }] }, 1],
    ['the first record', { batchItemFailures: [{ itemIdentifier: '11' }] }, 0],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, 0],
    ['a record that was not in the batch', { batchItemFailures: [{ itemIdentifier: '12' }, { itemIdentifier: '99' }] }, 0],
    ['a misspelt identifier', { batchItemFailures: [{ identifier: '12' }] }, 0],
  ])('answered as %s counts as AWS counts it', (_sentence, answer, taken) => {
    expect(countTaken(batch, answer)).toBe(taken);
  });
});

describe('a restart', () => {
  test('after a stop goes on behind the last record, without repeating any', async () => {
    const stream = await streams.stream();
    const seen: Batch[] = [];
    const first = stream.drive({}, (batch) => void seen.push(batch));
    await stream.put(...numbered('a', 0, 9));
    await first.drained();
    await first.stop();
    await stream.put(...numbered('a', 10, 19));
    await drive(stream, {}, (batch) => void seen.push(batch)).drained();
    expect(seen.flat()).toEqual(numbered('a', 0, 19));
  });

  test('after an abrupt end delivers again what was in flight and nothing before it', async () => {
    const stream = await streams.stream();
    const before: Batch[] = [];
    let release = (): void => {};
    // The third invocation never ends, as if the machine stood still in it: that driver is left as it is.
    const stuck = stream.drive({ batchSize: 10 }, (batch) => {
      before.push(batch);
      return before.length < 3 ? undefined : new Promise<void>((resolve) => (release = resolve));
    });
    await stream.put(...numbered('a', 0, 49));
    await expect.poll(() => before.length).toBe(3);
    const after: Batch[] = [];
    await drive(stream, { batchSize: 10 }, (batch) => void after.push(batch)).drained();
    expect(after.flat()).toEqual(numbered('a', 20, 49));
    release();
    await stuck.stop();
  });

  test('with consumers at different places loses nothing and keeps every key in order', async () => {
    const stream = await streams.stream();
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const first: Batch[] = [];
    const slow = stream.drive({ parallelization: 3, batchSize: 4 }, (batch) => {
      if (batch.some((text) => text.startsWith('a:'))) throw new Error('not yet');
      first.push(batch);
    });
    await stream.put(...Array.from({ length: 60 }, (_, index) => `${keys[index % 6]}:${Math.floor(index / 6)}`));
    await expect.poll(() => first.flat().length).toBeGreaterThan(10);
    await slow.stop();
    const second: Batch[] = [];
    await drive(stream, { parallelization: 3, batchSize: 4 }, (batch) => void second.push(batch)).drained();
    for (const key of keys) expect(ofKey(key, [...first, ...second])).toEqual(numbered(key, 0, 9));
  });

  test('with another number of consumers loses nothing', async () => {
    const stream = await streams.stream();
    const seen: Batch[] = [];
    const first = stream.drive({ parallelization: 4 }, (batch) => void seen.push(batch));
    await stream.put(...numbered('a', 0, 9), ...numbered('b', 0, 9));
    await first.drained();
    await first.stop();
    await stream.put(...numbered('a', 10, 19), ...numbered('b', 10, 19));
    await drive(stream, { parallelization: 1 }, (batch) => void seen.push(batch)).drained();
    for (const key of ['a', 'b']) expect([...new Set(ofKey(key, seen))]).toEqual(numbered(key, 0, 19));
  });
});

describe('a reshard', () => {
  test.each([
    ['while the stream is read', true],
    ['before the stream is first read', false],
  ])('%s delivers the parent shard to its last record before any record of its children', async (_sentence, isEarly) => {
    const stream = await streams.stream();
    const tried: Batch[] = [];
    const taken: Batch[] = [];
    let isOpen = false;
    const start = () =>
      drive(stream, {}, (batch) => {
        tried.push(batch);
        if (!isOpen) throw new Error('not yet');
        taken.push(batch);
      });
    const early = isEarly ? start() : undefined;
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    await stream.put(...keys.flatMap((key) => numbered(key, 0, 4)));
    await stream.split();
    await stream.put(...keys.flatMap((key) => numbered(key, 5, 9)));
    const source = early ?? start();
    await expect.poll(() => tried.length).toBeGreaterThan(10);
    expect(tried.flat().filter((text) => Number(text.split(':')[1]) > 4)).toEqual([]);
    isOpen = true;
    await source.drained();
    for (const key of keys) expect(ofKey(key, taken)).toEqual(numbered(key, 0, 9));
  });

  test('is not read again after a restart', async () => {
    const stream = await streams.stream();
    const seen: Batch[] = [];
    const first = stream.drive({}, (batch) => void seen.push(batch));
    await stream.put('a:0');
    await stream.split();
    await stream.put('a:1');
    await first.drained();
    await first.stop();
    await stream.put('a:2');
    await drive(stream, {}, (batch) => void seen.push(batch)).drained();
    expect(seen.flat()).toEqual(['a:0', 'a:1', 'a:2']);
  });
});
