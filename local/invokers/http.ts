/** How does the HTTP API of the template answer on one local port? */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ApiSpec } from '../deployment.ts';
import { isExpectedHost } from '../host-check.ts';
import type { InvocationError } from './environment.ts';
import { respond, toEvent } from './http-event.ts';
import { makeRouter } from './http-routes.ts';
import type { Authorizer } from './jwt.ts';
import { makeThrottle } from './throttle.ts';

export interface HttpOptions {
  api: ApiSpec;
  account: string;
  authorize: Authorizer;
  /** Invokes a function by its ARN. */
  invoke(functionArn: string, event: object): Promise<unknown>;
  /** Path prefixes that are not the API's: the issuer, the dashboard's files. The first that fits answers. */
  mounts: { prefix: string; handle: RequestListener }[];
}

/** API Gateway takes no more. */
const LARGEST_BODY = 10 * 1024 * 1024;

/** Makes the listener that does what API Gateway does in front of the functions. */
export function makeGateway({ api, account, authorize, invoke, mounts }: HttpOptions): RequestListener {
  const find = makeRouter(api.routes.map((route) => ({ ...route, isLet: route.limit ? makeThrottle(route.limit) : () => true })));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isExpectedHost(request.headers.host)) return refuse(response, 403, 'Forbidden');
    // A path such as // is no address: the gateway knows no route of it either.
    const base = `http://${request.headers.host}`;
    if (!URL.canParse(request.url ?? '/', base)) return refuse(response, 404, 'Not Found');
    const url = new URL(request.url ?? '/', base);
    const mount = mounts.find(({ prefix }) => url.pathname === prefix || url.pathname.startsWith(prefix.replace(/\/?$/, '/')));
    const match = find(request.method ?? 'GET', url.pathname);
    if (!match) {
      if (!mount) return refuse(response, 404, 'Not Found');
      // The issuer asks nobody for a password and answers every origin: a page elsewhere must not get a token from it.
      if ((request.headers.origin ?? url.origin) !== url.origin) return refuse(response, 403, 'Forbidden');
      request.url = url.pathname.slice(mount.prefix.replace(/\/$/, '').length) + url.search || '/';
      mount.handle(request, response);
      return;
    }
    const { route, pathParameters } = match;
    if (!route.isLet(Date.now())) return refuse(response, 429, 'Too Many Requests');
    const claims = route.isPublic ? undefined : await authorize(request.headers.authorization);
    if (!route.isPublic && !claims) return refuse(response, 401, 'Unauthorized');
    const body = await readBody(request);
    if (!body) return refuse(response, 413, 'Request Entity Too Large');
    const event = toEvent(request, url, { routeKey: route.key, pathParameters, claims, body, account, apiId: api.id });
    try {
      respond(response, await invoke(route.functionArn, event));
    } catch (reason) {
      const isLate = (reason as InvocationError).type === 'Sandbox.Timedout';
      refuse(response, isLate ? 503 : 500, isLate ? 'Service Unavailable' : 'Internal Server Error');
    }
  }

  return (request, response) => {
    answer(request, response).catch(() =>
      response.headersSent ? response.destroy() : refuse(response, 500, 'Internal Server Error'),
    );
  };
}

/** The gateway's own answers are this JSON, not the service's problem details. */
function refuse(response: ServerResponse, status: number, message: string): void {
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  response.statusCode = status;
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ message }));
}

/** The whole body, or undefined when it is larger than the gateway takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read on without keeping: a client that is still sending does not see an answer before it is done.
    if (bytes <= LARGEST_BODY) chunks.push(chunk);
  }
  return bytes <= LARGEST_BODY ? Buffer.concat(chunks) : undefined;
}
