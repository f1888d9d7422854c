/** What is told to everyone? The state of the service and the description of the API. */
import * as z from 'zod';
import { endpoint, noQuery } from './endpoint.ts';

export const healthAnswer = z.object({
  status: z.literal('ok'),
  version: z.string(),
  definitionVersion: z.string(),
  sources: z.array(
    z.object({
      name: z.string(),
      lagSeconds: z.number().nullable().describe('as of `at`; null: nothing came through yet'),
      at: z.string().nullable(),
    }),
  ),
});

export const getHealth = endpoint({
  method: 'GET',
  path: '/v1/health',
  summary:
    'Does the service answer, which version is it, and how far behind is what feeds it? 503 when the store does not answer.',
  roles: 'public',
  query: noQuery,
  status: 200,
  answer: healthAnswer,
});

export const getOpenApi = endpoint({
  method: 'GET',
  path: '/v1/openapi.json',
  summary: 'This description.',
  roles: 'public',
  query: noQuery,
  status: 200,
  answer: z.record(z.string(), z.unknown()),
});

export const getDocs = endpoint({
  method: 'GET',
  path: '/v1/docs',
  summary: 'This description as a page.',
  roles: 'public',
  query: noQuery,
  status: 200,
  answer: 'html',
});
