/** Who is let in, what is told of a failure, and when is nothing sent again? */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { etagOf } from '../../functions/http/answer.ts';
import { identityOf } from '../../functions/http/identity.ts';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/report/routes.ts';
import { makeOrder } from '../make/events.ts';
import { ask, makeRequest } from '../make/request.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
  await shop.load('c-1', [makeOrder('o-1')]);
  await shop.load('c-2', []);
});
afterAll(() => shop.close());

const route = 'GET /v1/creators/{creatorId}/kpis';
const query = { names: 'orders', from: '2026-03-01', to: '2026-03-02' };
const kpisOf = (creatorId: string, roles: string[], as?: string) =>
  shop.ask({ route, creatorId, query, roles, ...(as ? { as } : {}) });

describe('a query', () => {
  it('that gives a parameter twice is refused: their values joined could mean something else', async () => {
    const handler = serve(routes, () => ({ table: shop.table, version: '1', cursorKey: 'a key' }), Date.now);
    const event = makeRequest({ route, creatorId: 'c-1', as: 'c-1', query: { ...query, grain: 'day,week' } });
    event.rawQueryString = 'names=orders&from=2026-03-01&to=2026-03-02&grain=day&grain=week';
    const { statusCode, body } = await handler(event, {} as never);
    expect([statusCode, JSON.parse(body).issues]).toEqual([
      400,
      [{ path: 'grain', message: 'is given more than once: give it once' }],
    ]);
  });
});

describe('a caller', () => {
  it('who is a creator sees only itself; another’s id reads like one that does not exist', async () => {
    expect((await kpisOf('c-1', ['creator'], 'c-1')).status).toBe(200);
    const [other, unknown, none] = await Promise.all([
      kpisOf('c-2', ['creator'], 'c-1'),
      kpisOf('c-nobody', ['creator'], 'c-nobody'),
      kpisOf('c-1', ['creator']),
    ]);
    expect(other.status).toBe(404);
    expect(other.text).toBe(unknown.text);
    expect(other.text).toBe(none.text);
    expect((await kpisOf('c-nobody', ['admin'])).text).toBe(other.text);
  });

  it.each(['', 'dashboard', 'orders', 'kpis'])('finds another tenant’s /%s as absent', async (what) => {
    const path = `GET /v1/creators/{creatorId}${what && `/${what}`}`;
    expect((await shop.ask({ route: path, creatorId: 'c-2', as: 'c-1' })).status).toBe(404);
  });

  it('who is an analyst or admin sees all', async () => {
    for (const role of ['analyst', 'admin']) expect((await kpisOf('c-2', [role])).status).toBe(200);
  });

  it('who is a service, or nothing, reads nothing', async () => {
    for (const roles of [['service'], []]) expect((await kpisOf('c-1', roles, 'c-1')).json.code).toBe('forbidden');
    expect((await shop.ask({ route: 'GET /v1/kpis', roles: ['service'] })).status).toBe(403);
  });

  it('with an id that no creator can have is told the same as of an unknown one', async () => {
    expect((await kpisOf('c 1/../c-2', ['admin'])).json).toEqual((await kpisOf('c-nobody', ['admin'])).json);
  });

  it('is known by the roles of the token, however the gateway writes them', () => {
    const of = (roles: unknown) => identityOf({ sub: 'u', roles }).roles;
    expect(of('[creator analyst]')).toEqual(['creator', 'analyst']);
    expect(of('creator')).toEqual(['creator']);
    expect(of('["admin","x"]')).toEqual(['admin']);
    expect(of('[superadmin]')).toEqual([]);
    expect(of(undefined)).toEqual([]);
  });
});

describe('an answer', () => {
  it('carries a validator, and is not sent again while nothing changed', async () => {
    const first = await kpisOf('c-1', ['admin']);
    expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', etag: expect.stringMatching(/^W\/"/) });
    const again = (etag: string) =>
      shop.ask({ route, creatorId: 'c-1', query, roles: ['admin'], headers: { 'if-none-match': etag } });
    const { etag = '' } = first.headers;
    for (const given of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const { status, text, headers } = await again(given);
      expect([status, text, headers.etag]).toEqual([304, '', etag]);
    }
    expect((await again('W/"other"')).status).toBe(200);
  });

  it('that differs only in its lag has the same validator', () => {
    expect(etagOf('{"asOf":"x","lagSeconds":2,"total":1}')).toBe(etagOf('{"asOf":"x","lagSeconds":35,"total":1}'));
    expect(etagOf('{"asOf":"x","lagSeconds":2,"total":1}')).not.toBe(etagOf('{"asOf":"x","lagSeconds":2,"total":2}'));
  });

  it('of a profile names zone, currency and the history of both', async () => {
    const { json } = await shop.get('');
    expect(json).toMatchObject({
      creatorId: 'c-1',
      timeZone: 'America/New_York',
      currency: 'USD',
      tier: null,
      benchmarkConsent: false,
      zones: [{ from: null, zone: 'America/New_York' }],
      sources: [{ name: 'events', state: 'fresh', lagSeconds: 0 }],
    });
  });
});

describe('a profile', () => {
  it('shows its address to the creator and to admins, not to analysts', async () => {
    await shop.load('c-mail', [], { email: 'rosa@example.com' });
    const emailFor = async (roles: string[], as?: string) =>
      (await shop.ask({ route: 'GET /v1/creators/{creatorId}', creatorId: 'c-mail', roles, ...(as ? { as } : {}) })).json.email;
    expect(await emailFor(['creator'], 'c-mail')).toBe('rosa@example.com');
    expect(await emailFor(['admin'])).toBe('rosa@example.com');
    expect(await emailFor(['analyst'])).toBeUndefined();
  });
});

describe('a failure', () => {
  const failing = (error: Error) => {
    const send = () => Promise.reject(error);
    return serve(routes, () => ({ table: { name: 'kpi', send: send as never }, version: '1', cursorKey: 'k' }));
  };
  const asked = { route, creatorId: 'c-1', query, roles: ['admin'] };

  it('that is a bug is answered without its details, and logged with its cause but nothing of the caller’s', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await ask(failing(new TypeError('secret thing broke')), asked);
    const line = JSON.parse(String(logged.mock.calls[0]?.[0]));
    logged.mockRestore();
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal' } });
    expect(answer.text).not.toContain('secret');
    expect(line).toMatchObject({ level: 'error', route, name: 'TypeError', message: 'secret thing broke' });
    expect(JSON.stringify(line)).not.toContain('c-1');
  });

  it('of the store is answered with 503 and asks to come again, /health included', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const outage = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const answer = await ask(failing(outage), asked);
    expect(answer).toMatchObject({ status: 503, json: { code: 'unavailable' }, headers: { 'retry-after': '1' } });
    expect((await ask(failing(outage), { route: 'GET /v1/health', roles: null })).status).toBe(503);
    logged.mockRestore();
  });

  it('to find a route is answered as absent', async () => {
    expect((await shop.ask({ route: 'GET /v1/elsewhere' })).json.code).toBe('not_found');
  });
});
