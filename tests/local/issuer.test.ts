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

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = [{ id: 'c-1', name: 'Rosa <b>', creator: 'c-1', roles: ['creator' as const] }];
  const issuer = await openIssuer({ dataDir, url, audience: 'dashboard', accounts });
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

  it.each([
    ['a page elsewhere', { redirect_uri: 'http://elsewhere.example/' }],
    ['no address', { redirect_uri: 'nonsense' }],
    ['a page that cannot prove that it asked', { code_challenge_method: 'plain' }],
  ])('is refused to %s', async (_, more) => expect((await authorize({ login_hint: 'c-1', ...more })).status).toBe(400));

  it('is refused to who has the code but not its proof, a code twice, or a refresh token of nobody', async () => {
    const code = codeOf(await authorize({ login_hint: 'c-1' }));
    const other = randomBytes(32).toString('base64url');
    expect((await trade({ grant_type: 'authorization_code', code, code_verifier: other })).status).toBe(400);
    const fresh = codeOf(await authorize({ login_hint: 'c-1' }));
    const form = { grant_type: 'authorization_code', code: fresh, code_verifier: verifier };
    expect((await trade(form)).status).toBe(200);
    expect((await trade(form)).status).toBe(400);
    expect((await trade({ grant_type: 'authorization_code', code: 'made-up' })).status).toBe(400);
    expect((await trade({ grant_type: 'refresh_token', refresh_token: '<nobody>' })).status).toBe(400);
  });
});
