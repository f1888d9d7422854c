/** How does a function serve HTTP? Finds the endpoint, checks who asks and what is asked, and answers; all that handlers leave out. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import type { Endpoint } from '../shared/api/endpoint.ts';
import { noSuchCreator } from '../shared/api/refusals.ts';
import { ApiError, messageOf } from '../shared/errors.ts';
import { isOutage } from '../shared/outage.ts';
import { takeRequests } from '../shared/store/caller-counts.ts';
import type { Table } from '../shared/store/table.ts';
import { type Answer, type Marked, type Response, refuse, respond, respondMarked } from './http/answer.ts';
import { limitCallers } from './http/caller-limit.ts';
import { type Identity, identityOf, permit } from './http/identity.ts';
import { bytesOf, readBody, readQuery } from './http/input.ts';

/** A request that was found permitted and well formed. */
export interface Call<Query = unknown, Input = unknown> {
  query: Query;
  body: Input;
  /** The bytes as they came, where the endpoint takes them raw; else empty. */
  rawBody: Uint8Array;
  /** Names in small letters. */
  headers: { readonly [name: string]: string | undefined };
  /** Of the path; '' where the path has none. */
  creatorId: string;
  /** `{id}` of the path, as given; '' where the path has none. */
  id: string;
  identity: Identity;
  /** When it was asked (ms). */
  now: number;
}

export interface Route<Dependencies> {
  endpoint: Endpoint;
  answer: (call: Call, dependencies: Dependencies) => Answer | Promise<Answer | Marked>;
}

/** An endpoint with what answers it; query and body arrive with the types of their schemas. */
export function route<Query extends z.ZodObject, Input extends z.ZodType, Dependencies>(
  endpoint: Endpoint<Query, Input>,
  answer: (call: Call<z.infer<Query>, z.infer<Input>>, dependencies: Dependencies) => Answer | Promise<Answer | Marked>,
): Route<Dependencies> {
  return { endpoint: endpoint as unknown as Endpoint, answer: answer as Route<Dependencies>['answer'] };
}

/** A request as API Gateway hands it over (payload 2.0) behind its JWT authorizer. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  requestContext: { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
};

const creatorIds = /^[A-Za-z0-9._~-]{1,128}$/;

/**
 * Makes the handler of a function from its routes. `open` gets the environment once, at the first request, and answers what the
 * routes need (a table, a stream); `clock` gives the present instant in ms. Where the environment has CALLER_LIMITS (requests per second
 * by route key, as JSON), callers are counted in the table that the routes have.
 */
export function serve<Dependencies>(
  routes: Route<Dependencies>[],
  open: (environment: Record<string, string | undefined>) => Dependencies,
  clock: () => number = Date.now,
) {
  const byKey = new Map(routes.map((each) => [`${each.endpoint.method} ${each.endpoint.path}`, each]));
  let dependencies: { opened: Dependencies; limit: ReturnType<typeof limitCallers> } | undefined;

  async function answer(event: HttpEvent): Promise<Response> {
    const found = byKey.get(event.routeKey);
    if (!found) throw new ApiError('not_found', 'There is nothing here: /v1/docs lists what there is.');
    const { endpoint } = found;
    const identity = identityOf(event.requestContext.authorizer?.jwt?.claims);
    const creatorId = event.pathParameters?.creatorId;
    permit(identity, endpoint, creatorId);
    if (creatorId !== undefined && !creatorIds.test(creatorId)) throw noSuchCreator();
    dependencies ??= openAll(open, process.env);
    await dependencies.limit(identity.sub, event.routeKey, clock());
    const query = readQuery(endpoint, event.queryStringParameters, event.rawQueryString);
    const body = readBody(endpoint.body, event);
    const { id = '' } = event.pathParameters ?? {};
    const rawBody = endpoint.takesRawBody ? bytesOf(event) : new Uint8Array();
    const { headers } = event;
    const call: Call = { query, body, rawBody, headers, creatorId: creatorId ?? '', id, identity, now: clock() };
    const result = await found.answer(call, dependencies.opened);
    const known = event.headers['if-none-match'];
    if ('make' in result) return respondMarked(endpoint.status, result, known);
    return respond(endpoint.method, endpoint.status, result, known);
  }

  return middy<HttpEvent, Response>(answer).use({
    onError: (request) => {
      request.response = refuse(explain(request.error, request.event));
    },
  });
}

/** What routes need, and the limit of their callers beside it. */
function openAll<Dependencies>(open: (environment: NodeJS.ProcessEnv) => Dependencies, environment: NodeJS.ProcessEnv) {
  const opened = open(environment);
  const { table } = opened as { table?: Table };
  const limits: Record<string, number> = table && environment.CALLER_LIMITS ? JSON.parse(environment.CALLER_LIMITS) : {};
  const limit = limitCallers(limits, (window, count, most) => takeRequests(table as Table, window, count, most));
  return { opened, limit };
}

/** What the caller is told of a failure. What is no refusal is logged with its cause, and answered without it. */
function explain(error: unknown, event: HttpEvent): ApiError {
  if (error instanceof ApiError) return error;
  const passes = isOutage(error);
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
  // Neither path nor query nor body: they name people and shops.
  const line = {
    level: 'error',
    route: event.routeKey,
    requestId: event.requestContext.requestId,
    name,
    message: messageOf(error),
    stack,
  };
  console.error(JSON.stringify(line));
  return passes
    ? new ApiError('unavailable', 'The store does not answer at the moment: try again.')
    : new ApiError('internal', 'Something went wrong here; it was logged.');
}
