/** What is left of sales after everything, and what is not known of it? */
import * as z from 'zod';
import { profitDimensions, steps } from '../kpis/profit-steps.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, day, freshness, inUnit, whole } from './kpis.ts';

const query = z
  .strictObject({
    from: day,
    to: day,
    by: z.enum(profitDimensions).optional().describe('rows of a dimension, of the whole months that the range touches'),
    top: whole(1, 300)
      .default(50)
      .describe('rows at most: by sales, the most first; orders by what they brought, the least first'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'is before from' });
export type ProfitabilityQuery = z.infer<typeof query>;

const amount = () => inUnit('currency', z.int());
const share = () => inUnit('share', z.number().nullable());

/** Figures of a range or a row; amounts in minor units of the shop's currency. */
const figures = {
  steps: z
    .array(z.object({ step: z.enum(steps), amount: amount() }))
    .describe('in order; what is taken is negative; their sum is the profit'),
  netSales: amount().describe('gross sales less discounts, cancelled orders and refunds, on the day on which the order was paid'),
  contribution: amount().describe('net sales less fees, commission, shipping, goods and packaging (CM2)'),
  contributionAfterAds: amount().describe('contribution less ads (CM3)'),
  profit: amount().nullable().describe('the sum of all steps; null where no cost of goods is known'),
  isAtMost: z.boolean().describe('the unit cost of some goods is not known: the profit is this at most'),
  margin: share().describe('profit ÷ net sales; null where either is nothing or not known'),
  costCoverage: share().describe('net sales of goods whose unit cost is known ÷ net sales of goods that are named'),
  settledShare: share().describe('net sales of orders that a final statement has settled ÷ net sales'),
  unstatedShare: share().describe(
    'net sales of orders of which no statement or estimate says what the platform took ÷ net sales',
  ),
  estimatedFees: amount().describe('part of the fees that is an estimate until a statement comes'),
  returnOnAds: share().describe('(contribution − ads) ÷ ads; null where nothing was spent'),
  orders: z.int().nullable().describe('null in rows by product: an order may hold several'),
  units: z.int(),
};

const row = z.object({
  value: z.string().describe('of the dimension; empty: the order does not say'),
  isOther: z.literal(true).optional().describe('the values beyond the top, together'),
  ...figures,
});

export const profitabilityAnswer = z.object({
  ...freshness,
  from: aDay(),
  to: aDay(),
  computedAt: z.string().nullable().describe('when it was last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('what arrived until then is in it'),
  method: z.literal('orders by the day on which they were paid').describe('a later refund or statement moves that day'),
  version: z.int(),
  ...figures,
  days: z.array(z.object({ at: aDay(), netSales: amount(), profit: amount().nullable() })).describe('days that have anything'),
  by: z.enum(profitDimensions).optional(),
  rowsFrom: aDay().optional(),
  rowsTo: aDay().optional().describe('rows are of whole months: these days'),
  rows: z.array(row).optional().describe('of orders: the 150 of each month that brought least, and the 150 that sold most'),
  reasons: z
    .array(z.enum(['not_computed', 'not_kept', 'no_orders', 'no_costs', 'some_costs_missing', 'fees_estimated', 'fees_missing']))
    .describe('what keeps the numbers from being the last word; not_kept: days before the last 14 months are not in them'),
});
export type ProfitabilityAnswer = z.infer<typeof profitabilityAnswer>;
export type ProfitFigures = Omit<z.infer<typeof row>, 'value' | 'isOther'>;

export const getProfitability = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/profitability',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary:
    'From gross sales to profit, step by step, with how much of it is known; by product, channel, campaign, content, affiliate or order.',
  roles: readers,
  query,
  status: 200,
  answer: profitabilityAnswer,
});
