/** Does the local gateway let in, refuse and pass on as API Gateway does? */
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiSpec } from '../../local/deployment.ts';
import { makeGateway } from '../../local/invokers/http.ts';
import { makeAuthorizer } from '../../local/invokers/jwt.ts';
import { type Entrance, listenLocally, portOf } from '../../local/listen.ts';

const ISSUER = 'http://127.0.0.1/issuer';
const NOW = Math.floor(Date.now() / 1000);
/** A token that every check lets pass; the cases change one thing each. */
const good = { sub: 'c-1', iss: ISSUER, aud: 'people' as string | undefined, exp: (NOW + 3600) as number | undefined };
const api: ApiSpec = {
  id: 'api',
  audience: ['people', 'machines'],
  routes: [
    { key: 'GET /v1/health', functionArn: 'open', isPublic: true },
    { key: 'GET /v1/few', functionArn: 'open', isPublic: true, limit: { rate: 1, burst: 2 } },
    { key: 'POST /v1/events', functionArn: 'closed', isPublic: false },
    { key: 'GET /v1/creators/{creatorId}', functionArn: 'closed', isPublic: false },
    { key: 'GET /v1/creators/me', functionArn: 'open', isPublic: true },
    { key: 'ANY /files/{path+}', functionArn: 'open', isPublic: true },
    { key: 'GET /v1/throws', functionArn: 'throws', isPublic: true },
    { key: 'GET /v1/shaped', functionArn: 'shaped', isPublic: true },
  ],
};

let entrance: Entrance;
let url: string;
let sign: (claims: Record<string, unknown>) => Promise<string>;
let strangersToken: string;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  const signWith = (key: typeof privateKey) => (claims: Record<string, unknown>) =>
    new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(key);
  sign = signWith(privateKey);
  strangersToken = await signWith(stranger.privateKey)({});
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }] };
  entrance = await listenLocally(0);
  url = `http://127.0.0.1:${portOf(entrance.server)}`;
  entrance.open(
    makeGateway({
      api,
      account: '0',
      authorize: makeAuthorizer({ issuer: ISSUER, audience: api.audience, keys }),
      mounts: [{ prefix: '/issuer', handle: (_request, response) => void response.end('a token') }],
      invoke: async (name, event) => {
        if (name === 'throws') throw new Error('inside');
        if (name === 'shaped')
          return { statusCode: 201, headers: { ETag: 'W/"1"' }, cookies: ['a=1', 'b=2'], body: 'aGk=', isBase64Encoded: true };
        return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) };
      },
    }),
  );
});
afterAll(() => entrance.close());

const get = (path: string, token?: string): Promise<Response> =>
  fetch(url + path, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

describe('a protected route', () => {
  const refused: [string, () => Promise<string | undefined>][] = [
    ['without a token', async () => undefined],
    ['with a token that has expired', () => sign({ exp: NOW - 3600 })],
    ['with a token that never expires', () => sign({ exp: undefined })],
    ['with a token that nobody signed', async () => new UnsecuredJWT(good).encode()],
    ['with a token meant for another service', () => sign({ aud: 'others' })],
    ['with a token of another issuer', () => sign({ iss: 'http://elsewhere' })],
    ['with a token signed by a stranger', async () => strangersToken],
    [
      'with a token that was changed',
      async () =>
        (await sign({})).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...good, sub: 'c-2' })).toString('base64url')}.`),
    ],
    ['with words that are no token', async () => 'let me in'],
  ];
  test.each(refused)('answers 401 %s', async (_sentence, token) => {
    const response = await get('/v1/creators/c-1', await token());
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
  });

  test('hands the claims of a good token on, all as text', async () => {
    const response = await get('/v1/creators/c-1', await sign({ creator_id: 'c-1', roles: ['creator', 'admin'], age: 3 }));
    expect(response.status).toBe(200);
    const event = (await response.json()) as { requestContext: { authorizer: { jwt: unknown } } };
    expect(event.requestContext.authorizer.jwt).toMatchObject({
      claims: { sub: 'c-1', creator_id: 'c-1', roles: '[creator admin]', age: '3', exp: expect.stringMatching(/^\d+$/) },
      scopes: null,
    });
  });

  test('takes a token that names its client instead of an audience', async () => {
    const token = await sign({ client_id: 'machines', aud: undefined });
    expect((await get('/v1/creators/c-1', token)).status).toBe(200);
  });
});

describe('a request', () => {
  test('beyond the burst is answered 429 and passes again when the bucket has refilled', async () => {
    const statuses = [];
    for (let index = 0; index < 3; index++) statuses.push((await get('/v1/few')).status);
    expect(statuses).toEqual([200, 200, 429]);
    await expect.poll(async () => (await get('/v1/few')).status, { timeout: 5_000, interval: 100 }).toBe(200);
  });

  test('arrives as payload 2.0', async () => {
    const response = await fetch(`${url}/v1/health?a=1&a=2&b=%20x`, { headers: { 'X-Mixed-Case': 'Yes', cookie: 'a=1; b=2' } });
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'GET /v1/health',
      rawPath: '/v1/health',
      rawQueryString: 'a=1&a=2&b=%20x',
      queryStringParameters: { a: '1,2', b: ' x' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-mixed-case': 'Yes' },
      requestContext: { http: { method: 'GET', path: '/v1/health' }, stage: '$default' },
      isBase64Encoded: false,
    });
  });

  test.each([
    ['application/json', '{}', false],
    ['text/csv', '{}', false],
    ['application/cloudevents-batch+json', 'e30=', true],
    ['application/octet-stream', 'e30=', true],
  ])('with a body of %s carries it as HTTP APIs do', async (type, body, isBase64Encoded) => {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: await sign({}) },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({ body, isBase64Encoded });
  });

  test('with bytes that are not UTF-8 carries them as they are, though its type says text', async () => {
    const bytes = Buffer.from('["Gr\xf6\xf6e"]', 'latin1');
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await sign({}) },
      body: bytes,
    });
    expect(await response.json()).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  });

  test('with a body over 10 MB is answered 413', async () => {
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    const response = await fetch(`${url}/v1/events`, { method: 'POST', headers: { authorization: await sign({}) }, body });
    expect(response.status).toBe(413);
  });

  test('goes to the most specific route', async () => {
    expect(await (await get('/v1/creators/me')).json()).toMatchObject({ routeKey: 'GET /v1/creators/me' });
    expect(await (await get('/files/a/b%2Fc')).json()).toMatchObject({ pathParameters: { path: 'a/b/c' } });
  });

  test.each(['/v1/nothing', '/v1/creators/', '/v1/creators/c-1/more', '//', '///'])(
    'to %s, which is no route, is answered 404',
    async (path) => {
      const response = await get(path, await sign({}));
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ message: 'Not Found' });
    },
  );

  test('whose function fails is answered 500 without the reason', async () => {
    const response = await get('/v1/throws');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  test('gets status, headers, cookies and binary body as the function gave them', async () => {
    const response = await get('/v1/shaped');
    expect([response.status, response.headers.get('etag'), response.headers.getSetCookie()]).toEqual([
      201,
      'W/"1"',
      ['a=1', 'b=2'],
    ]);
    expect(await response.text()).toBe('hi');
  });

  test('from a page of another origin gets no token from the issuer', async () => {
    const from = (origin: string) => fetch(`${url}/issuer/token`, { method: 'POST', headers: { origin } });
    expect((await from('http://elsewhere.example')).status).toBe(403);
    expect((await from(url)).status).toBe(200);
  });
});

test('a port that is taken is refused with the remedy', async () => {
  const taken = portOf(entrance.server);
  await expect(listenLocally(taken)).rejects.toThrow(`Port ${taken} is in use. Choose another: npm start -- --port ${taken + 1}`);
});
