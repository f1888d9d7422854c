/** How does OpenAPI 3.1 describe the API? Generated from the very schemas that check requests and events. */
import * as z from 'zod';
import { statusOfCode } from '../errors.ts';
import { entities, typeOf } from '../events/entities.ts';
import type { Entity } from '../events/entity.ts';
import { envelope } from '../events/parse.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { type Endpoint, problem } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { postEvents } from './events.ts';

type Json = { [name: string]: unknown };

export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  paths: { [path: string]: { [method: string]: Operation } };
  components: { schemas: { [name: string]: Json }; securitySchemes: Json };
  [other: string]: unknown;
}

export interface Operation extends Json {
  summary: string;
  description: string;
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: Json }[];
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** `input` leaves room for fields that are added later; `output` is what a parameter's text becomes. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return json;
}

/** `order` → Order, `stock-day` → StockDay. */
const titleCase = (name: string): string => name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Whole events, one of each entity, as a batch would hold them. */
export function exampleOf({ name, example }: Entity): Json {
  const isCreator = name === 'creator';
  return {
    specversion: '1.0',
    id: `example-${name}`,
    source: '/csv/orders',
    type: typeOf(name),
    subject: example.subject,
    time: example.time,
    creatorid: isCreator ? example.subject.slice('creator/'.length) : 'c-1',
    entityversion: Date.parse(example.time),
    data: example.data,
  };
}

function entitySchema(entity: Entity): Json {
  const own = { type: { const: typeOf(entity.name) }, subject: { description: entity.subject }, data: schemaOf(entity.schema) };
  return {
    description: `${entity.about} Subject: ${entity.subject}`,
    allOf: [ref('Envelope'), { type: 'object', properties: own }],
    examples: [exampleOf(entity)],
  };
}

function parametersOf({ path, query }: Endpoint): Operation['parameters'] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: '^[A-Za-z0-9._~-]{1,128}$' },
  }));
  const { properties = {} } = schemaOf(query, 'output') as { properties?: { [name: string]: Json } };
  const inQuery = Object.entries(query.shape).map(([name, field]) => {
    // What a parameter may be written as can be more than what it is read as.
    const { description, 'x-written-as': writtenAs, ...read } = properties[name] ?? {};
    const schema = (writtenAs ?? read) as Json;
    const isList = schema.type === 'array';
    return {
      name,
      in: 'query',
      required: !(field as z.ZodType).safeParse(undefined).success,
      ...(typeof description === 'string' ? { description } : {}),
      ...(isList ? { style: 'form', explode: false } : {}),
      schema,
    };
  });
  return [...inPath, ...inQuery];
}

function bodyOf({ body, path, takesRawBody }: Endpoint): Json {
  if (takesRawBody) return { requestBody: { required: true, content: { '*/*': { schema: {} } } } };
  if (!body) return {};
  const isBatch = path === postEvents.path;
  const schema = isBatch ? { type: 'array', items: ref('Event') } : schemaOf(body.schema);
  const one = isBatch ? [...entities.values()].map(exampleOf) : (body.example ?? entities.get('creator')?.example.data);
  // A media type has one example or several, not both.
  const several = Object.entries({ first: one, ...body.examples }).map(([name, value]) => [name, { value }]);
  const example = body.examples ? { examples: Object.fromEntries(several) } : { example: one };
  return {
    requestBody: { required: true, content: Object.fromEntries(body.types.map((type) => [type, { schema, ...example }])) },
  };
}

const contentOf = (answer: z.ZodType | 'html'): Json =>
  answer === 'html' ? { 'text/html': { schema: { type: 'string' } } } : { 'application/json': { schema: schemaOf(answer) } };

const fromGateway = { 'application/json': { schema: ref('GatewayMessage') } };

/** What the gateway answers by itself, before a function is asked: a bare message, or nothing where it cannot read the request. */
const ofGateway = (needsToken: boolean, content: Json): Json => ({
  ...(needsToken
    ? { [statusOfCode.unauthorized]: { description: 'No token, or one that is not good.', content: fromGateway } }
    : {}),
  [statusOfCode.too_many_requests]: {
    description: 'Too many at once: wait and ask again.',
    content: { ...content, ...fromGateway },
  },
  431: { description: 'The headers of the request are too large; the body of this answer is not told.' },
});

function responsesOf({ status, answer, roles, method, path }: Endpoint): Json {
  const isElsewhere = answer === 'redirect';
  const header = isElsewhere ? 'location' : 'etag';
  const isEmpty = answer === 'empty';
  const headers = method === 'GET' ? { headers: { [header]: { schema: { type: 'string' } } } } : {};
  const content = isElsewhere || isEmpty ? {} : { content: contentOf(answer) };
  const unsigned = isEmpty ? { 401: { description: 'The signature is missing or wrong; the body is empty.' } } : {};
  const refusal = { description: 'Refused.', content: { 'application/problem+json': { schema: ref('Problem') } } };
  const codes: number[] = [
    statusOfCode.bad_request,
    ...(roles === 'public' ? [] : [statusOfCode.unauthorized, statusOfCode.forbidden]),
    ...(path.includes('{') ? [statusOfCode.not_found] : []),
    ...(method === 'PUT' ? [statusOfCode.conflict] : []),
    ...(method === 'GET' ? [] : [statusOfCode.payload_too_large]),
    statusOfCode.too_many_requests,
    statusOfCode.internal,
    statusOfCode.unavailable,
  ];
  return {
    [status]: { description: isElsewhere ? 'It lies there.' : 'Answered.', ...headers, ...content },
    ...(method === 'GET' && !isElsewhere ? { 304: { description: 'What If-None-Match named is still so.', ...headers } } : {}),
    ...Object.fromEntries(codes.map((code) => [code, refusal])),
    ...ofGateway(roles !== 'public', refusal.content),
    ...unsigned,
  };
}

function operationOf(endpoint: Endpoint): Operation {
  const { summary, roles } = endpoint;
  return {
    summary,
    description: roles === 'public' ? 'Public: no token.' : `Roles: ${roles.join(', ')}.`,
    security: roles === 'public' ? [] : [{ token: [] }],
    parameters: parametersOf(endpoint),
    ...bodyOf(endpoint),
    responses: responsesOf(endpoint),
  };
}

function schemas(): OpenApi['components']['schemas'] {
  const events = [...entities.values()].map((entity): [string, Json] => [`${titleCase(entity.name)}Event`, entitySchema(entity)]);
  return {
    KpiName: { type: 'string', enum: [...dictionary.entries.keys()] },
    Problem: schemaOf(problem),
    GatewayMessage: {
      type: 'object',
      description: 'What the gateway says by itself.',
      properties: { message: { type: 'string' } },
      required: ['message'],
    },
    Envelope: schemaOf(envelope),
    Event: { oneOf: events.map(([name]) => ref(name)) },
    ...Object.fromEntries(events),
  };
}

const made = new Map<string, OpenApi>();

/** The description of the API as deployed in this version. */
export function openApiOf(version: string): OpenApi {
  const known = made.get(version);
  if (known) return known;
  const paths: OpenApi['paths'] = {};
  for (const endpoint of endpoints) {
    const operations = paths[endpoint.path] ?? {};
    paths[endpoint.path] = { ...operations, [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  const document: OpenApi = {
    openapi: '3.1.0',
    info: {
      title: 'Creator Analytics',
      version,
      description:
        'Events of a shop go in, numbers that can be trusted come out. Money is an integer of minor units; days are the creator’s own.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: schemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Claims: sub, creator_id, roles.' },
      },
    },
  };
  made.set(version, document);
  return document;
}
