/** Who signs the tokens on a laptop, where there is no Cognito? */
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { writeWhole } from '../data-dir.ts';
import { type Account, accountOf, choicePage, remember, rememberedAccount } from './accounts.ts';

export type Role = 'creator' | 'analyst' | 'admin' | 'service';

export interface TokenRequest {
  creator?: string;
  roles?: Role[];
  /** Seconds until the token expires; an hour unless told. */
  expiresIn?: number;
}

export interface Issuer {
  url: string;
  /** The public keys, as the issuer serves them. */
  keys: JSONWebKeySet;
  token(request: TokenRequest): Promise<string>;
  /** Serves discovery, keys, sign-in and the token endpoint; mounted under the path of `url`. */
  handle: RequestListener;
}

export interface IssuerOptions {
  /** Its key lies there, so that a token outlives a restart. */
  dataDir: string;
  url: string;
  /** The client id that the template's authorizer expects. */
  audience: string;
  /** Who can sign in with one click. */
  accounts: Account[];
}

/** An OpenID issuer: code flow with PKCE for people, client credentials for machines. It asks nobody for a password. */
export async function openIssuer({ dataDir, url, audience, accounts }: IssuerOptions): Promise<Issuer> {
  const issuer = new OAuth2Issuer();
  issuer.url = url;
  const keyFile = join(dataDir, 'issuer-key.json');
  if (existsSync(keyFile)) await issuer.keys.add(JSON.parse(readFileSync(keyFile, 'utf8')));
  else writeWhole(keyFile, JSON.stringify(await issuer.keys.generate('RS256')), 0o600);

  const service = new OAuth2Service(issuer);
  /** Who asked for a code, until it is traded for tokens. */
  const codes = new Map<string, Account>();
  const signedIn = new WeakMap<IncomingMessage, Account>();
  service.on('beforeAuthorizeRedirect', ({ url: back }: { url: URL }, request: IncomingMessage) => {
    const account = signedIn.get(request);
    const code = back.searchParams.get('code');
    if (account && code) codes.set(code, account);
  });
  service.on('beforeTokenSigning', ({ payload }: { payload: Record<string, unknown> }, { body }: { body: TokenForm }) => {
    const account = holderOf(body, codes, accounts);
    const seconds = Number(body.expires_in ?? 3600);
    const request = account ?? { creator: body.creator_id, roles: rolesOf(body.roles) };
    Object.assign(payload, claimsOf(request, audience));
    if (Number.isFinite(seconds)) payload.exp = Math.floor(Date.now() / 1000) + seconds;
  });
  service.on('beforeResponse', (answer: { statusCode: number; body: Record<string, unknown> }, { body }: { body: TokenForm }) => {
    if (body.grant_type !== 'authorization_code' && body.grant_type !== 'refresh_token') return;
    const account = holderOf(body, codes, accounts);
    codes.delete(body.code ?? '');
    if (account) answer.body.refresh_token = `${account.id} ${crypto.randomUUID()}`;
    else Object.assign(answer, { statusCode: 400, body: { error: 'invalid_grant' } });
  });
  const authorize = (request: IncomingMessage, response: ServerResponse): void => {
    const asked = new URL(request.url ?? '/', url);
    const refuse = refusalOf(asked, url);
    if (refuse) return void response.writeHead(400, { 'content-type': 'text/plain' }).end(refuse);
    const account = accountOf(asked.searchParams.get('login_hint'), accounts) ?? rememberedAccount(request, accounts);
    if (!account) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(choicePage(asked, accounts));
      return;
    }
    remember(response, account);
    signedIn.set(request, account);
    service.requestHandler(request, response);
  };
  return {
    url,
    keys: { keys: issuer.keys.toJSON() },
    token: (request) =>
      issuer.buildToken({
        expiresIn: request.expiresIn ?? 3600,
        scopesOrTransform: (_header, payload) => void Object.assign(payload, claimsOf(request, audience)),
      }),
    handle: (request, response) => {
      const { pathname } = new URL(request.url ?? '/', url);
      if (request.method === 'GET' && pathname === '/authorize') return authorize(request, response);
      if (pathname === '/endsession') remember(response, undefined);
      service.requestHandler(request, response);
    },
  };
}

/** What the token endpoint reads beside the standard fields. */
interface TokenForm {
  grant_type?: string;
  code?: string;
  refresh_token?: string;
  creator_id?: string;
  roles?: string;
  expires_in?: string;
}

/** Whose code or refresh token this is: a refresh token begins with its account. */
function holderOf({ grant_type, code, refresh_token }: TokenForm, codes: Map<string, Account>, known: Account[]) {
  if (grant_type === 'authorization_code') return codes.get(code ?? '');
  return grant_type === 'refresh_token' ? accountOf(refresh_token?.split(' ')[0], known) : undefined;
}

/** A code is sent nowhere but to this runtime's own pages, and only to who can prove (PKCE) that it asked. */
function refusalOf(asked: URL, url: string): string | undefined {
  const target = asked.searchParams.get('redirect_uri') ?? '';
  if (!URL.canParse(target) || new URL(target).origin !== new URL(url).origin)
    return `redirect_uri must be a page of ${new URL(url).origin}`;
  return asked.searchParams.get('code_challenge_method') === 'S256' ? undefined : 'code_challenge_method must be S256';
}

function claimsOf({ creator, roles = ['creator'] }: TokenRequest, audience: string): Record<string, unknown> {
  const sub = creator ?? roles[0] ?? 'nobody';
  return { sub, roles, aud: audience, client_id: audience, token_use: 'access', ...(creator ? { creator_id: creator } : {}) };
}

function rolesOf(words: string | undefined): Role[] {
  return words ? (words.split(/[ ,]+/).filter(Boolean) as Role[]) : ['creator'];
}
