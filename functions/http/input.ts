/** Is the request well formed? Query and body against the endpoint's schemas; what is wrong is named with its place and remedy. */
import type * as z from 'zod';
import type { Body, Endpoint } from '../../shared/api/endpoint.ts';
import { bodyLimit } from '../../shared/api/events.ts';
import { ApiError, type Issue } from '../../shared/errors.ts';

export interface RawBody {
  body?: string | undefined;
  isBase64Encoded?: boolean;
  headers: Record<string, string | undefined>;
}

/** Zod's findings as issues; a field that is not declared is named with the ones that are. */
export function issuesOf(error: z.ZodError, known: string[] = []): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join('.'),
        // What is known of a part of the body the description tells.
        message: issue.path.length ? 'unknown: leave it out' : `unknown; known are ${known.join(', ') || 'none'}`,
      }));
    const where = issue.path.join('.');
    return [{ path: where || 'body', message: issue.message }];
  });
}

/** Names that a query holds more than once: the gateway joins their values with a comma, which may mean something else. */
function repeatedIn(raw: string | undefined): string[] {
  const names = [...new URLSearchParams(raw ?? '').keys()];
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

/** The parameters, checked; `raw` is the query as it was sent. Throws bad_request for what the endpoint does not take. */
export function readQuery(endpoint: Endpoint, given: Record<string, string | undefined> | undefined, raw?: string): unknown {
  const repeated = repeatedIn(raw).map((path) => ({ path, message: 'is given more than once: give it once' }));
  if (repeated.length) throw new ApiError('bad_request', 'The query is not valid: see issues.', repeated);
  const parsed = endpoint.query.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error, Object.keys(endpoint.query.shape));
  // The place in a list of names means nothing in a query: its parameter does.
  const named = issues.map(({ path, message }) => ({ path: path.split('.', 1)[0] as string, message }));
  throw new ApiError('bad_request', 'The query is not valid: see issues.', named);
}

/** Throws bad_request for bytes that are not UTF-8 too: with a sign in place of each lost letter, two ids would become one. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new ApiError('bad_request', 'The body is not JSON in UTF-8.', [{ path: 'body', message: 'must be JSON in UTF-8' }]);
  }
}

/** The bytes of a body as they were sent. Throws payload_too_large beyond 1 MB. */
export function bytesOf({ body = '', isBase64Encoded }: RawBody): Buffer {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > bodyLimit)
    throw new ApiError(
      'payload_too_large',
      `The body has ${bytes.length} bytes; at most ${bodyLimit} are taken. Send it in parts.`,
    );
  return bytes;
}

/** The body, decoded and checked. Throws payload_too_large beyond 1 MB, bad_request for another type or shape. */
export function readBody(declared: Body | undefined, sent: RawBody): unknown {
  if (!declared) return undefined;
  const bytes = bytesOf(sent);
  const type = (sent.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!declared.types.includes(type))
    throw new ApiError('bad_request', `Bodies of type ${type || '(none)'} are not taken.`, [
      { path: 'content-type', message: `must be ${declared.types.join(' or ')}` },
    ]);
  const parsed = declared.schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new ApiError('bad_request', 'The body is not valid: see issues.', issuesOf(parsed.error));
}
