/** Is a number ever called complete that something accepted still moves? And does what nothing moves keep its state? */
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { noDays } from '../../shared/fold/days.ts';
import { grainsOf } from '../../shared/kpis/cut.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { openGeneration } from '../../shared/store/generations.ts';
import { batchesOf, packBatch, packTexts } from '../../shared/store/pending-item.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { snapshot } from '../make/arbitrary.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { mergeAll } from '../make/pages.ts';
import { makePipeline, type Pipeline } from '../make/pipeline.ts';
import { anOrder, aRefund } from '../make/snapshots.ts';
import { roundsOf } from '../rounds.ts';

const made: Pipeline[] = [];
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => Promise.all(made.splice(0).map((pipeline) => pipeline.close())));
afterAll(() => vi.restoreAllMocks());

// After everything that the histories tell of: what is partial is so because of what waits.
async function pipelineOf(change?: (table: Table) => Table): Promise<Pipeline> {
  const pipeline = await makePipeline('2026-07-01T12:00:00Z', change);
  made.push(pipeline);
  await pipeline.post([makeCreator()]);
  await pipeline.aggregate();
  return pipeline;
}

interface Answer {
  name: string;
  total: number | null;
  state: string;
  points: { at: string; value: number | null; state: string }[];
}

const range = { from: '2025-10-25', to: '2026-04-10' };
const names = [...dictionary.entries.keys()].filter((name) => grainsOf(name).includes('day'));

async function ask(pipeline: Pipeline, query: Record<string, string>): Promise<Answer[]> {
  const route = 'GET /v1/creators/{creatorId}/kpis';
  const { status, json } = await pipeline.ask({ route, creatorId: 'c-1', as: 'c-1', query: { ...range, ...query } });
  expect(status, JSON.stringify(json)).toBe(200);
  return json.series;
}

/** Every KPI by day, and a few by month. */
async function answers(pipeline: Pipeline): Promise<Answer[]> {
  const all: Answer[] = [];
  for (let i = 0; i < names.length; i += 20) all.push(...(await ask(pipeline, { names: names.slice(i, i + 20).join() })));
  return [...all, ...(await ask(pipeline, { names: 'netSales,orders,refunds', grain: 'month' }))];
}

/** Numbers that are called settled and come out otherwise. */
function moved(before: Answer[], after: Answer[]): string[] {
  return before.flatMap(({ name, total, state, points }, i) => {
    const then = after[i] as Answer;
    const days = points.filter((point, n) => point.state !== 'partial' && point.value !== then.points[n]?.value);
    const lines = days.map(({ at, state: said, value }) => `${name} ${at} is ${said} with ${value}`);
    return state !== 'partial' && total !== then.total ? [...lines, `total of ${name} is ${state} with ${total}`] : lines;
  });
}

type Step = { post: CloudEvent[]; pause: number } | { apply: number; isMerged?: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ post: fc.array(snapshot, { minLength: 1, maxLength: 3 }), pause: fc.constantFrom(0, 4, 20) }),
  },
  { weight: 1, arbitrary: fc.record({ apply: fc.integer({ min: 1, max: 3 }), isMerged: fc.boolean() }) },
);

/** Steps, then one batch more; from then on nothing comes, and what is answered is held against what it comes to. */
async function play(
  pipeline: Pipeline,
  steps: Step[],
  last: CloudEvent[],
  pieces: number[],
  isMerged = false,
): Promise<string[]> {
  const merge = () => mergeAll(pipeline.table, 'C#c-1#1');
  for (const each of steps) {
    if ('apply' in each) {
      await pipeline.aggregate({ most: each.apply });
      if (each.isMerged) await merge();
    } else {
      pipeline.setNow(pipeline.now() + each.pause * 1000);
      await pipeline.post(each.post);
    }
  }
  await pipeline.post(last);
  const moments = [await answers(pipeline)];
  for (const most of pieces) {
    await pipeline.aggregate({ most });
    if (isMerged) await merge();
    moments.push(await answers(pipeline));
  }
  await pipeline.aggregate();
  const end = await answers(pipeline);
  expect(end.flatMap(({ points }) => points).filter(({ state }) => state === 'partial')).toEqual([]);
  return moments.flatMap((moment) => moved(moment, end));
}

const isHonest = (change?: (table: Table) => Table) =>
  fc.asyncProperty(
    fc.array(step, { maxLength: 8 }),
    fc.array(snapshot, { minLength: 1, maxLength: 3 }),
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    fc.boolean(),
    async (steps, last, pieces, isMerged) => {
      expect(await play(await pipelineOf(change), steps, last, pieces, isMerged)).toEqual([]);
    },
  );

type Sent = { constructor: { name: string }; input: Record<string, unknown> };
/** A table whose commands and answers pass through `pass`. */
const through =
  (pass: (command: Sent, send: () => Promise<unknown>) => Promise<unknown>) =>
  (table: Table): Table => ({
    name: table.name,
    send: ((command: Sent) => pass(command, () => table.send(command as never) as Promise<unknown>)) as Table['send'],
  });

describe('what is accepted and not counted yet', () => {
  it('makes every number partial that it moves, at any moment until it is counted', async () => {
    await fc.assert(isHonest(), { numRuns: roundsOf('moving') });
  });

  // Version 1 is on 1 March, version 2 moves it to the 8th, version 3 to the 28th.
  const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T15:00:00Z`;
  const version = (n: number, on: number) => anOrder({ placedAt: day(on), paidAt: day(on) }, { version: n });
  const thrice: [Step[], CloudEvent[], number[]] = [
    [
      { post: [version(1, 1)], pause: 0 },
      { apply: 500, isMerged: true },
      { post: [version(2, 8)], pause: 20 },
    ],
    [version(3, 28)],
    [1],
  ];

  it('is looked for where its entities stand, and where those before it have put them meanwhile', async () => {
    const pipeline = await pipelineOf();
    pipeline.setNow(pipeline.now() + 20_000);
    expect(await play(pipeline, ...thrice)).toEqual([]);
  });

  it('would be found out if only the days that it names were partial', async () => {
    const blind = through(async (command, send) => {
      const isCollect = new Error().stack?.includes('markAccepted');
      const isEntity = command.constructor.name === 'BatchGetItemCommand' && JSON.stringify(command.input).includes('"E#');
      return isCollect && isEntity ? { Responses: {} } : send();
    });
    await expect(play(await pipelineOf(blind), ...thrice)).resolves.toContain('orders 2026-03-01 is complete with 1');
  });

  it('would be found out if days were forgotten that were moved while it waited', async () => {
    const forgetful = through(async (command, send) => {
      // What a batch appends says nothing of the days on which it left its entities.
      const item = command.input.Item as Item | undefined;
      if (item?.batches) item.batches = packTexts(batchesOf(item).map((one) => packBatch({ ...one, days: noDays })));
      return send();
    });
    const pipeline = await pipelineOf(forgetful);
    const early = version(3, 28);
    // Only what waits of the third version is left then, and it was read before the second was counted.
    const red = await play(pipeline, [...thrice[0], { post: [early], pause: 20 }], [makeOrder('o-9')], [1]);
    expect(red.join()).toContain('orders 2026-03-08 is complete with 1');
  });

  it('keeps what was moved while it waited, though its entity was lost and only what it appended was found again', async () => {
    let isLost = true;
    const once = through(async (command, send) => {
      const item = command.input.Item as { sk: { S: string } } | undefined;
      if (!isLost && item?.sk.S.startsWith('E#')) {
        isLost = true;
        throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
      }
      return send();
    });
    const pipeline = await pipelineOf(once);
    const posts = [version(1, 1), version(2, 8), version(3, 28)];
    await pipeline.post([version(1, 1)]);
    await pipeline.aggregate();
    isLost = false;
    for (const event of posts.slice(1)) {
      pipeline.setNow(pipeline.now() + 20_000);
      await pipeline.post([event]);
    }
    await expect(pipeline.aggregate({ most: 1 })).rejects.toThrow('again');
    await pipeline.aggregate({ most: 1 });
    const before = await answers(pipeline);
    await pipeline.aggregate();
    expect(moved(before, await answers(pipeline))).toEqual([]);
  });

  it('is read anew when something was counted between reading its entity and marking it', async () => {
    let pipeline: Pipeline | undefined;
    let reads = 0;
    const between = through(async (command, send) => {
      const answer = await send();
      const isEntity = command.constructor.name === 'BatchGetItemCommand' && JSON.stringify(command.input).includes('"E#');
      // The first read of the entity by collect: aggregate counts what waits before the mark is written.
      if (isEntity && pipeline && ++reads === 1) await pipeline.aggregate({ most: 1 });
      return answer;
    });
    pipeline = undefined;
    const own = await pipelineOf(between);
    await own.post([version(1, 1)]);
    await own.aggregate();
    await own.post([version(2, 8)]);
    pipeline = own;
    await own.post([version(3, 28)]);
    const before = await answers(own);
    expect(before.find(({ name }) => name === 'orders')?.points.find(({ at }) => at === '2026-03-08')).toMatchObject({
      value: 1,
      state: 'partial',
    });
    await own.aggregate();
    expect(moved(before, await answers(own))).toEqual([]);
    expect(reads).toBeGreaterThan(1);
  });
});

describe('what nothing waiting touches', () => {
  const statesOf = async (pipeline: Pipeline) => {
    const [orders] = await ask(pipeline, { names: 'orders' });
    return (orders as Answer).points.filter(({ state }) => state === 'partial').map(({ at }) => at);
  };

  it('keeps its state: a refund makes the days of its order and its own partial, no others', async () => {
    const pipeline = await pipelineOf();
    await pipeline.post([anOrder()]);
    await pipeline.aggregate();
    expect(await statesOf(pipeline)).toEqual([]);
    await pipeline.post([aRefund({ completedAt: '2026-04-02T15:00:00Z' })]);
    expect(await statesOf(pipeline)).toEqual(['2026-03-01', '2026-04-02']);
    await pipeline.aggregate();
    expect(await statesOf(pipeline)).toEqual([]);
  });

  it('changes the validator of an answer together with its state', async () => {
    const pipeline = await pipelineOf();
    await pipeline.post([anOrder()]);
    await pipeline.aggregate();
    const query = { names: 'orders', from: '2026-03-01', to: '2026-03-03' };
    const get = () => pipeline.ask({ route: 'GET /v1/creators/{creatorId}/kpis', creatorId: 'c-1', as: 'c-1', query });
    const before = await get();
    await pipeline.post([anOrder({ discount: undefined }, { version: 1 })]);
    const waiting = await get();
    expect(waiting.headers.etag).not.toBe(before.headers.etag);
    expect(waiting.json.series[0]).toMatchObject({ total: 1, state: 'partial' });
    await pipeline.aggregate();
    expect((await get()).json.series[0]).toMatchObject({ total: 1, state: 'complete' });
  });

  it('is the same for the orders behind a number, and for what a day is compared with', async () => {
    const pipeline = await pipelineOf();
    await pipeline.post([anOrder()]);
    await pipeline.aggregate();
    const behind = (day: string) =>
      pipeline.ask({
        route: 'GET /v1/creators/{creatorId}/orders',
        creatorId: 'c-1',
        as: 'c-1',
        query: { kpi: 'orders', day },
      });
    await pipeline.post([aRefund({ completedAt: '2026-04-02T15:00:00Z' })]);
    expect((await behind('2026-03-01')).json).toMatchObject({ total: 1, state: 'partial' });
    expect((await behind('2026-03-02')).json).toMatchObject({ total: 0, state: 'complete' });
    const compared = await ask(pipeline, { names: 'orders', from: '2026-04-05', to: '2026-04-06', compare: 'previous_year' });
    expect(compared[0]).toMatchObject({ state: 'complete', compare: { state: 'complete' } });
    const march = await ask(pipeline, { names: 'orders', from: '2026-04-05', to: '2026-04-09', compare: 'previous' });
    expect(march[0]).toMatchObject({ state: 'complete', compare: { state: 'partial' } });
  });

  it('is nothing while another generation is filled: every number may come out otherwise', async () => {
    const pipeline = await pipelineOf();
    await pipeline.post([anOrder()]);
    await pipeline.aggregate();
    await openGeneration(pipeline.table, 'c-1', pipeline.now());
    const [orders] = await ask(pipeline, { names: 'orders' });
    expect(new Set((orders as Answer).points.map(({ state }) => state))).toEqual(new Set(['partial']));
  });
});
