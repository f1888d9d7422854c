/** What can be asked of the orders behind a number, and of those that run out of time? */
import * as z from 'zod';
import { dictionary } from '../kpis/dictionary.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, day, dimension, freshness, inUnit, isRounded, kpiName, refundsBy, share, state, whole } from './kpis.ts';
import { refuseDimensions, where } from './where.ts';

const mostRows = 200;
const mostHours = 720;

const atRisk = z.preprocess(
  (given) => {
    if (given === 'true') return Math.max(...(dictionary.open?.hours ?? [0]));
    return typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : given;
  },
  z.int({ error: 'must be true, or the hours left at most' }).min(0).max(mostHours),
);

export const ordersQuery = z
  .strictObject({
    kpi: kpiName.optional(),
    day: day.optional(),
    by: dimension.optional(),
    value: z.string().max(700).optional(),
    where: where.optional(),
    refundsBy,
    atRisk: atRisk
      .optional()
      .describe('true, or the hours left to the ship-by at most')
      .meta({ 'x-written-as': { anyOf: [{ const: true }, { type: 'integer', minimum: 0, maximum: mostHours }] } }),
    cursor: z.string().max(2000).optional(),
    limit: whole(1, mostRows).default(50),
  })
  .superRefine((query, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const { kpi, by } = query;
    const only = (['kpi', 'day', 'by', 'value', 'where'] as const).filter((name) => query[name] !== undefined);
    if (query.atRisk !== undefined) {
      for (const name of only) refuse(name, 'goes with a number of a day, not with atRisk: give one or the other');
      return;
    }
    if (!kpi) return refuse('kpi', 'is missing: name the KPI and the day whose orders are asked for, or give atRisk=true');
    if (!query.day) refuse('day', 'is missing: name the day whose orders are asked for');
    if ((by === undefined) !== (query.value === undefined)) refuse(by ? 'value' : 'by', 'is missing: by and value go together');
    const { kind } = dictionary.entries.get(kpi)?.kpi ?? {};
    if (kind === 'open') refuse('kpi', `${kpi} is counted now, not by day: give atRisk=true`);
    if (kind === 'report') refuse('kpi', `${kpi} is computed by a job: no orders can be told behind it`);
    if (by && query.where !== undefined)
      return refuse('where', 'says the same as by and value, of one value or more: give one or the other');
    refuseDimensions(query, [kpi], refuse);
  });

export type OrdersQuery = z.infer<typeof ordersQuery>;

export const orderRow = z.object({
  subject: z.string(),
  orderId: z.string().nullable().describe('null where what counts is no order'),
  status: z.string().nullable(),
  placedAt: aDay('utc').nullable(),
  paidAt: aDay('utc').nullable(),
  shipBy: aDay('utc').optional(),
  hoursLeft: z.int().optional().describe('whole hours to the ship-by, negative when it has passed'),
  value: inUnit('own', z.number().nullable()).describe('what it adds to the number'),
  numerator: inUnit('numerator', z.number()).optional(),
  denominator: inUnit('denominator', z.number()).optional(),
  n: z.int().optional(),
  lines: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});

export const ordersAnswer = z.object({
  ...freshness,
  kpi: z.string().nullable(),
  day: aDay().nullable(),
  where: z.string().optional().describe('to what the number is narrowed, as it was asked'),
  total: inUnit('own', z.number().nullable()).describe('the number itself: of an additive KPI the sum of `value` over all pages'),
  state: state.describe('of the number: as GET …/kpis tells it; of open orders partial, they are counted now'),
  numerator: inUnit('numerator', z.number()).optional(),
  denominator: inUnit('denominator', z.number()).optional(),
  n: z.int().optional(),
  isRounded,
  p50: inUnit('own', z.number().nullable()).optional(),
  p90: inUnit('own', z.number().nullable()).optional(),
  breakdown: z.array(share).optional(),
  orders: z.array(orderRow),
  cursor: z.string().nullable().describe('give it back for the next page; null on the last'),
});

export const getOrders = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/orders',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'The orders behind a number of a day, or the open ones by time left to their ship-by.',
  roles: readers,
  query: ordersQuery,
  status: 200,
  answer: ordersAnswer,
});
