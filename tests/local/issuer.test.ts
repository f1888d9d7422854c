/** Does the embedded issuer sign people in as a real one would, and nobody else's page? */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIssuer } from '../../local/servers/issuer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'issuer-'));
let server: Server;
let url = '';
let now = Date.parse('2026-03-01T12:00:00Z');
const accounts = [{ id: 'c-1', name: 'Rosa <b>', creator: 'c-1', roles: ['creator' as const] }];

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = await openIssuer({ dataDir, url, audience: 'dashboard', accounts: async () => accounts, now: () => now });
  server.on('request', issuer.handle);
});
afterAll(() => {
  server.close();
  rmSync(dataDir, { recursive: true });
});

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

function authorize(more: Record<string, string>, headers: HeadersInit = {}): Promise<Response> {
  const query = { client_id: 'dashboard', response_type: 'code', redirect_uri: `${url}/`, state: 's', code_challenge: challenge };
  const search = new URLSearchParams({ ...query, code_challenge_method: 'S256', ...more });
  return fetch(`${url}/authorize?${search}`, { redirect: 'manual', headers });
}
const codeOf = (response: Response): string => new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
const trade = (form: Record<string, string>): Promise<Response> =>
  fetch(`${url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'dashboard', redirect_uri: `${url}/`, ...form }),
  });

describe('a sign-in', () => {
  it('gives tokens of the account that was chosen, and renews them as the same one', async () => {
    const code = codeOf(await authorize({ login_hint: 'c-1', nonce: 'n' }));
    const first = (await (await trade({ grant_type: 'authorization_code', code, code_verifier: verifier })).json()) as Record<
      string,
      string
    >;
    expect(decodeJwt(first.access_token!)).toMatchObject({ creator_id: 'c-1', roles: ['creator'], client_id: 'dashboard' });
    expect(decodeJwt(first.id_token!)).toMatchObject({ sub: 'c-1', aud: 'dashboard', nonce: 'n' });
    const next = (await (await trade({ grant_type: 'refresh_token', refresh_token: first.refresh_token! })).json()) as Record<
      string,
      string
    >;
    expect(decodeJwt(next.access_token!)).toMatchObject({ creator_id: 'c-1', sub: 'c-1' });
  });

  it('remembers who was chosen, until the session is ended', async () => {
    const cookie = (await authorize({ login_hint: 'c-1' })).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^account=c-1; Path=\/issuer; .*HttpOnly; SameSite=Lax$/);
    expect(codeOf(await authorize({}, { cookie: 'account=c-1' }))).not.toBe('');
    expect((await authorize({}, { cookie: 'account=%' })).status).toBe(200);
    const ended = await fetch(`${url}/endsession?post_logout_redirect_uri=${encodeURIComponent(`${url}/`)}`, {
      redirect: 'manual',
    });
    expect(ended.headers.get('set-cookie')).toMatch(/^account=; .*Max-Age=0/);
    expect(ended.headers.get('location')).toBe(`${url}/`);
  });

  it('asks who it shall be where nobody was named', async () => {
    const page = await (await authorize({})).text();
    expect(page).toContain('Rosa &lt;b&gt;');
    expect(page).toContain('login_hint=c-1');
  });

  it('finds an account that came since', async () => {
    accounts.push({ id: 'c-new', name: 'Came later', creator: 'c-new', roles: ['creator'] });
    expect(await (await authorize({})).text()).toContain('Came later');
    accounts.pop();
    expect(await (await authorize({})).text()).not.toContain('Came later');
  });
});

const signedIn = async (more: Record<string, string> = {}): Promise<string> =>
  codeOf(await authorize({ login_hint: 'c-1', ...more }));
const codeForm = async (): Promise<Record<string, string>> => ({
  grant_type: 'authorization_code',
  code: await signedIn(),
  code_verifier: verifier,
});
const errorOf = async (response: Response): Promise<unknown> => ({
  status: response.status,
  error: ((await response.json()) as { error?: string }).error,
});

describe('a code is not given out', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['to a page elsewhere', { redirect_uri: 'http://elsewhere.example/' }, /redirect_uri/],
    ['to another page of its own origin', { redirect_uri: '/c/c-1/overview' }, /redirect_uri/],
    ['to no address', { redirect_uri: 'nonsense' }, /redirect_uri/],
    ['to another client', { client_id: 'other' }, /client_id/],
    ['without a proof to come', { code_challenge: '' }, /code_challenge/],
    ['for a proof of the wrong length', { code_challenge: 'short' }, /code_challenge/],
    ['for a proof in plain text', { code_challenge_method: 'plain' }, /code_challenge_method/],
    ['where a token is asked for instead', { response_type: 'token' }, /response_type/],
    ['for a scope that there is not', { scope: 'openid everything' }, /scope everything/],
  ])('%s', async (_, more, why) => {
    const response = await authorize({ login_hint: 'c-1', ...more });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toMatch(why);
  });

  it('where a parameter is there twice: one would be checked and the other used', async () => {
    const query = `client_id=dashboard&response_type=code&redirect_uri=${encodeURIComponent(`${url}/`)}&redirect_uri=http%3A%2F%2Felsewhere.example%2F`;
    const rest = `&login_hint=c-1&code_challenge=${challenge}&code_challenge_method=S256`;
    const response = await fetch(`${url}/authorize?${query}${rest}`, { redirect: 'manual' });
    expect(response.status).toBe(400);
  });
});

describe('a code buys no token', () => {
  it.each<[string, Record<string, string>, string]>([
    ['without its proof', { code_verifier: '' }, 'invalid_grant'],
    ['with the proof of another', { code_verifier: randomBytes(32).toString('base64url') }, 'invalid_grant'],
    ['with its challenge in place of the proof', { code_verifier: challenge }, 'invalid_grant'],
    ['for another page than it was asked for', { redirect_uri: 'http://elsewhere.example/' }, 'invalid_grant'],
    ['for another client', { client_id: 'other' }, 'invalid_client'],
    ['for nobody', { client_id: '' }, 'invalid_client'],
    ['when it was made up', { code: 'made-up' }, 'invalid_grant'],
    ['under another grant', { grant_type: 'password', username: 'c-1' }, 'unsupported_grant_type'],
    ['as an assertion', { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x' }, 'unsupported_grant_type'],
  ])('%s', async (_, more, error) => {
    expect(await errorOf(await trade({ ...(await codeForm()), ...more }))).toEqual({ status: 400, error });
  });

  it('where the proof is left out altogether', async () => {
    const { code_verifier: _, ...form } = await codeForm();
    expect(await errorOf(await trade(form))).toEqual({ status: 400, error: 'invalid_grant' });
  });

  it('a second time, nor after a wrong try', async () => {
    const form = await codeForm();
    expect((await trade(form)).status).toBe(200);
    expect(await errorOf(await trade(form))).toEqual({ status: 400, error: 'invalid_grant' });
    const tried = await codeForm();
    expect((await trade({ ...tried, code_verifier: 'x'.repeat(43) })).status).toBe(400);
    expect(await errorOf(await trade(tried))).toEqual({ status: 400, error: 'invalid_grant' });
  });

  it('after five minutes', async () => {
    const form = await codeForm();
    now += 5 * 60_000;
    expect(await errorOf(await trade(form))).toEqual({ status: 400, error: 'invalid_grant' });
  });

  it('for more than its account may: what is added to the form says nothing', async () => {
    const response = await trade({ ...(await codeForm()), roles: 'admin', creator_id: 'c-2', expires_in: '2000000' });
    const { access_token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(access_token)).toMatchObject({ creator_id: 'c-1', roles: ['creator'] });
    expect(decodeJwt(access_token).exp).toBe(Math.floor(now / 1000) + 3600);
  });
});

describe('a refresh token', () => {
  const refreshToken = async (): Promise<string> =>
    ((await (await trade(await codeForm())).json()) as { refresh_token: string }).refresh_token;
  const renew = (refresh_token: string, more: Record<string, string> = {}) =>
    trade({ grant_type: 'refresh_token', refresh_token, ...more });

  it('renews for its own client', async () => {
    const token = await refreshToken();
    expect((await renew(token)).status).toBe(200);
    expect(await errorOf(await renew(token, { client_id: 'other' }))).toEqual({ status: 400, error: 'invalid_client' });
  });

  it.each<[string, (token: string) => string]>([
    ['nobody', () => '<nobody>'],
    ['a creator, made up', () => 'c-1 made-up'],
    ['another creator, with the name changed', (token) => token.replace('c-1', 'c-2')],
    ['nothing', () => ''],
  ])('of %s is refused', async (_, change) => {
    expect(await errorOf(await renew(change(await refreshToken())))).toEqual({ status: 400, error: 'invalid_grant' });
  });

  it('outlives a restart', async () => {
    const token = await refreshToken();
    const again = await openIssuer({ dataDir, url, audience: 'dashboard', accounts: async () => accounts, now: () => now });
    server.removeAllListeners('request');
    server.on('request', again.handle);
    expect((await renew(token)).status).toBe(200);
  });
});

describe('a machine gets a token', () => {
  const ask = (form: Record<string, string>) => trade({ grant_type: 'client_credentials', ...form });

  it('of the roles and the creator it asks for: on this machine anyone may', async () => {
    const { access_token } = (await (await ask({ roles: 'service analyst', expires_in: '60' })).json()) as {
      access_token: string;
    };
    expect(decodeJwt(access_token)).toMatchObject({ roles: ['service', 'analyst'], sub: 'service' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['roles that there are not', { roles: 'owner' }, 'invalid_scope'],
    ['no role', { roles: ' ' }, 'invalid_scope'],
    ['a creator that can be none', { creator_id: '<b>' }, 'invalid_request'],
    ['no time', { expires_in: '0' }, 'invalid_request'],
    ['a year', { expires_in: String(365 * 86_400) }, 'invalid_request'],
    ['some time', { expires_in: 'soon' }, 'invalid_request'],
  ])('but not for %s', async (_, form, error) => expect(await errorOf(await ask(form))).toEqual({ status: 400, error }));
});

it('a sign-out leads to nobody else’s page', async () => {
  const out = (target: string) =>
    fetch(`${url}/endsession?post_logout_redirect_uri=${encodeURIComponent(target)}`, { redirect: 'manual' });
  expect((await out('http://elsewhere.example/')).status).toBe(400);
  expect((await out(`${url}/`)).status).toBe(302);
});
