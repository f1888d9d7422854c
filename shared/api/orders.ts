/** What can be asked of the orders behind a number, and of those that run out of time? */
import * as z from 'zod';
import { dictionary } from '../kpis/dictionary.ts';
import { endpoint, readers } from './endpoint.ts';
import { day, dimension, kpiName, refundsBy, share, standing, whole } from './kpis.ts';

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
    refundsBy,
    atRisk: atRisk.optional().describe('true, or the hours left to the ship-by at most'),
    cursor: z.string().max(2000).optional(),
    limit: whole(1, mostRows).default(50),
  })
  .superRefine((query, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const { kpi, by } = query;
    const only = (['kpi', 'day', 'by', 'value'] as const).filter((name) => query[name] !== undefined);
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
    if (by && !dictionary.dimensionsOf(kpi).includes(by))
      refuse('by', `${kpi} cannot be split by ${by}; known are ${dictionary.dimensionsOf(kpi).join(', ') || 'none'}`);
  });

export type OrdersQuery = z.infer<typeof ordersQuery>;

export const orderRow = z.object({
  subject: z.string(),
  orderId: z.string().nullable().describe('null where what counts is no order'),
  status: z.string().nullable(),
  placedAt: z.string().nullable(),
  paidAt: z.string().nullable(),
  shipBy: z.string().optional(),
  hoursLeft: z.int().optional().describe('whole hours to the ship-by, negative when it has passed'),
  value: z.number().nullable().describe('what it adds to the number'),
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  n: z.int().optional(),
  lines: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});

export const ordersAnswer = z.object({
  ...standing,
  kpi: z.string().nullable(),
  day: z.string().nullable(),
  total: z.number().nullable().describe('the number itself: of an additive KPI the sum of `value` over all pages'),
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  n: z.int().optional(),
  p50: z.number().nullable().optional(),
  p90: z.number().nullable().optional(),
  breakdown: z.array(share).optional(),
  orders: z.array(orderRow),
  cursor: z.string().nullable().describe('give it back for the next page; null on the last'),
});

export const getOrders = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/orders',
  summary: 'The orders behind a number of a day, or the open ones by time left to their ship-by.',
  roles: readers,
  query: ordersQuery,
  status: 200,
  answer: ordersAnswer,
});
