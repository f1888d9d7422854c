/** Is an answer of the same mark always the same? And is who has it answered after two small reads, and never where a number changed? */
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { reportDashboard } from '../../shared/reports/dashboard.ts';
import { markOf } from '../../shared/reports/mark.ts';
import { type Glance, openGlance, openScope, type Scope } from '../../shared/reports/scope.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { makeCreator } from '../make/events.ts';
import { mergeAll } from '../make/pages.ts';
import { makePipeline, type Pipeline } from '../make/pipeline.ts';
import { anOrder, aRefund } from '../make/snapshots.ts';
import { inZone } from '../make/stream.ts';
import { roundsOf } from '../rounds.ts';

const made: Pipeline[] = [];
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => Promise.all(made.splice(0).map((pipeline) => pipeline.close())));
afterAll(() => vi.restoreAllMocks());

const second = 1000;
const hour = 3_600_000;
/** A batch is gathered and applied within this time. */
const untilApplied = 5.3 * second;
/** The index of open orders follows the table within this time. */
const untilIndexed = 2 * second;
const begin = Date.parse('2026-03-20T15:59:40Z');

interface AnyCommand {
  constructor: { name: string };
  input: { IndexName?: string; ExpressionAttributeValues?: Item };
}

/** A shop whose index of open orders is behind its table, as DynamoDB's are: `hold` keeps the rows of now until `release`. */
async function openShop() {
  let held: Item[] | undefined;
  const follow = (table: Table): Table => ({
    name: table.name,
    send: (async (command: AnyCommand) => {
      const values = command.input.ExpressionAttributeValues;
      const before = values?.[':before']?.S;
      if (!held || command.input.IndexName === undefined || before === undefined) return table.send(command as never);
      return { Items: held.filter(({ due }) => (due?.S ?? '') < before) };
    }) as unknown as Table['send'],
  });
  const pipeline = await makePipeline(new Date(begin).toISOString(), follow);
  made.push(pipeline);
  await pipeline.post([makeCreator()]);
  await pipeline.aggregate();
  const hold = async (): Promise<void> => {
    const { Items = [] } = await pipeline.table.send(
      new QueryCommand({
        TableName: pipeline.table.name,
        IndexName: 'open-orders',
        KeyConditionExpression: '#open = :open AND due < :before',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':open': { S: 'C#c-1#1' }, ':before': { S: '9999' } },
      }),
    );
    held = Items;
  };
  const release = (): void => {
    held = undefined;
  };
  return { pipeline, table: follow(pipeline.table), hold, release };
}
type Shop = Awaited<ReturnType<typeof openShop>>;

type Step =
  | { kind: 'order'; hoursAgo: number; dueIn: number }
  | { kind: 'refund'; hoursAgo: number }
  | { kind: 'profile'; zone: string; weekStart: string }
  | { kind: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    hoursAgo: fc.constantFrom(0, 1, 23, 24, 170, 700),
    // Around the hours that the orders at risk are told by.
    dueIn: fc.tuple(fc.constantFrom(0, 6, 12, 24), fc.integer({ min: -90, max: 90 })).map(([h, s]) => h * hour + s * second),
  }),
  fc.record({ kind: fc.constant('refund' as const), hoursAgo: fc.constantFrom(0, 23, 170) }),
  fc.record({
    kind: fc.constant('profile' as const),
    zone: fc.constantFrom('America/New_York', 'Asia/Kathmandu', 'America/Sao_Paulo'),
    weekStart: fc.constantFrom('monday', 'sunday'),
  }),
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(400, 3100, 7000, 9000, 25_000, 61_000, hour),
    }),
  },
);

/** Moves the clock; what was accepted is applied on its way, and the index follows. */
async function wait({ pipeline, hold, release }: Shop, ms: number): Promise<void> {
  const until = pipeline.now() + ms;
  const lag = pipeline.lagOf('stream');
  const applied = lag === undefined ? undefined : pipeline.now() - lag * second + untilApplied;
  if (applied !== undefined && applied <= until) {
    await hold();
    await pipeline.aggregate();
    if (applied + untilIndexed <= until) release();
  } else release();
  pipeline.setNow(until);
}

async function take(shop: Shop, one: Step, n: number): Promise<void> {
  const { pipeline } = shop;
  const at = (ago: number): string => new Date(pipeline.now() - ago).toISOString();
  if (one.kind === 'wait') return wait(shop, one.ms);
  if (one.kind === 'order')
    await pipeline.post([
      anOrder(
        { placedAt: at(one.hoursAgo * hour), paidAt: at(one.hoursAgo * hour), shipBy: at(-one.dueIn) },
        { order: `o-${n}`, version: pipeline.now() },
      ),
    ]);
  if (one.kind === 'refund')
    await pipeline.post([aRefund({ completedAt: at(one.hoursAgo * hour) }, { order: `o-${n}`, version: pipeline.now() })]);
  // In force before its event is on the stream.
  if (one.kind === 'profile')
    await acceptProfile(
      pipeline.table,
      makeCreator('c-1', { timeZone: one.zone, preferences: { weekStart: one.weekStart } }, at(0)),
    );
}

/** The first screen without what tells only how long something waits. */
const bodyOf = async (scope: Scope): Promise<string> =>
  JSON.stringify(await reportDashboard(scope)).replaceAll(/"lagSeconds":\d+/g, '');

type Mark = typeof markOf;

/** Whatever happens in between: answers of the same mark are the same. */
const sameMarkSameAnswer = (mark: Mark) =>
  fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
    const shop = await openShop();
    const known = new Map<string, string>();
    for (const [n, one] of steps.entries()) {
      await take(shop, one, n);
      if (n % 3 === 2) await mergeAll(shop.table, 'C#c-1#1');
      const name = mark(await openGlance(shop.table, 'c-1', shop.pipeline.now()), ['1']);
      if (name === undefined) continue;
      const body = await bodyOf(await openScope(shop.table, 'c-1', shop.pipeline.now()));
      expect(body, `after step ${n}`).toBe(known.get(name) ?? body);
      known.set(name, body);
    }
  });

const longAgo = '2026-01-01T00:00:00.000Z';
const withProgress = (scope: Glance, part: Partial<Glance['progress']>): Glance => ({
  ...scope,
  progress: { ...scope.progress, ...part },
});
const anyProfile: Glance['profile'] = {
  creatorId: 'c-1',
  version: 1,
  data: {},
  revision: 1,
  zones: inZone('UTC'),
  currency: 'USD',
  generation: 1,
};
const mutants: [says: string, mark: Mark][] = [
  ['what is applied', (scope, more) => markOf(withProgress(scope, { applied: '1', asOf: longAgo }), more)],
  ['the profile', (scope, more) => markOf({ ...scope, profile: anyProfile, zones: anyProfile.zones }, more)],
  ['the minute', (scope, more) => markOf({ ...scope, now: scope.now - (scope.now % hour) + hour - 1 }, more)],
  ['what waits', (scope, more) => markOf(withProgress(scope, { lagSeconds: 0, asOf: longAgo }), more)],
  [
    'that the index follows',
    (scope, more) => (scope.progress.lagSeconds ? undefined : markOf(withProgress(scope, { asOf: longAgo }), more)),
  ],
];

describe('a mark', () => {
  it('that is the same means the same answer, whatever happened in between', { timeout: 300_000 }, async () => {
    await fc.assert(sameMarkSameAnswer(markOf), { numRuns: roundsOf('sameMark') });
  });

  it('of an answer that the caller has is answered after three small reads', async () => {
    const { pipeline } = await openShop();
    await pipeline.post([anOrder({ placedAt: new Date(begin).toISOString(), paidAt: new Date(begin).toISOString() })]);
    await pipeline.aggregate();
    pipeline.setNow(begin + 30 * second);
    const calls = vi.spyOn(DynamoDBClient.prototype, 'send');
    const ask = async (etag = '', query?: Record<string, string>) => {
      calls.mockClear();
      const route = 'GET /v1/creators/{creatorId}/dashboard';
      const headers = { 'if-none-match': etag };
      const answer = await pipeline.ask({ route, creatorId: 'c-1', as: 'c-1', headers, ...(query ? { query } : {}) });
      return { status: answer.status, headers: answer.headers, calls: calls.mock.calls.length };
    };
    const first = await ask();
    const { etag = '' } = first.headers;
    expect(etag).toMatch(/^W\/"[\w-]{22}\.[\w-]{16}"$/);
    expect(await ask(etag)).toMatchObject({ status: 304, calls: 3, headers: { etag, 'x-lag-seconds': '0' } });
    // Another question has another mark; the same answer under another mark is still the same.
    expect((await ask(etag, { only: 'today' })).status).toBe(200);
    const [hash] = etag.split('.');
    expect(await ask(`${hash}.another"`)).toMatchObject({ status: 304, headers: { etag } });
    // What waits is looked at again and again.
    await pipeline.post([anOrder({}, { order: 'o-2' })]);
    const waiting = await ask(etag);
    expect(waiting).toMatchObject({ status: 200, headers: { etag: expect.not.stringContaining('.') } });
    expect((await ask(waiting.headers.etag)).calls).toBeGreaterThan(2);
    calls.mockRestore();
  });

  it.each(mutants)('that forgot %s would be found out', { timeout: 120_000 }, async (_, mark) => {
    const found = await fc.check(sameMarkSameAnswer(mark), { numRuns: 200, seed: 1, endOnFailure: true });
    expect(found.failed).toBe(true);
  });
});
