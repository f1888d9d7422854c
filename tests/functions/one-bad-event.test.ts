/** Does one event that no store could take stop nobody but itself? Refused alone at the door, with its neighbours accepted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/collect-events/routes.ts';
import { serve } from '../../functions/http.ts';
import { readProfiles } from '../../shared/store/profiles.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { ask } from '../make/request.ts';
import { type MadeStream, type MadeTable, makeStream, makeTable } from '../make/servers.ts';
import { aLine, anOperationMinute, aRefund } from '../make/snapshots.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
let table: MadeTable;
let stream: MadeStream;
let handler: unknown;
beforeAll(async () => {
  [table, stream] = await Promise.all([makeTable(), makeStream()]);
  handler = serve(
    routes,
    () => ({ table, stream, epoch: 1 }),
    () => now,
  );
  await post([makeCreator('c-1')]);
});
afterAll(() => Promise.all([table.close(), stream.close()]));

const asked = { route: 'POST /v1/events', roles: ['service'], type: 'application/cloudevents-batch+json', base64: true };
const post = (body: unknown) => ask(handler, { ...asked, body });
const good = (id: string) => makeOrder(id, { creator: 'c-1' });
const withText = (text: string, event: object) => JSON.stringify(event).replace('"here"', () => text);
const levels = (n: number) => '['.repeat(n) + ']'.repeat(n);
const order = (data: Record<string, unknown>) => ({ ...makeOrder('bad', { creator: 'c-1', data }), id: 'bad' });

/** As they were sent to a running service once. */
const surrogates = ['\\ud800', '\\udbff'].map((half) =>
  JSON.stringify({ ...makeOrder('s', { creator: 'c-1' }), id: 'bad', subject: 'order/here' }).replace('here', () => `s${half}`),
);
const overflow = {
  ...makeOrder('rate', { creator: 'c-1' }),
  id: 'bad',
  data: {
    status: 'paid',
    placedAt: '2026-11-01T10:00:00Z',
    paidAt: '2026-11-01T10:00:00Z',
    currency: 'EUR',
    lines: [{ productId: 'p', quantity: 1, unitPrice: 10_000_000_000_000 }],
    exchangeRate: '999999999999.999999999999',
  },
};

// biome-ignore format: a table of cases
const cases: [what: string, event: string, code: string, message: RegExp][] = [
  ['nested 50,000 deep', withText(levels(50_000), order({ more: 'here' })), 'invalid', /data\.more.*32 levels/],
  ['nested 200,000 deep', withText(levels(200_000), order({ more: 'here' })), 'invalid', /32 levels/],
  ['nested too deep outside its data', withText(levels(50_000), { ...order({}), more: 'here' }), 'malformed', /32 levels/],
  ['that is itself a nest', levels(50_000), 'malformed', /32 levels/],
  ['of 450 KB', JSON.stringify(order({ note: 'x'.repeat(450_000) })), 'too_large', /may have 262144 bytes, this one has 450/],
  ['of 450 KB in bytes alone', JSON.stringify(order({ note: '香'.repeat(150_000) })), 'too_large', /may have 262144 bytes/],
  ['a profile of 450 KB', JSON.stringify({ ...makeCreator('c-big', { preferences: { note: 'x'.repeat(450_000) } }), id: 'bad' }), 'too_large', /may have 65536 bytes/],
  ['whose subject ends in half of a pair', String(surrogates[0]), 'malformed', /^subject: has half/],
  ['whose subject ends in another half', String(surrogates[1]), 'malformed', /^subject: has half/],
  ['whose money no number holds at its rate', JSON.stringify(overflow), 'invalid', /too large an amount in USD/],
  ['whose price holds, but not times its quantity', JSON.stringify(order({ currency: 'EUR', exchangeRate: '999', lines: [aLine({ unitPrice: 10_000_000, quantity: 1_000_000 })] })), 'invalid', /exactly|too large/],
  ['whose lines add up to more than is exact', JSON.stringify(order({ currency: 'EUR', exchangeRate: '900', lines: [1, 2].map(() => aLine({ unitPrice: 10_000_000_000_000, quantity: 1 })) })), 'invalid', /exactly|too large/],
  ['whose failures add up to more than is exact', JSON.stringify({ ...anOperationMinute({ failures: [1, 2].map((kind) => ({ kind: `${kind}`, count: Number.MAX_SAFE_INTEGER })) }, { creator: 'c-1' }), id: 'bad' }), 'invalid', /the sum of failures.count/],
  ['whose refund no number holds', JSON.stringify({ ...aRefund({ currency: 'EUR', exchangeRate: '999999999999', goodsAmount: 1_000_000 }, { creator: 'c-1' }), id: 'bad' }), 'invalid', /too large an amount/],
  ['of the year 1', JSON.stringify({ ...anOperationMinute({}, { creator: 'c-1', minute: '0001-01-01T00:00Z' }), id: 'bad' }), 'bad_subject', /between 1980 and 2199/],
  ['without a rate', JSON.stringify(order({ currency: 'EUR' })), 'missing_rate', /need a rate/],
];

describe('an event', () => {
  it.each(cases)('%s is rejected alone', async (_, event, code, message) => {
    const before = (await stream.records()).length;
    const { status, json } = await ask(handler, {
      ...asked,
      text: `[${JSON.stringify(good('before'))},${event},${JSON.stringify(good('after'))}]`,
    });
    expect({ status, accepted: json.accepted }).toEqual({ status: 202, accepted: 2 });
    expect(json.rejected).toMatchObject([{ index: 1, code, message: expect.stringMatching(message) }]);
    expect((await stream.records()).length - before).toBe(2);
  });

  it('that is too large a profile has left none', async () => {
    expect((await readProfiles(table, ['c-big'])).size).toBe(0);
  });

  it('that is good at 32 levels, and at the largest size, is accepted', async () => {
    const deep = withText(levels(30), order({ more: 'here' }));
    const size = Buffer.byteLength(JSON.stringify(order({ note: '' })));
    const large = JSON.stringify(order({ note: 'x'.repeat(262_144 - size) }));
    expect(await ask(handler, { ...asked, text: `[${deep},${large}]` })).toMatchObject({ status: 202, json: { accepted: 2 } });
  });
});

it('a profile put by its creator may not be too large or too deep either', async () => {
  const put = (preferences: unknown) =>
    ask(handler, {
      route: 'PUT /v1/creators/{creatorId}',
      creatorId: 'c-9',
      as: 'c-9',
      body: { name: 'Rosa', timeZone: 'Europe/London', currency: 'GBP', preferences },
    });
  expect(await put({ note: 'x'.repeat(100_000) })).toMatchObject({ status: 413, json: { code: 'payload_too_large' } });
  expect(await put({ nest: JSON.parse(levels(40)) })).toMatchObject({ status: 400, json: { code: 'bad_request' } });
  expect((await readProfiles(table, ['c-9'])).size).toBe(0);
});
