/** How does a request look to a function behind the gateway? Payload 2.0 with the authorizer's claims as text. */
import type { HttpEvent } from '../../functions/http.ts';

export interface Asked {
  /** `GET /v1/creators/{creatorId}/kpis` */
  route: string;
  creatorId?: string;
  /** `{id}` of the path. */
  id?: string;
  query?: Record<string, string>;
  /** Roles of the token; null: no token. */
  roles?: string[] | null;
  /** Creator of the token. */
  as?: string;
  /** Person of the token. */
  sub?: string;
  body?: unknown;
  /** The body as it is, where it is no JSON; bytes come as base64. */
  text?: string | Buffer;
  type?: string;
  base64?: boolean;
  headers?: Record<string, string>;
}

export function makeRequest(asked: Asked): HttpEvent {
  const { route, creatorId, query, roles = ['creator'], as, base64 = Buffer.isBuffer(asked.text) } = asked;
  const text = asked.text ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const [method = '', path = ''] = route.split(' ');
  const claims = roles && {
    sub: asked.sub ?? 'u-1',
    roles: `[${roles.join(' ')}]`,
    ...(as === undefined ? {} : { creator_id: as }),
  };
  return {
    version: '2.0',
    routeKey: route,
    rawPath: path.replace('{creatorId}', creatorId ?? ''),
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { ...(text === undefined ? {} : { 'content-type': asked.type ?? 'application/json' }), ...asked.headers },
    ...(query ? { queryStringParameters: query } : {}),
    ...(creatorId === undefined && asked.id === undefined
      ? {}
      : {
          pathParameters: {
            ...(creatorId === undefined ? {} : { creatorId }),
            ...(asked.id === undefined ? {} : { id: asked.id }),
          },
        }),
    requestContext: {
      requestId: 'r-1',
      routeKey: route,
      http: { method, path },
      ...(claims ? { authorizer: { jwt: { claims } } } : {}),
    },
    ...(text === undefined ? {} : { body: base64 ? Buffer.from(text).toString('base64') : String(text) }),
    isBase64Encoded: base64,
  } as unknown as HttpEvent;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
  json: any;
  text: string;
}

type Handler = (
  event: HttpEvent,
  context: never,
) => Promise<{ statusCode: number; headers: Record<string, string>; body: string }>;

/** Asks a handler and answers what a client would see. */
export async function ask(handler: unknown, asked: Asked): Promise<Answered> {
  const { statusCode, headers, body } = await (handler as Handler)(makeRequest(asked), {} as never);
  const isJson = headers['content-type']?.includes('json');
  return { status: statusCode, headers, text: body, json: isJson ? JSON.parse(body) : undefined };
}
