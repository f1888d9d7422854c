/** Are the steps from payment to payout, their hours, the failures of sources and their age what a hand counted? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getOperations, type OperationsAnswer, operationsAnswer } from '../../shared/api/operations.ts';
import { getShipping } from '../../shared/api/shipping.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { hoursAt } from '../../shared/insight/fulfilment/durations.ts';
import { fulfilmentJob } from '../../shared/insight/fulfilment/job.ts';
import { reportOperations } from '../../shared/reports/operations.ts';
import { noteSent } from '../../shared/store/last-sent.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { anOperationMinute, anOrder, aSettlement, aShipment } from '../make/snapshots.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const paidAt = Date.parse('2026-10-01T15:00:00Z');
const after = (hours: number): string => new Date(paidAt + hours * 3_600_000).toISOString();
const order = (id: string, data: object = {}) => anOrder({ placedAt: after(0), paidAt: after(0), ...data }, { order: id });
/** Hours after payment; undefined: not yet. */
const sent = (id: string, label?: number, handedOver?: number, delivered?: number, parcel = 's-1') => {
  const at = (hours: number | undefined) => (hours === undefined ? undefined : after(hours));
  return aShipment(
    { status: 'in_transit', labelAt: at(label), handedOverAt: at(handedOver), deliveredAt: at(delivered) },
    { order: id, id: parcel },
  );
};
const settled = (id: string, hours: number, more: object = {}) =>
  aSettlement({ settledAt: after(hours), ...more }, { order: id });

const events: CloudEvent[] = [
  // All the way, in 1 + 9 + 50 + 200 hours.
  order('o-1'),
  sent('o-1', 1, 10, 60),
  settled('o-1', 260),
  // Two parcels: the later one counts. An estimate settles nothing.
  order('o-2'),
  sent('o-2', 2, 20, 70),
  sent('o-2', 4, 24, 104, 's-2'),
  settled('o-2', 300, { estimated: true }),
  // One of two parcels has left.
  order('o-3'),
  sent('o-3', 8, 16),
  sent('o-3', 8, undefined, undefined, 's-2'),
  // Nobody told of parcels: delivered when completed, with no hours of it.
  order('o-4', { status: 'completed', completedAt: after(100) }),
  settled('o-4', 150),
  order('o-5'),
  // Neither a sale nor to be sent.
  order('o-6', { status: 'cancelled', cancelledAt: after(1) }),
  order('o-7', { sample: true }),
  order('o-8', { placedAt: '2026-11-02T15:00:00Z', paidAt: '2026-11-02T15:00:00Z' }),
  anOperationMinute(
    {
      requests: 90,
      failures: [
        { kind: 'timeout', count: 3 },
        { kind: 'refused', count: 6 },
      ],
    },
    { minute: '2026-10-02T14:03Z' },
  ),
  anOperationMinute(
    { requests: 10, failures: [{ kind: 'timeout', count: 1 }] },
    { minute: '2026-10-02T14:03Z', source: 'easypost' },
  ),
  anOperationMinute({ requests: 50 }, { minute: '2026-11-02T14:03Z', source: 'shippo' }),
];

let shops: ComputedShops;
const ask = async (creator: string, more: object = {}): Promise<OperationsAnswer> => {
  const query = getOperations.query.parse({ from: '2026-10-01', to: '2026-10-31', ...more }) as never;
  return operationsAnswer.parse(await reportOperations(query, await shops.scope(creator)));
};

beforeAll(async () => {
  shops = await computeShops({ 'c-1': { events }, 'c-empty': { events: [] } }, now, fulfilmentJob);
});
afterAll(() => shops?.close());

describe('steps of a shop', () => {
  it('are reached by as many orders as the hand counted', async () => {
    const { steps } = await ask('c-1');
    expect(steps.map(({ step, orders, share, n }) => [step, orders, share, n])).toEqual([
      ['paid', 5, 1, 0],
      ['labelled', 3, 0.6, 3],
      ['handedOver', 2, 0.4, 2],
      ['delivered', 3, 0.6, 2],
      ['settled', 2, 0.4, 2],
    ]);
  });

  it('take as many hours as the clock says, within 5 %', async () => {
    const { steps } = await ask('c-1');
    // paid → labelled 1, 4, 8; → handed over 9, 20; → delivered 50, 80; → settled 200, 50.
    const truth = { labelled: [4, 8], handedOver: [9, 20], delivered: [50, 80], settled: [50, 200] };
    for (const [name, [median, p90]] of Object.entries(truth)) {
      const found = steps.find(({ step }) => step === name);
      expect((found?.medianHours ?? 0) / (median ?? 1), name).toBeCloseTo(1, 1);
      expect((found?.p90Hours ?? 0) / (p90 ?? 1), name).toBeCloseTo(1, 1);
    }
    expect(steps[0]).toMatchObject({ medianHours: null, p90Hours: null });
  });

  it('are those of the orders paid in the range', async () => {
    const { steps } = await ask('c-1', { from: '2026-11-01', to: '2026-11-30' });
    expect(steps.map(({ orders }) => orders)).toEqual([1, 0, 0, 0, 0]);
  });

  it('have the percentiles of what was counted, and none of nothing', () => {
    expect(hoursAt(new Map(), 0.5)).toBeNull();
    expect(hoursAt(new Map([[0, 3]]), 0.9)).toBe(0);
  });
});

describe('sources of a shop', () => {
  it('fail as often as they said, by source and by kind', async () => {
    const { requests, failures, errorRate, errors, kinds } = await ask('c-1');
    expect({ requests, failures, errorRate }).toEqual({ requests: 100, failures: 10, errorRate: 0.1 });
    expect(errors).toEqual([
      { source: 'tiktok-shop', requests: 90, failures: 9, errorRate: 0.1 },
      { source: 'easypost', requests: 10, failures: 1, errorRate: 0.1 },
    ]);
    expect(kinds).toEqual([
      { kind: 'refused', failures: 6, ofRequests: 0.06 },
      { kind: 'timeout', failures: 4, ofRequests: 0.04 },
    ]);
  });

  it('are as new as what they brought', async () => {
    expect((await ask('c-1')).sources).toEqual([]);
    const { table } = await shops.scope('c-1');
    await noteSent(table, ['c-1'], now);
    const [source] = (await ask('c-1')).sources;
    expect(source).toMatchObject({ name: 'events-api', state: 'in_use', lastSuccess: new Date(now).toISOString() });
  });
});

describe('a shop', () => {
  it('without anything is told so, without rates that are none', async () => {
    expect(await ask('c-empty')).toMatchObject({
      errorRate: null,
      errors: [],
      sources: [],
      reasons: ['no_orders', 'no_requests', 'no_sources'],
    });
    expect((await ask('c-empty')).steps.every(({ share, medianHours }) => share === null && medianHours === null)).toBe(true);
  });

  it('that nobody computed yet is told that', async () => {
    await shops.addLater('c-new');
    expect((await ask('c-new')).reasons).toContain('not_computed');
  });
});

describe('a question', () => {
  it.each([
    [{ from: '2026-03-02', to: '2026-03-01' }, 'from', /is after to/],
    [{ from: '1980-01-01', to: '2199-12-31' }, 'to', /is more than \d+ years from the first day; ask for/],
  ])('of %j is refused with the remedy', (days, path, message) => {
    const issues = [getOperations, getShipping].map(({ query }) => query.safeParse(days).error?.issues[0]);
    for (const issue of issues) expect(issue).toMatchObject({ path: [path], message: expect.stringMatching(message) });
  });
});
