/** What is told to everyone? The state of the service and the description of the API. */
import * as z from 'zod';
import { endpoint, noQuery } from './endpoint.ts';

const publicBecause = 'Public by design: it tells the state of the service or describes the API, never data.';

const condition = z.enum(['ok', 'degraded']);

export const healthAnswer = z.object({
  status: condition.describe('degraded: it answers and loses nothing, but some reader of the stream is behind its bound'),
  version: z.string(),
  definitionVersion: z.string(),
  sources: z
    .array(
      z.object({
        name: z.string(),
        state: condition,
        lagSeconds: z
          .number()
          .describe('age of the oldest accepted event, of any creator, that it has not dealt with; 0: there is none'),
        degradedAfterSeconds: z.number().describe('a longer lag is degraded'),
        at: z.string().describe('when it was looked up'),
      }),
    )
    .describe('what reads the events: `stream` makes the numbers of reports, `archive` the lake'),
  connections: z
    .array(
      z.object({
        name: z.string().describe('the vendor'),
        state: condition.describe('degraded: a shop was not read for too long; `status` above does not say so'),
        shops: z.int().describe('0 of a carrier service, which has none'),
        failing: z.int().describe('whose last runs failed'),
        reconnect: z.int().describe('whose sellers have to give consent anew'),
        lagSeconds: z.number().describe('since the shop that was read longest ago was read'),
        degradedAfterSeconds: z.number(),
        lastError: z.string().nullable().describe('of a failing shop; of a carrier service, of its last message'),
        at: z.string().describe('when it was looked up: every ten minutes; of a carrier service, when it was heard last'),
      }),
    )
    .describe('connected shops, all in all, and carrier services that were heard; none before the first'),
});

export const getHealth = endpoint({
  method: 'GET',
  path: '/v1/health',
  gate: { to: 'report', rate: 20, burst: 40 },
  summary:
    'Does the service answer, which version is it, and how far behind is what feeds it? 503 when the store does not answer.',
  roles: 'public',
  publicBecause,
  query: noQuery,
  status: 200,
  answer: healthAnswer,
});

export const getOpenApi = endpoint({
  method: 'GET',
  path: '/v1/openapi.json',
  gate: { to: 'report', rate: 10, burst: 20 },
  summary: 'This description.',
  roles: 'public',
  publicBecause,
  query: noQuery,
  status: 200,
  answer: z.record(z.string(), z.unknown()),
});

export const getDocs = endpoint({
  method: 'GET',
  path: '/v1/docs',
  gate: { to: 'report', rate: 10, burst: 20 },
  summary: 'This description as a page.',
  roles: 'public',
  publicBecause,
  query: noQuery,
  status: 200,
  answer: 'html',
});
