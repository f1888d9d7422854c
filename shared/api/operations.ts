/** How far do paid orders come and how fast, which sources fail, and how new is what each of them brought? */
import * as z from 'zod';
import { fulfilmentSteps } from '../insight/fulfilment/sql.ts';
import { sourceAnswer } from './connections.ts';
import { daysQuery } from './days.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit } from './kpis.ts';

const query = daysQuery({});
export type OperationsQuery = z.infer<typeof query>;

const share = () => inUnit('share', z.number().nullable());
const hours = () => z.number().nullable();

const step = z.object({
  step: z.enum(fulfilmentSteps),
  orders: z.int().describe('of the orders paid in the range: those that reached it'),
  share: share().describe('of the orders paid; null where there is none'),
  medianHours: hours().describe('since the step before it, within 5 %; null of the first step, and where n is 0'),
  p90Hours: hours().describe('nine of ten took no longer, within 5 %'),
  n: z.int().describe('orders of which both times are known'),
});

const { name, shop, state, newestDatum, lastSuccess, lagSeconds } = sourceAnswer.shape;

export const operationsAnswer = z.object({
  ...freshness,
  from: aDay(),
  to: aDay(),
  computedAt: z.string().nullable().describe('of the steps: when they were last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('of the steps: what arrived until then is in them'),
  method: z
    .literal('orders by the day on which they were paid')
    .describe('a step is reached when each parcel of the order reached it; cancelled orders and samples are left out'),
  version: z.int(),
  steps: z.array(step).describe('in order; a later one can have more orders where nobody told of an earlier one'),
  requests: z.int().describe('that sources were asked'),
  failures: z.int(),
  errorRate: share().describe('failures ÷ requests; null where nothing was asked'),
  errors: z.array(z.object({ source: z.string(), requests: z.int(), failures: z.int(), errorRate: share() })),
  kinds: z.array(
    z.object({ kind: z.string(), failures: z.int(), ofRequests: share().describe('failures of it ÷ all requests') }),
  ),
  sources: z
    .array(z.object({ name, shop, state, newestDatum, lastSuccess, lagSeconds }))
    .describe('how new the data of each source in use is, now'),
  reasons: z
    .array(z.enum(['not_computed', 'no_orders', 'no_parcels', 'no_statements', 'no_requests', 'no_sources']))
    .describe('what keeps the numbers from being the last word'),
});
export type OperationsAnswer = z.infer<typeof operationsAnswer>;

export const getOperations = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/operations',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'From payment to payout step by step, with hours between them; failures by source and kind; how new each source is.',
  roles: readers,
  query,
  status: 200,
  answer: operationsAnswer,
});
