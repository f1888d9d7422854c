/** How does an HTTP request become API Gateway's payload 2.0, and a function's answer an HTTP response? */

import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface RequestFacts {
  routeKey: string;
  pathParameters: Record<string, string>;
  claims: Record<string, string> | undefined;
  body: Buffer;
  account: string;
  apiId: string;
}

/** The event a function gets, as HTTP APIs make it. */
export function toEvent(request: IncomingMessage, url: URL, facts: RequestFacts): object {
  const { cookie, ...headers } = request.headers;
  const { routeKey, body } = facts;
  const now = new Date();
  // Bytes that are no text travel as they are, whatever their type says: decoded, they would be others.
  const isText = isTextBody(headers['content-type']) && isUtf8(body);
  const query = [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name).join(',')]);
  return {
    version: '2.0',
    routeKey,
    rawPath: decodePath(url.pathname),
    rawQueryString: url.search.slice(1),
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
    ...(query.length ? { queryStringParameters: Object.fromEntries(query) } : {}),
    requestContext: {
      accountId: facts.account,
      apiId: facts.apiId,
      ...(facts.claims ? { authorizer: { jwt: { claims: facts.claims, scopes: null } } } : {}),
      domainName: url.host,
      domainPrefix: url.hostname.split('.')[0],
      http: {
        method: request.method,
        path: decodePath(url.pathname),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(facts.pathParameters).length ? { pathParameters: facts.pathParameters } : {}),
    ...(body.length ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/**
 * TRICKY: HTTP APIs pass only these types on as text, whatever the body holds. Everything else comes as base64,
 * `application/cloudevents-batch+json` and a missing type included.
 */
export function isTextBody(contentType: string | undefined): boolean {
  return /^(text\/|application\/(json|xml|javascript)\b(?!\+))/i.test(contentType?.trim() ?? '');
}

interface FunctionAnswer {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** Writes what the function returned. As in HTTP APIs, anything without a status code is itself the JSON body of a 200. */
export function respond(response: ServerResponse, answer: unknown): void {
  const isShaped = answer !== null && typeof answer === 'object' && 'statusCode' in answer;
  const shaped: FunctionAnswer = isShaped ? (answer as FunctionAnswer) : jsonAnswer(answer);
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded = false } = shaped;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name.toLowerCase(), String(value));
  if (cookies.length) response.setHeader('set-cookie', cookies);
  if (body && !response.hasHeader('content-type')) response.setHeader('content-type', 'text/plain;charset=utf-8');
  response.statusCode = statusCode;
  if (statusCode === 304 || statusCode === 204) response.end();
  else response.setHeader('content-length', bytes.length).end(bytes);
}

function jsonAnswer(answer: unknown): FunctionAnswer {
  return {
    headers: { 'content-type': 'application/json' },
    body: typeof answer === 'string' ? answer : JSON.stringify(answer ?? null),
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
}
