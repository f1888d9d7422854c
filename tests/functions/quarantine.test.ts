/** Can an operator look at what could not be counted, take it in again by the same door, and discard it? And nobody else. */
import { createHash } from 'node:crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { KinesisStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/quarantine/routes.ts';
import { streamHandler } from '../../functions/stream.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import type { Lake } from '../../shared/lake/store.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { MadeBucket } from '../make/bucket.ts';
import { makePipeline, type Pipeline } from '../make/pipeline.ts';
import { ask } from '../make/request.ts';
import { shareBucket } from '../make/shared-bucket.ts';
import { aCreator, aLine, anOrder, aRefund } from '../make/snapshots.ts';
import { aStamp } from '../make/stream.ts';

let shared: MadeBucket;
let bucket: Lake;
let pipeline: Pipeline;
beforeAll(async () => {
  shared = await shareBucket('unused');
});
afterAll(() => shared.close());
beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  bucket = await shared.another('quarantine');
  pipeline = await makePipeline();
  await pipeline.post([aCreator({ currency: 'USD' }, { creator: 'c-1' })]);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await pipeline.close();
});

/** Puts records on a shard and has aggregate read them, as deployed: what it refuses lands in the bucket. */
async function read(records: unknown[], definitionsAbove?: string): Promise<void> {
  const apply = streamHandler(
    (each, refused) => applyBatch(pipeline.table, each, dictionary, refused),
    bucket,
    undefined,
    definitionsAbove,
  );
  const Records = records.map((record, i) => ({
    eventID: `shardId-000000000000:${100 + i}`,
    kinesis: {
      sequenceNumber: String(100 + i),
      partitionKey: 'c-1',
      data: Buffer.from(typeof record === 'string' ? record : JSON.stringify(record)).toString('base64'),
    },
  }));
  await apply({ Records } as KinesisStreamEvent);
}
const stamped = (event: unknown, more = {}) => ({ event, stamp: aStamp({ currency: 'USD', ...more }) });
const order = (data = {}, more = {}) => anOrder(data, { creator: 'c-1', ...more });

const asked = (route: string, more = {}) => {
  const handler = serve(routes, () => ({ table: pipeline.table, collector: pipeline.collector, bucket }), pipeline.now);
  return ask(handler, { route, roles: ['admin'], ...more });
};
const list = async (query = {}) => (await asked('GET /v1/quarantine', { query })).json;
const post = async (what: string, ids: string[]) => (await asked(`POST /v1/quarantine/${what}`, { body: { ids } })).json;
const keys = async () =>
  ((await bucket.send(new ListObjectsV2Command({ Bucket: bucket.bucket }))).Contents ?? []).map(({ Key }) => Key);

/** Ids that hardly deflate. */
const idOf = (i: number): string => createHash('sha256').update(String(i)).digest('hex');
const refundLines = (from: number) =>
  Array.from({ length: 500 }, (_, i) => ({ productId: idOf(from + i), category: idOf(i % 7), quantity: 1, goodsAmount: 10 }));

/** Every reason that the page docs/02-implementation/quarantine.md names, as a record that has it. */
const reasons: [what: string, record: unknown, reason: RegExp, above?: string][] = [
  ['no JSON', '{"event":', /^not JSON/],
  ['no stamp', { event: order() }, /stamp/],
  ['no rate', stamped(order({ currency: 'EUR' })), /^missing_rate: /],
  [
    'amounts that add up to more than 2^53',
    stamped(
      order({
        currency: 'EUR',
        exchangeRate: '900',
        lines: [1, 2].map(() => aLine({ unitPrice: 10_000_000_000_000, quantity: 1 })),
      }),
    ),
    /counted exactly|too large an amount/,
  ],
  ['a subject of no form', stamped({ ...order(), subject: 'nothing' }), /^bad_subject: /],
  ['definitions that were withdrawn', stamped(order(), { definitions: 999 }), /^definitions version 999 is above 900/, '900'],
];

describe('a record', () => {
  it.each(reasons)('with %s is put aside with that reason, and listed with it', async (_, record, reason, above) => {
    await read([record], above);
    const { records, hasMore } = await list();
    expect(records).toMatchObject([{ id: '100', reason: expect.stringMatching(reason) }]);
    expect(hasMore).toBe(false);
  });
});

it('an order that is full puts aside what would no longer fit, and that alone', async () => {
  const lines = refundLines(0).map(({ productId }) => aLine({ productId, sku: productId }));
  const refunds = [1, 2, 3, 4].map((n) =>
    stamped(aRefund({ goodsAmount: 5000, lines: refundLines(n * 1000) }, { id: `r-${n}`, creator: 'c-1' })),
  );
  await read([stamped(order({ lines })), ...refunds]);
  const { records } = await list();
  expect(records.map(({ reason }: { reason: string }) => reason.split(':')[0])).toEqual(['too large', 'too large']);
});

describe('an operator', () => {
  const missing = (id: string) => stamped(order({ currency: 'EUR' }, { order: id }));

  it('lists by creator, reason and time, as many as asked for', async () => {
    await read([missing('o-1'), missing('o-2'), 'no json']);
    expect((await list({ creator: 'c-1' })).records).toMatchObject([{ subject: 'order/o-1' }, { subject: 'order/o-2' }]);
    expect((await list({ reason: 'not JSON' })).records).toMatchObject([{ creatorId: null, subject: null }]);
    expect(await list({ limit: '2' })).toMatchObject({ hasMore: true, records: [{ id: '100' }, { id: '101' }] });
    expect((await list({ until: '2000-01-01' })).records).toEqual([]);
  });

  it('sees one with its personal fields masked', async () => {
    await read([{ event: aCreator({ name: 'Rosa Secret', email: 'rosa@example.com', zone: 5 }, { creator: 'c-3' }) }]);
    const { json, text } = await asked('GET /v1/quarantine/{id}', { id: '100' });
    expect(json).toMatchObject({ id: '100', reason: expect.any(String) });
    expect(text).not.toMatch(/Rosa|example\.com/);
    expect((await asked('GET /v1/quarantine/{id}', { id: '999' })).status).toBe(404);
  });

  it('replays what is good by now: counted once, kept as replayed; what is refused again stays and says why', async () => {
    // A release that was withdrawn stamped a good order; another one has no rate still.
    await read([stamped(order({}, { order: 'o-9' }), { definitions: 999 }), missing('o-2'), 'no json'], '900');
    expect(await post('replay', ['100', '101', '102', '999'])).toEqual({
      replayed: 1,
      left: [
        { id: '102', why: expect.stringContaining('no event can be read') },
        { id: '999', why: expect.stringContaining('not in quarantine') },
        { id: '101', why: expect.stringContaining('missing_rate') },
      ],
    });
    await pipeline.aggregate();
    const kpis = () =>
      pipeline.ask({
        route: 'GET /v1/creators/{creatorId}/kpis',
        creatorId: 'c-1',
        as: 'c-1',
        query: { names: 'orders', from: '2026-01-01', to: '2026-12-31', grain: 'total' },
      });
    expect((await kpis()).json.series[0].total).toBe(1);
    expect((await list()).records.map(({ id }: { id: string }) => id)).toEqual(['101', '102']);
    expect(await keys()).toContain('replayed/shardId-000000000000/100.json');
    expect((await post('replay', ['100'])).replayed).toBe(0);
  });

  it('discards for good, and only what is named', async () => {
    await read([missing('o-1'), missing('o-2')]);
    expect(await post('discard', ['101', '999'])).toEqual({ discarded: 1, left: [{ id: '999', why: expect.any(String) }] });
    expect((await list()).records.map(({ id }: { id: string }) => id)).toEqual(['100']);
    expect((await asked('POST /v1/quarantine/discard', { body: { ids: ['../x'] } })).status).toBe(400);
    expect((await asked('POST /v1/quarantine/discard', { body: { ids: [] } })).status).toBe(400);
  });
});

describe('anybody else', () => {
  it.each(['creator', 'analyst', 'service'])('as %s is refused everything, and nothing changes', async (role) => {
    await read(['no json']);
    for (const [route, more] of [
      ['GET /v1/quarantine', {}],
      ['GET /v1/quarantine/{id}', { id: '100' }],
      ['POST /v1/quarantine/replay', { body: { ids: ['100'] } }],
      ['POST /v1/quarantine/discard', { body: { ids: ['100'] } }],
    ] as const)
      expect((await asked(route, { ...more, roles: [role], as: 'c-1' })).status).toBe(403);
    expect(await keys()).toEqual(['quarantine/shardId-000000000000/100.json']);
  });
});
