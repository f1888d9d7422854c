/** How is the report API asked? With the token of the session, by ETag, and with one kind of failure. */
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
  renew(): Promise<boolean>;
}

/** Values of parameters; undefined ones are left out. */
export type Query = Record<string, string | number | undefined>;

export interface Api {
  get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer>;
  send<Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
}

const patience = 20_000;
/** Answers kept with their ETag, so that what has not changed is not sent again. */
const mostKept = 100;

export const addressOf = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/v1${path}${words ? `?${words}` : ''}`;
};

async function failureOf(response: Response): Promise<ApiFailure> {
  // The gateway's own refusals are no problem details: they have a message alone.
  const said = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; message?: string; issues?: [] };
  const seconds = Number(response.headers.get('retry-after'));
  const message = said.detail ?? said.message ?? `The service answered ${response.status}.`;
  return new ApiFailure(
    response.status,
    said.code ?? `http_${response.status}`,
    message,
    said.issues,
    seconds ? seconds * 1000 : undefined,
  );
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const late = AbortSignal.timeout(patience);
    const response = await fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, late]) : late });
    noteServerTime(response.headers.get('date'));
    return response;
  } catch (reason) {
    if (init.signal?.aborted) throw reason;
    const isLate = reason instanceof DOMException && reason.name === 'TimeoutError';
    throw new ApiFailure(
      0,
      isLate ? 'late' : 'unreachable',
      isLate ? 'The service took too long to answer.' : 'The service cannot be reached.',
    );
  }
}

/** Makes what asks the API for a bearer: an expired token is renewed once, then the answer counts. */
export function makeApi(bearer: Bearer): Api {
  const kept = new Map<string, { etag: string; answer: unknown }>();

  async function ask(url: string, init: RequestInit): Promise<Response> {
    const attempt = () => reach(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${bearer.token() ?? ''}` } });
    const response = await attempt();
    return response.status === 401 && (await bearer.renew()) ? attempt() : response;
  }

  return {
    async get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer> {
      const url = addressOf(path, query);
      const known = kept.get(url);
      const headers: HeadersInit = known ? { 'if-none-match': known.etag } : {};
      const response = await ask(url, { headers, ...(signal ? { signal } : {}) });
      if (response.status === 304 && known) return known.answer as Answer;
      if (!response.ok) throw await failureOf(response);
      const answer = (await response.json()) as Answer;
      const etag = response.headers.get('etag');
      if (etag) {
        kept.delete(url);
        kept.set(url, { etag, answer });
        if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
      }
      return answer;
    },
    async send<Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
      const response = await ask(addressOf(path), {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!response.ok) throw await failureOf(response);
      return (await response.json().catch(() => undefined)) as Answer;
    },
  };
}
