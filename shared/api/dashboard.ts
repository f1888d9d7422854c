/** What does the first screen get in one call? */
import * as z from 'zod';
import { endpoint, noQuery, readers } from './endpoint.ts';
import { series, share, standing } from './kpis.ts';
import { source } from './profile.ts';

const against = z.object({
  basis: z.enum(['yesterday', 'same_weekday']),
  day: z.string(),
  value: z.number().nullable().describe('its hours before `through` only'),
  change: z.number().nullable(),
});

const aboutKpi = { title: z.string(), better: z.enum(['up', 'down', 'neither']) };

export const dashboardAnswer = z.object({
  ...standing,
  today: z.object({
    day: z.string(),
    through: z.string().describe('end of the last whole hour: what the comparison covers, on either side'),
    kpis: z.array(
      series.omit({ compare: true, total: true }).extend({
        ...aboutKpi,
        value: z.number().nullable().describe('so far, the hour that runs included'),
        throughValue: z.number().nullable().describe('before `through`'),
        against: z.array(against),
      }),
    ),
  }),
  headline: z.array(series.extend(aboutKpi)).describe('the last 30 whole days, compared with the 30 before'),
  atRisk: z.object({ name: z.string(), value: z.int(), breakdown: z.array(share) }).nullable(),
  alerts: z.array(z.unknown()),
  sources: z.array(source),
});

export const getDashboard = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/dashboard',
  summary: 'One call for the first screen: today so far, the last 30 days, orders at risk, alerts, freshness.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: dashboardAnswer,
});
