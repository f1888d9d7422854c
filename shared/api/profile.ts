/** What is told of a creator? The profile, the history of zones, and how the sources fare. */
import * as z from 'zod';
import { endpoint, noQuery, readers } from './endpoint.ts';

export const source = z.object({
  name: z.string(),
  state: z.enum(['fresh', 'behind']).describe('behind: something accepted is not applied yet'),
  asOf: z.string().nullable(),
  lagSeconds: z.number(),
});

export const profileAnswer = z.object({
  creatorId: z.string(),
  name: z.string(),
  email: z.string().optional(),
  timeZone: z.string(),
  currency: z.string(),
  tier: z.string().nullable(),
  category: z.string().nullable(),
  country: z.string().nullable(),
  benchmarkConsent: z.boolean(),
  preferences: z.record(z.string(), z.unknown()),
  zones: z.array(z.object({ from: z.string().nullable(), zone: z.string() })).describe('from null: since ever'),
  sources: z.array(source),
});

export const getCreator = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}',
  summary: 'The profile: zone, currency, tier, category, consent; sources and their state.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: profileAnswer,
});
