/** How is TikTok Shop asked? Signed requests with a token, as fast as a shop allows, again where that helps, page by page. */
import { setTimeout as pause } from 'node:timers/promises';
import pThrottle from 'p-throttle';
import { listOf, objectOf, type Raw, textOf } from '../record.ts';
import { type Answer, type Received, readAnswer } from './answer.ts';
import { TikTokShopError } from './error.ts';
import { type Api, apis, hosts, requestsPerSecond, tokenPaths } from './rules/apis.ts';
import { signRequest } from './sign.ts';
import { openTokens, type Token, type TokenStore, tokenOf } from './token.ts';

/** The part of fetch that is used here. */
export type Fetch = (
  url: string,
  init: { method: string; headers: { [name: string]: string }; body?: string; signal?: AbortSignal },
) => Promise<{ status: number; text(): Promise<string> }>;

export interface ClientOptions {
  appKey: string;
  appSecret: string;
  tokens: TokenStore;
  /** Of the shop, from the list of authorised shops; absent for creators and for that list itself. */
  shopCipher?: string;
  hosts?: { api: string; auth: string };
  fetch?: Fetch;
  now?: () => number;
  /** 0 to below 1: how much of a pause is taken. */
  random?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
  /** Infinity: no limit of our own. Each process has its own, so several that read one shop share out what the vendor allows. */
  requestsPerSecond?: number;
  /** How often a call is tried before its failure is told. */
  attempts?: number;
}

export interface Question {
  /** Fills `{id}` of the path. */
  id?: string;
  query?: { [name: string]: string };
  body?: { [name: string]: unknown };
}

export interface Page {
  items: Raw[];
  /** Undefined after the last one. That an absent or empty token means so is inferred. */
  next: string | undefined;
  data: Raw;
}

export interface Client {
  /** `data` of the answer. Throws TikTokShopError, or NotConnected where there is no token. */
  call(api: Api, question?: Question): Promise<Raw>;
  /** One page of a list. */
  page(api: Api, question?: Question, token?: string): Promise<Page>;
  /** All pages of a list. Throws where they do not end. */
  pages(api: Api, question?: Question): AsyncGenerator<Page>;
}

const timeoutMs = 30_000;
const shortestPause = 500;
const longestPause = 30_000;
/** More pages than any list has: a list that goes on beyond them has no end. */
const mostPages = 10_000;

export function openClient(options: ClientOptions): Client {
  const { appKey, appSecret, shopCipher, fetch: send = fetch, now = Date.now, random = Math.random, sleep = pause } = options;
  const { api: apiHost, auth: authHost } = options.hosts ?? hosts;
  const { requestsPerSecond: limit = requestsPerSecond, attempts = 8 } = options;

  async function receive(call: string, url: string, init: Parameters<Fetch>[1]): Promise<Received> {
    try {
      const response = await send(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      if (!(error instanceof Error) || !/^(TypeError|TimeoutError|AbortError)$/.test(error.name)) throw error;
      // What fetch throws may hold the address, and the address of a refresh holds secrets.
      const says =
        error.name === 'TypeError' ? 'TikTok Shop cannot be reached, or broke off' : 'TikTok Shop did not answer in time';
      throw new TikTokShopError({ call, remedy: 'retry', says });
    }
  }

  // Signed when its turn has come: a timestamp is good for five minutes only.
  async function ask(api: Api, { id, query = {}, body }: Question, token: Token): Promise<Answer> {
    const path = api.path.replace('{id}', encodeURIComponent(id ?? ''));
    const text = body === undefined ? undefined : JSON.stringify(body);
    const signed: { [name: string]: string } = { ...query, app_key: appKey, timestamp: String(Math.floor(now() / 1000)) };
    if (shopCipher && !api.ofCreator) signed.shop_cipher = shopCipher;
    signed.sign = signRequest({ path, query: signed, body: text }, appSecret);
    const headers = { 'content-type': 'application/json', 'x-tts-access-token': token.accessToken };
    const url = `${apiHost}${path}?${new URLSearchParams(signed)}`;
    return readAnswer(api.name, await receive(api.name, url, { method: api.method, headers, body: text }));
  }
  const askInTurn = Number.isFinite(limit) ? pThrottle({ limit, interval: 1000, strict: true })(ask) : ask;

  /** Tries until it is answered, or trying again does not help. `attempt` answers or throws a TikTokShopError. */
  async function persist(attempt: () => Promise<Answer>): Promise<Raw> {
    for (let tries = 1; ; tries++) {
      const failure = await attempt().then(
        (answer) => (answer.ok ? answer : new TikTokShopError(answer.failure)),
        (error: unknown) => {
          if (error instanceof TikTokShopError) return error;
          throw error;
        },
      );
      if (!(failure instanceof TikTokShopError)) return failure.data;
      if (failure.remedy !== 'retry' || tries >= attempts) throw failure;
      // Exponential, and anything up to it: those who failed together do not come again together.
      await sleep(random() * Math.min(longestPause, shortestPause * 2 ** tries));
    }
  }

  async function refresh(refreshToken: string): Promise<Token> {
    const query = { app_key: appKey, app_secret: appSecret, refresh_token: refreshToken, grant_type: 'refresh_token' };
    const url = `${authHost}${tokenPaths.refresh}?${new URLSearchParams(query)}`;
    const name = 'token refresh';
    try {
      return tokenOf(await persist(async () => readAnswer(name, await receive(name, url, { method: 'GET', headers: {} }))));
    } catch (error) {
      if (error instanceof RangeError)
        throw new TikTokShopError({ call: name, remedy: 'give up', says: `the answer lacks something: ${error.message}` });
      throw finalOf(error);
    }
  }
  const tokens = openTokens({ store: options.tokens, refresh, now });

  async function call(api: Api, question: Question = {}): Promise<Raw> {
    let token = await tokens.current();
    const attempt = () => persist(() => askInTurn(api, question, token));
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TikTokShopError) || error.remedy !== 'refresh') throw error;
      token = await tokens.renew(token);
      return await attempt().catch((again: unknown) => {
        throw finalOf(again);
      });
    }
  }

  async function page(api: Api, question: Question = {}, token?: string): Promise<Page> {
    const size = api.pageSize === undefined ? undefined : { page_size: String(api.pageSize) };
    const at = token === undefined ? undefined : { page_token: token };
    const data = await call(api, { ...question, query: { ...size, ...question.query, ...at } });
    return { items: listOf(data[api.list ?? '']), next: textOf(data.next_page_token), data: objectOf(data) };
  }

  async function* pages(api: Api, question: Question = {}): AsyncGenerator<Page> {
    const endless = endlessGuard(api.name);
    let token: string | undefined;
    do {
      const found = await page(api, question, token);
      yield found;
      token = found.next;
      endless(token);
    } while (token !== undefined);
  }

  return { call, page, pages };
}

/** A token that is not taken although it is fresh cannot be mended by another refresh: the seller has to connect again. */
function finalOf(error: unknown): unknown {
  if (!(error instanceof TikTokShopError) || error.remedy !== 'refresh') return error;
  const { code, status, requestId, call } = error;
  return new TikTokShopError({
    call,
    remedy: 'reconnect',
    says: 'a fresh token is not taken: connect the shop again',
    code,
    status,
    requestId,
  });
}

/** Throws at a page token that was given before, or after more pages than any list has. */
export function endlessGuard(call: string, most = mostPages): (token: string | undefined) => void {
  const seen = new Set<string>();
  return (token) => {
    if (token === undefined) return;
    const says = seen.has(token) ? 'the same page comes again' : `there are more than ${most} pages`;
    if (seen.has(token) || seen.size >= most)
      throw new TikTokShopError({ call, remedy: 'give up', says: `its pages do not end: ${says}` });
    seen.add(token);
  };
}

/** What a seller's consent is worth: the token for a code, which is good once and for half an hour. Stored by the caller. */
export async function exchangeCode(
  code: string,
  {
    appKey,
    appSecret,
    hosts: { auth } = hosts,
    fetch: send = fetch,
  }: Pick<ClientOptions, 'appKey' | 'appSecret' | 'hosts' | 'fetch'>,
): Promise<Token> {
  const query = { app_key: appKey, app_secret: appSecret, auth_code: code, grant_type: 'authorized_code' };
  const response = await send(`${auth}${tokenPaths.get}?${new URLSearchParams(query)}`, { method: 'GET', headers: {} });
  const answer = readAnswer('token for a code', { status: response.status, text: await response.text() });
  if (!answer.ok) throw new TikTokShopError(answer.failure);
  return tokenOf(answer.data);
}

export const shopsOf = async (client: Client): Promise<Raw[]> => (await client.page(apis.shops)).items;
