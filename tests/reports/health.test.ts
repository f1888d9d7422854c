/** Does health tell the truth? The oldest lag of any lane, whichever stands still, and nothing when nothing waits. */
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { progressKey } from '../../shared/fold/keys.ts';
import { readPartition, readProgress } from '../../shared/store/partition.ts';
import type { Table } from '../../shared/store/table.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { withChange } from '../make/faults.ts';
import { makePipeline, type Pipeline } from '../make/pipeline.ts';
import { roundsOf } from '../rounds.ts';

const second = 1000;
const creators = ['c-1', 'c-2', 'c-3', 'c-4'];
const readers = ['stream', 'archive'] as const;
const shards = ['shardId-000000000000', 'shardId-000000000001'];
const made: Pipeline[] = [];
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => Promise.all(made.splice(0).map((pipeline) => pipeline.close())));
afterAll(() => vi.restoreAllMocks());

async function pipelineOf(change?: (table: Table) => Table): Promise<Pipeline> {
  const pipeline = await makePipeline(undefined, change);
  made.push(pipeline);
  await pipeline.post(creators.map((creator) => makeCreator(creator)));
  await pipeline.aggregate();
  await pipeline.archive();
  return pipeline;
}

const later = (pipeline: Pipeline, seconds: number) => pipeline.setNow(pipeline.now() + seconds * second);

/** Within five seconds of the truth where not too many bursts wait; never younger than it. */
async function isNearTheTruth(pipeline: Pipeline, isExact = true): Promise<void> {
  for (const reader of readers) {
    const [told, truth] = [await pipeline.toldLagOf(reader), pipeline.lagOf(reader)];
    if (truth === undefined) {
      expect(told, reader).toBe(0);
      continue;
    }
    if (isExact) expect(Math.abs(told - truth), `${reader}: told ${told}, is ${truth}`).toBeLessThanOrEqual(5);
    // An estimate never makes the oldest event younger than it is.
    expect(told).toBeGreaterThanOrEqual(Math.floor(truth));
  }
}

describe('health', () => {
  it('tells the lag of the one shard that stands still, while the other goes on', async () => {
    const pipeline = await pipelineOf();
    for (let n = 0; n < 25; n++) {
      later(pipeline, 8);
      await pipeline.post([makeOrder(`o-${n}`, { creator: creators[n % 4] as string }), makeOrder(`p-${n}`, { creator: 'c-1' })]);
      await pipeline.aggregate({ shards: ['shardId-000000000000'] });
      await pipeline.archive();
      await isNearTheTruth(pipeline);
    }
    expect(await pipeline.toldLagOf('stream')).toBeGreaterThan(170);
    expect(await pipeline.health()).toMatchObject({ status: 'degraded', sources: [{ state: 'degraded' }, { state: 'ok' }] });
    await pipeline.aggregate();
    expect(await pipeline.health()).toMatchObject({ status: 'ok', sources: [{ lagSeconds: 0 }, { lagSeconds: 0 }] });
  });

  it('tells the lag of one shard of archive that stands still, while numbers are fresh', async () => {
    const pipeline = await pipelineOf();
    for (let n = 0; n < 30; n++) {
      later(pipeline, 18);
      await pipeline.post(creators.map((creator) => makeOrder(`o-${n}`, { creator })));
      await pipeline.aggregate();
      await pipeline.archive({ shards: ['shardId-000000000001'] });
      await isNearTheTruth(pipeline);
    }
    expect(await pipeline.health()).toMatchObject({ status: 'degraded', sources: [{ lagSeconds: 0 }, { state: 'degraded' }] });
  });

  it('tells 0 after five idle minutes, and the age of what then comes', async () => {
    const pipeline = await pipelineOf();
    later(pipeline, 300);
    expect(await pipeline.health()).toMatchObject({ status: 'ok', sources: [{ lagSeconds: 0 }, { lagSeconds: 0 }] });
    await pipeline.post([makeOrder('o-1')]);
    later(pipeline, 7);
    await isNearTheTruth(pipeline);
  });

  it('tells of no creator', async () => {
    const pipeline = await pipelineOf();
    await pipeline.post([makeOrder('o-1', { creator: 'c-2' })]);
    expect(JSON.stringify(await pipeline.health())).not.toContain('c-2');
  });

  it('is near the truth at any moment, whatever comes, waits, and is read in pieces', async () => {
    const step = fc.record({
      pause: fc.constantFrom(0, 1, 2, 4, 20, 90),
      posts: fc.array(fc.constantFrom(...creators), { maxLength: 4 }),
      aggregated: fc.subarray(shards),
      archived: fc.subarray(shards),
      most: fc.constantFrom(1, 2, 500),
    });
    let n = 0;
    // Of a shard six bursts are told apart; where more wait, some are joined, and told as old as the first of them.
    const histories = fc.oneof(fc.array(step, { minLength: 1, maxLength: 6 }), fc.array(step, { minLength: 7, maxLength: 12 }));
    const law = fc.asyncProperty(histories, async (steps) => {
      const pipeline = await pipelineOf();
      const isExact = steps.length <= 6;
      for (const { pause, posts, aggregated, archived, most } of steps) {
        later(pipeline, pause);
        for (const creator of posts) await pipeline.post([makeOrder(`o-${++n}`, { creator })]);
        await isNearTheTruth(pipeline, isExact);
        await pipeline.aggregate({ shards: aggregated, most });
        await pipeline.archive({ shards: archived, most });
        await isNearTheTruth(pipeline, isExact);
      }
      await pipeline.aggregate();
      await pipeline.archive();
      await isNearTheTruth(pipeline);
    });
    await fc.assert(law, { numRuns: roundsOf('health') });
  });

  it('passes over index rows that no backlog stands behind, as a crash leaves them', async () => {
    const pipeline = await pipelineOf();
    await pipeline.post([makeOrder('o-1')]);
    later(pipeline, 30);
    for (const reader of readers)
      for (let n = 0; n < 30; n++) {
        const Item = {
          pk: { S: `P#${reader}#1#ghost-${n}` },
          sk: { S: progressKey },
          open: { S: `P#waiting#${reader}` },
          due: { S: '2026-01-01T00:00:00.000Z' },
        };
        await pipeline.table.send(new PutItemCommand({ TableName: pipeline.table.name, Item }));
      }
    await isNearTheTruth(pipeline);
  });

  it('asks the store as often for six hundred creators that wait as for a few', async () => {
    const calls = { Query: 0, BatchGetItem: 0 };
    const counted = (table: Table): Table => ({
      name: table.name,
      send: ((command: { constructor: { name: string } }) => {
        const name = command.constructor.name.replace('Command', '') as keyof typeof calls;
        if (name in calls) calls[name]++;
        return table.send(command as never);
      }) as Table['send'],
    });
    const pipeline = await pipelineOf(counted);
    const many = Array.from({ length: 600 }, (_, n) => `m-${n}`);
    for (let i = 0; i < many.length; i += 300) await pipeline.post(many.slice(i, i + 300).map((creator) => makeCreator(creator)));
    later(pipeline, 100);
    Object.assign(calls, { Query: 0, BatchGetItem: 0 });
    expect(await pipeline.toldLagOf('stream')).toBe(100);
    expect(calls.Query).toBeLessThanOrEqual(16);
    expect(calls.BatchGetItem).toBeLessThanOrEqual(16);
  });

  it('would be found out if marks left the index alone', async () => {
    const forgetful = (table: Table): Table =>
      withChange(table, 'UpdateItemCommand', (input) => {
        const values = input.ExpressionAttributeValues as Record<string, unknown> | undefined;
        if (!values?.[':open']) return input;
        const { ':open': _, ':due': __, ...others } = values;
        const { '#open': ___, '#due': ____, ...names } = input.ExpressionAttributeNames as Record<string, string>;
        const UpdateExpression = String(input.UpdateExpression).replace(', #open = :open, #due = :due', '');
        return { ...input, UpdateExpression, ExpressionAttributeValues: others, ExpressionAttributeNames: names };
      });
    const pipeline = await pipelineOf(forgetful);
    await pipeline.post([makeOrder('o-1')]);
    later(pipeline, 30);
    await expect(isNearTheTruth(pipeline)).rejects.toThrow('stream: told 0, is 30');
  });
});

describe('a record in quarantine', () => {
  const lagOf = async (pipeline: Pipeline) => (await readProgress(pipeline.table, 'C#c-1#1', pipeline.now())).lagSeconds;

  it('that nobody can read does not keep its creator waiting', async () => {
    const pipeline = await pipelineOf();
    await pipeline.post([makeOrder('o-1')]);
    pipeline.spoil((text) => text.replace('"quantity":1', '"quantity":"many"'));
    later(pipeline, 60);
    expect(await lagOf(pipeline)).toBe(60);
    await pipeline.aggregate();
    await pipeline.archive();
    expect(await lagOf(pipeline)).toBe(0);
    expect((await readPartition(pipeline.table, 'C#c-1#1')).backlog).toMatchObject({ quarantined: 1 });
    await isNearTheTruth(pipeline);
  });

  it('that did not come through collect moves no mark', async () => {
    const pipeline = await pipelineOf();
    const before = (await readPartition(pipeline.table, 'C#c-1#1')).backlog;
    pipeline.append('c-1', Buffer.from('no JSON'));
    await pipeline.aggregate();
    expect((await readPartition(pipeline.table, 'C#c-1#1')).backlog).toEqual(before);
  });
});

describe('marks of code that knew no groups', () => {
  it('are read: what it accepted waits, and may move every day', async () => {
    const pipeline = await pipelineOf();
    const { applied } = (await readPartition(pipeline.table, 'C#c-1#1')).backlog;
    later(pipeline, 9);
    await pipeline.table.send(
      new UpdateItemCommand({
        TableName: pipeline.table.name,
        Key: { pk: { S: 'C#c-1#1' }, sk: { S: progressKey } },
        UpdateExpression: 'SET accepted = :seq, pendingSince = :at',
        ExpressionAttributeValues: { ':seq': { S: `${applied}9` }, ':at': { S: new Date(pipeline.now() - 5000).toISOString() } },
      }),
    );
    const { lagSeconds, moving } = await readProgress(pipeline.table, 'C#c-1#1', pipeline.now());
    expect({ lagSeconds, moving }).toEqual({ lagSeconds: 9, moving: [[-Infinity, Infinity]] });
  });
});
