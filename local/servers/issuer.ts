/** Who signs the tokens on a laptop, where there is no Cognito? */
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { JSONWebKeySet } from 'jose';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { writeWhole } from '../data-dir.ts';
import { type Account, accountOf, choicePage, remember, rememberedAccount } from './accounts.ts';
import {
  Codes,
  invalidGrant,
  makeRefreshTokens,
  refusalOfMachine,
  refusalOfSignIn,
  rolesOf,
  type TokenForm,
  type TokenRefusal,
} from './sign-in-rules.ts';

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
  /** Who can sign in with one click, asked anew each time. */
  accounts: () => Promise<Account[]>;
  /** Pages that may be sent back to, beside the first page of its own origin. */
  redirects?: string[];
  now?: () => number;
}

/** An OpenID issuer: code flow with PKCE for people, client credentials for machines. It asks nobody for a password. */
export async function openIssuer(options: IssuerOptions): Promise<Issuer> {
  const { dataDir, url, audience, accounts, redirects = [], now = Date.now } = options;
  const issuer = new OAuth2Issuer();
  issuer.url = url;
  const key = await openKey(issuer, join(dataDir, 'issuer-key.json'));
  const client = { clientId: audience, redirects: [`${new URL(url).origin}/`, ...redirects] };
  const codes = new Codes(now);
  const refreshTokens = makeRefreshTokens(key);
  const service = new OAuth2Service(issuer);
  /** Who a request speaks for, once it was let through. */
  const holders = new WeakMap<IncomingMessage, Account>();
  service.on('beforeAuthorizeRedirect', ({ url: back }: { url: URL }, request: IncomingMessage) => {
    const account = holders.get(request);
    const code = back.searchParams.get('code');
    if (account && code) codes.give(code, account, new URL(request.url ?? '/', url).searchParams);
  });
  service.on('beforeTokenSigning', ({ payload }: { payload: Record<string, unknown> }, request: IncomingMessage & Body) => {
    const { expires_in = '3600', creator_id, roles = 'creator' } = request.body;
    const asked = { creator: creator_id, roles: rolesOf(roles) as Role[] };
    Object.assign(payload, claimsOf(holders.get(request) ?? asked, audience));
    payload.exp = Math.floor(now() / 1000) + Number(expires_in);
  });
  service.on('beforeResponse', ({ body }: { body: Record<string, unknown> }, request: IncomingMessage) => {
    const account = holders.get(request);
    if (account) body.refresh_token = refreshTokens.give(account);
  });

  const authorize = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = new URL(request.url ?? '/', url);
    const refusal = refusalOfSignIn(asked.searchParams, client);
    if (refusal) return void response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(`${refusal}\n`);
    const known = await accounts();
    const account = accountOf(asked.searchParams.get('login_hint'), known) ?? rememberedAccount(request, known);
    if (!account) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(choicePage(asked, known));
      return;
    }
    remember(response, account);
    holders.set(request, account);
    service.requestHandler(request, response);
  };

  /** The account of a code or a refresh token, nothing for a machine, or why there is no token. */
  const holderOf = async (form: TokenForm): Promise<Account | TokenRefusal | undefined> => {
    const { grant_type, client_id } = form;
    if (grant_type === 'client_credentials') return refusalOfMachine(form);
    if (grant_type !== 'authorization_code' && grant_type !== 'refresh_token')
      return { error: 'unsupported_grant_type', error_description: `grant_type ${grant_type ?? ''} is not known.` };
    if (client_id !== audience) return { error: 'invalid_client', error_description: `client_id must be ${audience}.` };
    if (grant_type === 'authorization_code') return codes.trade(form);
    const account = accountOf(refreshTokens.read(form.refresh_token), await accounts());
    return account ?? invalidGrant('The refresh token was not given out by this issuer: sign in again.');
  };
  const trade = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const form = Object.fromEntries(new URLSearchParams(body)) as TokenForm;
    const holder = await holderOf(form);
    if (holder && 'error' in holder) {
      response.writeHead(400, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(holder));
      return;
    }
    const standard: Record<string, string | undefined> = { ...form };
    // Checked already, and against more than the service would look at.
    for (const name of ['code_verifier', ...(holder ? ['roles', 'creator_id', 'expires_in'] : [])]) delete standard[name];
    const whole = copyOf(request, new URLSearchParams(standard as Record<string, string>).toString());
    if (holder) holders.set(whole, holder);
    service.requestHandler(whole, response);
  };
  const end = (request: IncomingMessage, response: ServerResponse): void => {
    const target = new URL(request.url ?? '/', url).searchParams.get('post_logout_redirect_uri');
    if (target !== null && !client.redirects.includes(target)) {
      response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end(`post_logout_redirect_uri must be ${client.redirects.join(' or ')}\n`);
      return;
    }
    remember(response, undefined);
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
      const fail = (): void => void (response.headersSent ? response.destroy() : response.writeHead(503).end());
      const { pathname } = new URL(request.url ?? '/', url);
      if (request.method === 'GET' && pathname === '/authorize') return void authorize(request, response).catch(fail);
      if (request.method === 'POST' && pathname === '/token') return void trade(request, response).catch(fail);
      if (pathname === '/endsession') return end(request, response);
      service.requestHandler(request, response);
    },
  };
}

interface Body {
  body: TokenForm;
}

/** Loads the key of the folder, or makes it. Answers it as text, for what else has to be signed. */
async function openKey(issuer: OAuth2Issuer, file: string): Promise<string> {
  if (existsSync(file)) await issuer.keys.add(JSON.parse(readFileSync(file, 'utf8')));
  else writeWhole(file, JSON.stringify(await issuer.keys.generate('RS256')), 0o600);
  return readFileSync(file, 'utf8');
}

/** The same request with another body, as a form: the one that came was read to look at it. */
const copyOf = ({ method, url, headers }: IncomingMessage, body: string): IncomingMessage =>
  Object.assign(Readable.from([Buffer.from(body)]), {
    method,
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  }) as unknown as IncomingMessage;

function claimsOf({ creator, roles = ['creator'] }: TokenRequest, audience: string): Record<string, unknown> {
  const sub = creator ?? roles[0] ?? 'nobody';
  return { sub, roles, aud: audience, client_id: audience, token_use: 'access', ...(creator ? { creator_id: creator } : {}) };
}
