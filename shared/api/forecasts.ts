/** What comes next, how sure is that, and how good were forecasts so far? */
import * as z from 'zod';
import { id } from '../events/fields.ts';
import { horizon } from '../insight/outlook/document.ts';
import { forecastNames, forecastOfProducts } from '../kpis/forecasts.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit, whole } from './kpis.ts';

const query = z
  .strictObject({
    name: z.enum(forecastNames).default(forecastNames[0]).describe('the number that is forecast'),
    product: id().optional().describe(`of one product; only with name=${forecastOfProducts}`),
    days: whole(1, horizon).default(28).describe('days ahead'),
  })
  .refine(({ name, product }) => product === undefined || name === forecastOfProducts, {
    path: ['product'],
    error: `products are forecast in ${forecastOfProducts}: ask with name=${forecastOfProducts}`,
  });
export type ForecastsQuery = z.infer<typeof query>;

const number = () => inUnit('own', z.number());
const limits = {
  mean: number(),
  lower80: number().describe('four of five times it is between these two'),
  upper80: number(),
  lower95: number().describe('19 of 20 times it is between these two'),
  upper95: number(),
};
const share = () => z.number().nullable();
const record = z
  .object({
    origins: z.int().describe('days of the past at which it was asked, each with nothing but what was known then'),
    points: z.int().describe('days that were compared'),
    wape: share().describe('Σ |error| ÷ Σ |value|'),
    naiveWape: share().describe('the same of the yardstick: the same weekday of the week before'),
    coverage80: z.number().describe('share of days that were within 80 %'),
    coverage95: z.number(),
  })
  .nullable()
  .describe('how good it would have been so far; null where the history is too short to say');

export const forecastsAnswer = z.object({
  ...freshness,
  computedAt: z.string().nullable().describe('when it was last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('what arrived until then is in it'),
  version: z.int(),
  name: z.enum(forecastNames),
  unit: z.enum(['money', 'count']),
  product: z.string().optional(),
  historyDays: z.int().describe('days since the first sale, two years at most'),
  history: z.array(z.object({ at: aDay(), value: number() })).describe('the last 13 weeks; none of single products'),
  method: z.string().nullable().describe('the mean of these models; null where nothing is forecast'),
  points: z.array(z.object({ at: aDay(), ...limits })),
  total: z.object(limits).nullable().describe('all these days together: its limits are narrower than the sums of theirs'),
  backtest: record,
  effects: z
    .array(z.object({ name: z.string(), effect: z.number(), isFactor: z.boolean() }))
    .describe('what a day of the calendar adds: a factor, or units where not'),
  products: z
    .array(z.object({ productId: z.string(), ...limits, wape: share(), naiveWape: share() }))
    .describe('units of the products that sell most, these days together; only with name=units and without product'),
  reasons: z.array(z.enum(['not_computed', 'no_sales', 'too_short', 'no_such_product'])).describe('why nothing is forecast'),
});
export type ForecastsAnswer = z.infer<typeof forecastsAnswer>;

export const getForecasts = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/forecasts',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'Sales, orders or units of the days ahead with intervals of 80 and 95 %, and how good such forecasts were.',
  roles: readers,
  query,
  status: 200,
  answer: forecastsAnswer,
});
