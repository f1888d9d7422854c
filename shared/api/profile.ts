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

const day = z.iso.date().nullable();

/** The profile, and where the creator's numbers are. */
export const creatorAnswer = profileAnswer.extend({
  dataFrom: day.describe('first day with a number of sales, refunds, shipping or satisfaction; null where there is none'),
  dataTo: day.describe('last such day, up to today'),
  newestSale: day.describe('last day with an order paid'),
});

export const getCreator = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'The profile: zone, currency, tier, category, consent; sources and their state; the days that have numbers.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: creatorAnswer,
});
