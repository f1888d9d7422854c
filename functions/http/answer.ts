/** How does an answer travel? As JSON or HTML, with a weak validator on reads; a refusal as a problem that names its code. */
import { createHash } from 'node:crypto';
import { ApiError, statusOfCode } from '../../shared/errors.ts';

export interface Response {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** What a route answers: something that becomes JSON, a whole page, where else it lies, or a status without a body. */
export type Answer = { json: unknown } | { html: string } | { redirect: string } | { empty: 200 | 401 };

/**
 * JSON that is made only for who does not have it: `mark` names all that it depends on, and equal marks mean equal answers (see
 * shared/reports/mark.ts). Without a mark it is made.
 */
export interface Marked {
  /** The mark that an answer would have now; asked only where the caller has one. */
  mark: () => Promise<string | undefined>;
  /** The answer with its mark, which says no more than is in it. */
  make: () => Promise<{ json: unknown; mark: string | undefined }>;
}

const titles = {
  bad_request: 'Bad request',
  unauthorized: 'Unauthorized',
  forbidden: 'Forbidden',
  not_found: 'Not found',
  conflict: 'Conflict',
  payload_too_large: 'Payload too large',
  too_many_requests: 'Too many requests',
  internal: 'Internal error',
  unavailable: 'Unavailable',
} as const satisfies Record<keyof typeof statusOfCode, string>;

const always = { 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' };

// Where it lies is a secret that has its time: nobody keeps it or tells it on.
const elsewhere = { ...always, 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' };

/** Hash of the body without `lagSeconds`, which counts up while nothing else changes; behind it the mark, where it has one. */
export function etagOf(body: string, mark?: string): string {
  const steady = body.replaceAll(/"lagSeconds":[\d.]+/g, '');
  const hash = createHash('sha256').update(steady).digest('base64url').slice(0, 22);
  return mark === undefined ? `W/"${hash}"` : `W/"${hash}.${mark}"`;
}

/** The lag beside the answer: it counts up while the body, and so the answer of 304, stays the same. */
function lagOf(answer: Answer): Record<string, string> {
  const { lagSeconds } = 'json' in answer ? (answer.json as { lagSeconds?: unknown }) : {};
  return typeof lagSeconds === 'number' ? { 'x-lag-seconds': String(lagSeconds) } : {};
}

/** The hash of the body in a validator, and the mark behind it: `W/"hash"` or `W/"hash.mark"`. */
function partsOf(etag: string): { hash: string; mark: string | undefined } {
  const [hash = '', mark] = etag.trim().replace(/^W\//, '').replaceAll('"', '').split('.');
  return { hash, mark };
}

/** Does If-None-Match name a body? Compared weakly (RFC 9110, 13.1.2): equal bodies are equal, whatever their marks. */
function names(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => partsOf(tag).hash === partsOf(etag).hash);
}

/** The validator of If-None-Match that carries this mark. */
const markedTag = (ifNoneMatch: string | undefined, mark: string): string | undefined =>
  ifNoneMatch?.split(',').find((tag) => partsOf(tag).mark === mark);

const notModified = (headers: Record<string, string>): Response => ({
  statusCode: 304,
  headers: { ...always, ...headers },
  body: '',
});

function pack(status: number, answer: { json: unknown } | { html: string }): Response {
  if ('json' in answer)
    return { statusCode: status, headers: { ...always, 'content-type': 'application/json' }, body: JSON.stringify(answer.json) };
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const headers = { ...always, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  return { statusCode: status, headers, body: answer.html };
}

/** A function can hand over 6 MB, as JSON in which the body is a text: a quote or backslash of the body counts twice. */
const mostBytes = 6_000_000;

/** Throws bad_request for an answer that could not travel. Lists end their pages long before: this is for what one question asks for. */
function requireSize(body: string): void {
  const bytes = Buffer.byteLength(body);
  // Every sign escaped would be twice as much.
  if (2 * bytes <= mostBytes) return;
  const travelling = bytes + (body.match(/["\\]/g)?.length ?? 0);
  if (travelling <= mostBytes) return;
  const size = `${(travelling / 1e6).toFixed(1)} MB`;
  const remedy = 'ask for fewer names or days, for weeks or months, or for a smaller top; an export has no such limit';
  throw new ApiError('bad_request', `The answer would have ${size}, and no more than 6 MB can be sent: ${remedy}.`);
}

/** The response of a route; a read that the caller already has becomes 304. Throws bad_request where it is too large to be sent. */
export function respond(
  method: string,
  status: number,
  answer: Answer,
  ifNoneMatch: string | undefined,
  mark?: string,
): Response {
  if ('empty' in answer) return { statusCode: answer.empty, headers: always, body: '' };
  if ('redirect' in answer) return { statusCode: status, headers: { ...elsewhere, location: answer.redirect }, body: '' };
  const response = pack(status, answer);
  requireSize(response.body);
  if (method !== 'GET') return response;
  const etag = etagOf(response.body, mark);
  const headers = { etag, ...lagOf(answer) };
  if (names(ifNoneMatch, etag)) return notModified(headers);
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** The response of a read that may carry a mark: where the caller has an answer of the same mark, 304 without making it. */
export async function respondMarked(status: number, { mark, make }: Marked, ifNoneMatch: string | undefined): Promise<Response> {
  const now = ifNoneMatch === undefined ? undefined : await mark();
  const known = now === undefined ? undefined : markedTag(ifNoneMatch, now);
  // What waits has no mark: here nothing does.
  if (known) return notModified({ etag: known.trim(), ...lagOf({ json: { lagSeconds: 0 } }) });
  const made = await make();
  return respond('GET', status, { json: made.json }, ifNoneMatch, made.mark);
}

/** The response of a refusal. */
export function refuse({ code, message, issues, retryAfterSeconds }: ApiError): Response {
  const status = statusOfCode[code];
  const body = {
    type: `/v1/docs#${code}`,
    title: titles[code],
    status,
    detail: message,
    code,
    ...(issues.length ? { issues } : {}),
  };
  const headers = { ...always, 'content-type': 'application/problem+json' };
  const again = retryAfterSeconds ?? (code === 'unavailable' ? 1 : undefined);
  return {
    statusCode: status,
    headers: again === undefined ? headers : { ...headers, 'retry-after': String(again) },
    body: JSON.stringify(body),
  };
}
