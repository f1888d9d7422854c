/** What did samples cost, and what did they bring: by affiliate, or by the video or LIVE that sold them? */
import * as z from 'zod';
import { sampleDimensions } from '../insight/free-samples/document.ts';
import { daysQuery } from './days.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit, whole } from './kpis.ts';

const query = daysQuery({
  by: z.enum(sampleDimensions).default('affiliate').describe('whose rows'),
  top: whole(1, 300).default(50).describe('rows at most, by sales and cost; sums hold all of them'),
});
export type SamplesQuery = z.infer<typeof query>;

const amount = () => inUnit('currency', z.int());
const figures = {
  cost: amount().describe('of the goods that were sent and their labels'),
  isAtLeast: z.boolean().describe('the unit cost of some of them is not known: they cost this at least'),
  orders: z.int().describe('that they brought, without cancelled ones'),
  netSales: amount(),
  contribution: amount().describe('of these orders: net sales less fees, commission, shipping and goods'),
  isAtMost: z.boolean().describe('the unit cost of some goods sold is not known: the contribution is this at most'),
  result: amount().nullable().describe('contribution − cost; null where the cost of no sample or of nothing sold is known'),
  isResultAtMost: z.boolean().describe('either of these holds: the result is this at most'),
  returnOnSamples: inUnit('share', z.number().nullable()).describe('result ÷ cost; null where either is nothing or not known'),
};
const row = z.object({
  value: z.string().describe('affiliate or content; empty: not told, or nothing was sold yet'),
  isOther: z.literal(true).optional().describe('the values beyond the top, together'),
  affiliate: z.string().nullable().describe('who made the content; null in rows of affiliates'),
  sent: z.int().nullable().describe('units; null by content: one sample may be shown in several'),
  sold: z.int().nullable().describe('of these: brought a sale'),
  ...figures,
});

export const samplesAnswer = z.object({
  ...freshness,
  from: aDay(),
  to: aDay().describe('samples sent in whole months: these days'),
  computedAt: z.string().nullable().describe('when it was last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('what arrived until then is in it'),
  method: z
    .literal('sales of the product by the same affiliate within 60 days of the sample')
    .describe('the latest sample before a sale gets it'),
  version: z.int(),
  sent: z.int().describe('units sent; lines of orders that are samples and not cancelled'),
  sold: z.int().describe('of these: brought a sale'),
  ...figures,
  by: z.enum(sampleDimensions),
  rows: z.array(row).describe('the cost of a sample is shared among the content that sold it: rows add up to the sums'),
  reasons: z
    .array(z.enum(['not_computed', 'no_samples', 'no_costs', 'some_costs_missing', 'no_affiliates']))
    .describe('what keeps the numbers from being the last word'),
});
export type SamplesAnswer = z.infer<typeof samplesAnswer>;

export const getSamples = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/samples',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'What samples cost and what they brought within 60 days, by affiliate or by the content that sold them.',
  roles: readers,
  query,
  status: 200,
  answer: samplesAnswer,
});
