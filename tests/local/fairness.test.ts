/** Does a caller who floods the gateway use up anyone else's share? Two environments of a function behind the embedded gateway. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type HttpEvent, route, serve } from '../../functions/http.ts';
import { makeGateway } from '../../local/invokers/http.ts';
import { type Authorizer, makeAuthorizer } from '../../local/invokers/jwt.ts';
import { type Entrance, listenLocally, portOf } from '../../local/listen.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';

const ISSUER = 'http://127.0.0.1/issuer';
const KEY = 'GET /v1/kpis';
/** Requests per second of one caller: fifty in ten seconds. */
const RATE = 5;
const LIMIT = 50;
/** Each environment lets one of the fifty pass without asking. */
const ENVIRONMENTS = 2;

const endpoint = {
  method: 'GET',
  path: '/v1/kpis',
  status: 200,
  roles: ['creator'],
  query: z.object({}),
  body: undefined,
} as unknown as Endpoint;

/** What the gateway lets through over all callers: much more than one may ask. */
const ample = { rate: 10 * RATE, burst: 20 * LIMIT };

let table: MadeTable;
let authorize: Authorizer;
let tokenOf: (caller: string) => Promise<string>;
let now = Date.parse('2026-03-02T00:00:00Z');
let entrances: Entrance[] = [];

beforeAll(async () => {
  table = await makeTable();
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] };
  authorize = makeAuthorizer({ issuer: ISSUER, audience: ['people'], keys });
  tokenOf = (sub) =>
    new SignJWT({ sub, roles: ['creator'] })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(ISSUER)
      .setAudience('people')
      .setExpirationTime('1h')
      .sign(privateKey);
});
afterAll(() => table.close());
// A window of its own for each test.
beforeEach(() => {
  now += 10_000;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(entrances.map((entrance) => entrance.close()));
  entrances = [];
});

/** A gateway with a limit over all callers before two environments of a function; answers how to ask it, one request after the other. */
async function open({ limit = ample, isFair = true } = {}) {
  vi.stubEnv('CALLER_LIMITS', isFair ? JSON.stringify({ [KEY]: RATE }) : '');
  const handlers = Array.from({ length: ENVIRONMENTS }, () =>
    serve(
      [route(endpoint, () => ({ json: 'answered' }))],
      () => ({ table }),
      () => now,
    ),
  );
  let turn = 0;
  const entrance = await listenLocally(0);
  entrances.push(entrance);
  entrance.open(
    makeGateway({
      api: { id: 'api', audience: ['people'], routes: [{ key: KEY, functionArn: 'kpis', isPublic: false, limit }] },
      account: '0',
      authorize,
      mounts: [],
      invoke: async (_, event) => handlers[turn++ % ENVIRONMENTS]?.(event as HttpEvent, {} as never),
    }),
  );
  const url = `http://127.0.0.1:${portOf(entrance.server)}/v1/kpis`;
  const askOnce = async (caller: string) => fetch(url, { headers: { authorization: `Bearer ${await tokenOf(caller)}` } });
  const ask = async (caller: string, times: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < times; i++) {
      const response = await askOnce(caller);
      await response.text();
      statuses.push(response.status);
    }
    return statuses;
  };
  return { ask, askOnce };
}
const count = (statuses: number[], status: number) => statuses.filter((one) => one === status).length;

describe('a caller who floods', () => {
  it('is let through to its limit over all environments, and one request more for each', async () => {
    const { ask } = await open();
    const statuses = await ask('flooding', 3 * LIMIT);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(count(statuses, 200)).toBeGreaterThanOrEqual(LIMIT - 6);
    expect(count(statuses, 200)).toBeLessThanOrEqual(LIMIT + ENVIRONMENTS);
  });

  it('leaves everyone else their own share, at the same time', async () => {
    const { ask } = await open();
    const [flood, ...others] = await Promise.all([
      ask('flooding', 3 * LIMIT),
      ...['b', 'c', 'd'].map((caller) => ask(caller, LIMIT / 2)),
    ]);
    expect(count(flood as number[], 429)).toBeGreaterThan(LIMIT);
    for (const statuses of others) expect(count(statuses, 200)).toBe(LIMIT / 2);
  });

  it('hears when to come back, as a problem, and is then let through', async () => {
    const { ask, askOnce } = await open();
    await ask('flooding', 3 * LIMIT);
    const refused = await askOnce('flooding');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({
      code: 'too_many_requests',
      status: 429,
      detail: expect.stringContaining('go on in 10 s'),
    });
    now += 10_000;
    expect(await ask('flooding', 1)).toEqual([200]);
  });
});

describe('a limit over all callers alone', () => {
  it('lets one use up what others need', async () => {
    const { ask } = await open({ limit: { rate: 0.001, burst: LIMIT }, isFair: false });
    await ask('flooding', 2 * LIMIT);
    expect(count(await ask('b', 5), 429)).toBe(5);
  });
});
