/** What does the first screen get in one call? */
import * as z from 'zod';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit, noChange, series, share, state } from './kpis.ts';
import { orderRow } from './orders.ts';
import { source } from './profile.ts';

const against = z.object({
  basis: z.enum(['yesterday', 'same_weekday']),
  day: aDay(),
  until: z.string().describe('HH:MM: what of that day is compared, as much as has gone by of today'),
  value: inUnit('own', z.number().nullable()).describe('of that day before `until`'),
  state,
  change: inUnit('share', z.number().nullable()),
  difference: inUnit('difference', z.number().nullable()),
  noChange,
  dataFrom: aDay().optional(),
  points: series.shape.points.describe('the whole of that day, by hour'),
});

const aboutKpi = { title: z.string(), better: z.enum(['up', 'down', 'neither']) };

export const dashboardQuery = z.strictObject({
  only: z
    .enum(['today'])
    .optional()
    .describe('today: without the headline and the orders at risk, for who has them and asks again and again'),
});

export type DashboardQuery = z.infer<typeof dashboardQuery>;

export const dashboardAnswer = z.object({
  ...freshness,
  today: z.object({
    day: aDay(),
    through: aDay().describe('the minute that runs: what the comparison covers, on either side'),
    kpis: z.array(
      series.omit({ compare: true, total: true, state: true }).extend({
        ...aboutKpi,
        value: inUnit('own', z.number().nullable()).describe('so far'),
        throughValue: inUnit('own', z.number().nullable()).describe('the same number; older clients read it'),
        against: z.array(against),
      }),
    ),
  }),
  headline: z
    .array(series.extend(aboutKpi))
    .describe('the last 30 whole days, compared with the 30 before; none with only=today'),
  atRisk: z
    .object({
      name: z.string(),
      value: inUnit('own', z.int()),
      breakdown: z.array(share),
      orders: z.array(orderRow).optional().describe('the most urgent five; left out with only=today'),
    })
    .nullable()
    .describe('as the minute that runs began'),
  alerts: z.array(z.unknown()),
  sources: z.array(source),
});

export const getDashboard = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/dashboard',
  gate: { to: 'report', rate: 100, burst: 200 },
  summary: 'One call for the first screen: today so far, the last 30 days, orders at risk, alerts, freshness.',
  roles: readers,
  query: dashboardQuery,
  status: 200,
  answer: dashboardAnswer,
});
