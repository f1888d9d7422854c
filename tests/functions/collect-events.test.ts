/** Does the door take in what is good, and say exactly what is wrong with the rest? */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '../../functions/collect-events/routes.ts';
import { serve } from '../../functions/http.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { readProgress } from '../../shared/store/partition.ts';
import { readProfiles } from '../../shared/store/profiles.ts';
import { markApplied } from '../../shared/store/progress.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { ask } from '../make/request.ts';
import { type MadeStream, type MadeTable, makeStream, makeTable } from '../make/servers.ts';

const now = Date.parse('2026-03-02T12:00:00Z');
const batchType = 'application/cloudevents-batch+json';
let table: MadeTable;
let stream: MadeStream;
let handler: unknown;

beforeAll(async () => {
  table = await makeTable();
});
beforeEach(async () => {
  stream = await makeStream();
  handler = serve(
    routes,
    () => ({ table, stream, epoch: 3 }),
    () => now,
  );
  return () => stream.close();
});
afterAll(() => table.close());

const post = (body: unknown, rest = {}) =>
  ask(handler, { route: 'POST /v1/events', roles: ['service'], type: batchType, base64: true, body, ...rest });
/** The codes of a batch that follows its creator's event. */
const codesOf = async (...events: unknown[]) =>
  (await post([makeCreator('c-codes'), ...events])).json.rejected.map(({ code }: { code: string }) => code);
const order = (data: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  ...makeOrder('o-1', { creator: 'c-codes', data }),
  ...more,
});

describe('a batch', () => {
  it('is stamped, put on the stream in order under its creator and answered with 202', async () => {
    const events = [makeOrder('o-1', { creator: 'c-1' }), makeCreator('c-1'), makeOrder('o-2', { creator: 'c-1' })];
    const answer = await post(events);
    expect(answer).toMatchObject({ status: 202, json: { accepted: 3, rejected: [] } });
    const records = await stream.records();
    expect(records.map(({ record }) => record.event)).toEqual(events);
    for (const { key, record } of records) {
      expect(key).toBe('c-1');
      expect(record.stamp).toEqual({
        definitions: dictionary.latest,
        profile: 1,
        zones: [{ from: '0001-01-01T00:00:00Z', zone: 'America/New_York' }],
        currency: 'USD',
        generation: 1,
        epoch: 3,
        receivedAt: '2026-03-02T12:00:00.000Z',
      });
    }
  });

  it('is told how far it is counted, by the position that it was answered with', async () => {
    const { positions } = (await post([makeCreator('c-far'), makeOrder('o-1', { creator: 'c-far' }), makeCreator('c-near')]))
      .json;
    expect(positions.map(({ creatorId }: { creatorId: string }) => creatorId)).toEqual(['c-far', 'c-near']);
    const progress = async (roles = ['service'], creators = 'c-far,c-nobody') =>
      ask(handler, { route: 'GET /v1/events/progress', roles, as: 'c-far', query: { creators } });
    expect((await progress()).json).toEqual({
      creators: [{ creatorId: 'c-far', position: '', lagSeconds: 1, quarantined: 0 }],
    });
    await markApplied(table, 'C#c-far#1', positions[0].position, new Date(now).toISOString());
    expect((await progress()).json.creators).toEqual([
      { creatorId: 'c-far', position: positions[0].position, lagSeconds: 0, quarantined: 0 },
    ]);
    for (const role of ['creator', 'analyst', 'admin']) expect((await progress([role])).status, role).toBe(403);
    expect((await progress(['service'], Array(101).fill('c').join())).status).toBe(400);
  });

  it('makes the creator’s answers say that something is outstanding before it is answered itself', async () => {
    await post([makeCreator('c-lag'), makeOrder('o-1', { creator: 'c-lag' })]);
    expect((await readProgress(table, 'C#c-lag#1', now + 5000)).lagSeconds).toBe(5);
  });

  it('is taken also as application/json and as plain text, and when it is empty', async () => {
    expect((await post([makeCreator('c-1')], { type: 'application/json; charset=utf-8', base64: false })).status).toBe(202);
    expect((await post([])).json).toEqual({ accepted: 0, rejected: [], positions: [] });
  });

  it('keeps what is good when one event is bad, and names that one by place and id', async () => {
    const bad = { ...makeOrder('o-9', { creator: 'c-1' }), id: 'bad-one', type: 'dev.creatoranalytics.parcel.updated.v1' };
    const { json } = await post([makeCreator('c-1'), bad, makeOrder('o-2', { creator: 'c-1' }), 'no event']);
    expect(json.accepted).toBe(2);
    expect(json.rejected).toMatchObject([
      { index: 1, id: 'bad-one', code: 'unknown_type' },
      { index: 3, id: null, code: 'malformed' },
    ]);
    expect(await stream.records()).toHaveLength(2);
  });
});

describe('a whole request is refused', () => {
  it.each([
    ['malformed JSON', { text: '[{' }, 400, 'bad_request'],
    ['a body that is no array', { body: { specversion: '1.0' } }, 400, 'bad_request'],
    ['no body', { body: undefined, headers: { 'content-type': batchType } }, 400, 'bad_request'],
    ['another type of body', { type: 'text/csv' }, 400, 'bad_request'],
    ['an unknown parameter', { query: { dryRun: '1' } }, 400, 'bad_request'],
    ['501 events', { body: Array.from({ length: 501 }, () => ({})) }, 413, 'payload_too_large'],
    ['more than 1 MB', { text: `["${'x'.repeat(1_048_576)}"]` }, 413, 'payload_too_large'],
    ['a creator’s token', { roles: ['creator'], as: 'c-1' }, 403, 'forbidden'],
    ['an admin’s token', { roles: ['admin'] }, 403, 'forbidden'],
    ['a token without roles', { roles: [] }, 403, 'forbidden'],
  ])('for %s', async (_, asked, status, code) => {
    const answer = await post([], asked);
    expect(answer).toMatchObject({ status, json: { status, code, type: `/v1/docs#${code}` } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(await stream.records()).toEqual([]);
  });

  it.each([batchType, 'application/json'])(
    'for bytes of %s that are not UTF-8: two ids must not become one, and nothing is stored',
    async (type) => {
      const events = ['Gr\xf6\xf6e', 'Gr\xf7\xf7e'].map((id) => ({ ...makeOrder(id, { creator: 'c-1' }) }));
      const text = Buffer.from(JSON.stringify([makeCreator('c-1'), ...events]), 'latin1');
      expect(await post(undefined, { text, type })).toMatchObject({
        status: 400,
        json: { detail: 'The body is not JSON in UTF-8.', issues: [{ path: 'body', message: 'must be JSON in UTF-8' }] },
      });
      expect(await stream.records()).toEqual([]);
    },
  );

  it('for a profile whose bytes are not UTF-8', async () => {
    const text = Buffer.from('{"name":"Caf\xe9","timeZone":"UTC","currency":"USD"}', 'latin1');
    const asked = { route: 'PUT /v1/creators/{creatorId}', creatorId: 'c-latin', roles: ['admin'], text };
    expect(await ask(handler, asked)).toMatchObject({ status: 400, json: { issues: [{ path: 'body' }] } });
    expect((await readProfiles(table, ['c-latin'])).size).toBe(0);
  });
});

describe('an event is rejected', () => {
  it.each([
    ['unknown_version', 'of another version', order({}, { type: 'dev.creatoranalytics.order.updated.v2' })],
    ['malformed', 'without an id', order({}, { id: undefined })],
    ['malformed', 'with a fractional version', order({}, { entityversion: 1.5 })],
    ['bad_subject', 'whose subject fits no entity', order({}, { subject: 'orders/o-1' })],
    ['invalid', 'with a field of the wrong type', order({ status: 7 })],
    ['invalid', 'with negative money', order({ shippingCharged: -1 })],
    ['invalid', 'with a fraction of a cent', order({ shippingCharged: 4.99 })],
    ['unknown_currency', 'in an unknown currency', order({ currency: 'XYZ' })],
    ['missing_rate', 'in another currency without a rate', order({ currency: 'BRL' })],
    ['future_time', 'paid more than a day ahead', order({ paidAt: '2026-03-03T12:00:01Z' })],
    ['future_time', 'dated more than a day ahead', order({}, { time: '2026-03-03T12:00:01Z' })],
    ['unknown_creator', 'of a creator that does not exist', makeOrder('o-1', { creator: 'c-nobody' })],
    ['too_large', 'that alone would not fit an item', order({ note: 'x'.repeat(262_144) })],
    ['unknown_zone', 'with an unknown zone', makeCreator('c-new', { timeZone: 'Mars/Olympus' })],
    ['currency_change', 'that changes a creator’s currency', makeCreator('c-codes', { currency: 'EUR' }, '2026-02-01T00:00:00Z')],
  ])('%s: %s', async (code, _, event) => {
    expect(await codesOf(event)).toEqual([code]);
  });

  it('a change of zone is dated by its event and travels with the events after it', async () => {
    await post([makeCreator('c-moves'), makeCreator('c-moves', { timeZone: 'Asia/Tokyo' }, '2026-02-01T00:00:00Z')]);
    await post([makeOrder('o-1', { creator: 'c-moves' })]);
    expect((await stream.records()).at(-1)?.record.stamp).toMatchObject({
      profile: 2,
      zones: [{ zone: 'America/New_York' }, { from: '2026-02-01T00:00:00.000Z', zone: 'Asia/Tokyo' }],
    });
  });

  it('amounts in another currency are taken with their rate', async () => {
    expect(await codesOf(order({ currency: 'BRL', exchangeRate: '0.19' }))).toEqual([]);
  });
});

describe('a profile', () => {
  const put = (creatorId: string, body: unknown, rest = {}) =>
    ask(handler, { route: 'PUT /v1/creators/{creatorId}', creatorId, as: creatorId, body, ...rest });
  const data = { name: 'Rosa', timeZone: 'Europe/London', currency: 'GBP' };

  it('is written by its creator, goes onto the stream and is answered', async () => {
    const answer = await put('c-rosa', data);
    expect(answer).toMatchObject({
      status: 200,
      json: { creatorId: 'c-rosa', timeZone: 'Europe/London', currency: 'GBP' },
    });
    expect((await stream.records())[0]?.record.event).toMatchObject({ subject: 'creator/c-rosa', entityversion: now, data });
  });

  it('gets its tier from an admin alone, and keeps it when its creator changes the rest', async () => {
    const tierOf = async () => (await readProfiles(table, ['c-tier'])).get('c-tier')?.data.tier;
    await put('c-tier', { ...data, tier: 'enterprise' });
    expect(await tierOf()).toBeUndefined();
    await put('c-tier', { ...data, tier: 'pro' }, { roles: ['admin'], as: undefined });
    await put('c-tier', { ...data, name: 'Rosa & Co', tier: 'enterprise' });
    expect(await tierOf()).toBe('pro');
  });

  it('changed twice in one millisecond shows the later change', async () => {
    await put('c-twice', data);
    await put('c-twice', { ...data, name: 'Rosa & Co' });
    expect((await readProfiles(table, ['c-twice'])).get('c-twice')?.data.name).toBe('Rosa & Co');
  });

  it('is refused where it is not valid, changes the currency, or is another tenant’s', async () => {
    await put('c-own', data);
    const wrong = await put('c-own', { ...data, timeZone: 'Nowhere' });
    expect(wrong).toMatchObject({ status: 400, json: { issues: [{ path: 'timeZone' }] } });
    expect((await put('c-own', { ...data, currency: 'USD' })).json.code).toBe('conflict');
    expect((await put('c-own', data, { as: 'c-2' })).status).toBe(404);
    expect((await put('c-own', data, { roles: ['analyst'] })).status).toBe(403);
    expect((await put('c-own', data, { roles: ['admin'], as: undefined })).status).toBe(200);
  });
});
