/** How is the report API asked? With the token of the session, by ETag, and with one kind of failure. */

import { say } from '../formatting/say.ts';
import { noteServerTime } from './clock.ts';

/** What the API refused or could not do: `code` as in its problem details. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly issues: { path: string; message: string }[];
  /** Milliseconds to wait, where the answer said so. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    issues: { path: string; message: string }[] = [],
    retryAfter?: number,
  ) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
    this.issues = issues;
    this.retryAfter = retryAfter;
  }
}

export interface Bearer {
  token(): string | undefined;
  /** Trades for a fresh token; false where there is none to be had. Throws ApiFailure where the issuer cannot be reached. */
  renew(): Promise<boolean>;
  /** Gives the session up: its tokens are not taken. */
  end(): Promise<void>;
}

/** Values of parameters; undefined ones are left out. */
export type Query = Record<string, string | number | undefined>;

export interface Api {
  get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer>;
  send<Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
}

const timeoutMs = 20_000;
/** Answers kept with their ETag, so that what has not changed is not sent again. */
const mostKept = 100;

export const ofCreator = (creatorId: string, rest = ''): string => `/creators/${encodeURIComponent(creatorId)}${rest}`;

export const addressOf = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/v1${path}${words ? `?${words}` : ''}`;
};

/** A refusal in words. The gateway's own are no problem details: they have a message alone. */
function failureOf(response: Response, text: string): ApiFailure {
  const said = (readJson(text) ?? {}) as { code?: string; detail?: string; message?: string; issues?: [] };
  const seconds = Number(response.headers.get('retry-after'));
  const message = said.detail ?? said.message ?? say('failure.answered', { status: response.status });
  const code = said.code ?? `http_${response.status}`;
  return new ApiFailure(response.status, code, message, said.issues, seconds ? seconds * 1000 : undefined);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The whole answer, body included: a connection can be lost, or time run out, in the middle of it. */
async function reach(url: string, init: RequestInit): Promise<{ response: Response; text: string }> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, late]) : late });
    noteServerTime(response.headers.get('date'));
    return { response, text: await response.text() };
  } catch (reason) {
    if (init.signal?.aborted) throw reason;
    throw late.aborted
      ? new ApiFailure(0, 'late', say('failure.text.late'))
      : new ApiFailure(0, 'unreachable', say('failure.text.unreachable'));
  }
}

/** The lag that an answer carries beside its body, put into it: a 304 has no body, and the lag grows while all else stays. */
function withLag<Answer>(answer: Answer, response: Response): Answer {
  const lag = response.headers.get('x-lag-seconds');
  return lag === null || (answer as { lagSeconds?: number }).lagSeconds === Number(lag)
    ? answer
    : { ...answer, lagSeconds: Number(lag) };
}

/** Makes what asks the API for a bearer: an expired token is renewed once, then the answer counts. */
export function makeApi(bearer: Bearer): Api {
  const kept = new Map<string, { etag: string; answer: unknown }>();

  async function ask(url: string, init: RequestInit): Promise<{ response: Response; text: string }> {
    const attempt = () => reach(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${bearer.token() ?? ''}` } });
    const first = await attempt();
    if (first.response.status !== 401 || !(await bearer.renew())) return first;
    const second = await attempt();
    // A fresh token that is refused will not be taken the next time either.
    if (second.response.status === 401) await bearer.end();
    return second;
  }

  return {
    async get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer> {
      const url = addressOf(path, query);
      const known = kept.get(url);
      const headers: HeadersInit = known ? { 'if-none-match': known.etag } : {};
      const { response, text } = await ask(url, { headers, ...(signal ? { signal } : {}) });
      if (response.status === 304 && known) {
        // The same body can have got another mark.
        known.etag = response.headers.get('etag') ?? known.etag;
        return withLag(known.answer as Answer, response);
      }
      if (!response.ok) throw failureOf(response, text);
      const answer = JSON.parse(text) as Answer;
      const etag = response.headers.get('etag');
      if (etag) {
        kept.delete(url);
        kept.set(url, { etag, answer });
        if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
      }
      return answer;
    },
    async send<Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
      const { response, text } = await ask(addressOf(path), {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!response.ok) throw failureOf(response, text);
      return readJson(text) as Answer;
    },
  };
}
