/** What runs out first, when must how much be ordered, and how hard does stock work? */
import * as z from 'zod';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit, whole } from './kpis.ts';

const query = z.strictObject({ top: whole(1, 500).default(100).describe('SKUs that are listed, the most urgent first') });
export type InventoryQuery = z.infer<typeof query>;

const money = () => inUnit('currency', z.int());
const count = () => z.int();
const terms = {
  leadDays: z.int().describe('from order to shelf'),
  leadDeviation: z.number(),
  safetyDays: z.int(),
  coverDays: z.int().describe('an order is to last so long'),
  minimumOrder: z.int(),
  packSize: z.int(),
};
const estimate = z.object({
  money: money(),
  lower: money().describe('19 of 20 times it is between these two'),
  upper: money(),
});
const turns = () =>
  z
    .number()
    .nullable()
    .describe('cost of goods sold ÷ mean daily inventory at cost, a year; of 13 weeks; null without unit costs');

const row = z.object({
  sku: z.string(),
  productId: z.string().nullable(),
  onHand: count(),
  available: count().describe('on hand less what is committed and was sold since; below zero: promised and not there'),
  asOf: aDay().describe('day of the newest stock reading; of several locations, of the oldest'),
  incoming: count().describe('units of deliveries that are expected'),
  nextDelivery: aDay().nullable(),
  soldADay: z.number().nullable().describe('units a day over the days in stock of the last 28'),
  inStockDays: count(),
  daysOfInventory: z.number().nullable().describe('available ÷ units a day; null where nothing says what sells on a day'),
  runsOut: aDay()
    .nullable()
    .describe('first day with a chance of half to sell out, deliveries counted; null: not within the forecast'),
  mayRunOut: aDay().nullable().describe('first day with a chance of a tenth'),
  chanceWithinWeek: z.number().nullable().describe('of selling out within 7 days'),
  orderBy: aDay()
    .nullable()
    .describe('the last day on which an order arrives in time; today where it is late; null: not within the forecast'),
  isLate: z.boolean().describe('even an order of today may come too late'),
  chanceIfToday: z.number().nullable().describe('of selling out before an order of today arrives'),
  atRisk: z
    .object({ money: money(), lower: money().describe('four of five times it is between these two'), upper: money() })
    .nullable()
    .describe('sales that are expected to be missed until an order of today arrives'),
  suggested: count().nullable().describe('units to order today; 0: nothing'),
  isRaised: z.boolean().describe('minimum order or whole boxes make it more than is needed'),
  tiedUp: money().nullable().describe('on hand at cost; null without a unit cost'),
  turnover: turns(),
  sellThrough: z.number().nullable().describe('units sold in 13 weeks ÷ (those and units on hand)'),
  lost: estimate.extend({ outOfStockDays: count() }).nullable().describe('estimate of sales lost in the last 28 days'),
  isDead: z.boolean().describe('on hand, and not one sold in 60 days'),
  daysSinceSale: count().nullable(),
  abc: z.enum(['A', 'B', 'C']),
  xyz: z.enum(['X', 'Y', 'Z']).nullable(),
  noForecast: z.enum(['no_sales', 'too_short', 'beyond_list']).nullable().describe('why nothing is forecast'),
  terms: z.object({ ...terms, isDefault: z.boolean() }),
});

export const inventoryAnswer = z.object({
  ...freshness,
  computedAt: z.string().nullable().describe('when it was last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('what arrived until then is in it'),
  version: z.int(),
  today: aDay().nullable().describe('the first day ahead'),
  serviceLevel: z.number().describe('of the times between two orders, so many are to end without running out'),
  defaults: z.object(terms).describe('terms of a SKU for which nothing was typed'),
  skus: count().describe('SKUs with stock told'),
  untold: count().describe('SKUs that sold in 13 weeks of which no stock is told'),
  unlisted: count(),
  runOutSoon: z.object({ skus: count(), outNow: count() }).describe('within 7 days, with a chance of half or more'),
  tiedUp: z.object({ money: money(), costCoverage: z.number().nullable().describe('share of units of which the cost is known') }),
  turnover: turns(),
  dead: z.object({ skus: count(), money: money() }),
  lost: estimate.describe('estimate of sales lost in the last 28 days because nothing was there'),
  rows: z.array(row),
  reasons: z.array(z.enum(['not_computed', 'no_stock', 'no_costs', 'some_costs_missing', 'no_sales'])),
});
export type InventoryAnswer = z.infer<typeof inventoryAnswer>;
export type InventoryRow = InventoryAnswer['rows'][number];

export const getInventory = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/inventory',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'What runs out first, when to order how much, and what stock costs and brings, by SKU.',
  roles: readers,
  query,
  status: 200,
  answer: inventoryAnswer,
});
