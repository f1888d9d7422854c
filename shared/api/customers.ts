/** Who comes for the first time, who comes back, what do they bring, and what is expected of them? */
import * as z from 'zod';
import { rfmGroups } from '../insight/customers/rfm.ts';
import { aheadRefusals } from '../insight/customers-report/ahead.ts';
import { firstDimensions } from '../insight/customers-report/buyers.ts';
import { windows } from '../insight/customers-report/windows.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit, whole } from './kpis.ts';

/** One of the windows, as a number or as text of an address. */
const aWindow = z.preprocess(
  (given) => (typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given),
  z.literal(windows),
);
const query = z.strictObject({
  by: z.enum(firstDimensions).default('product').describe('rows by what each buyer’s first order was'),
  days: aWindow.default(90).describe('days after the first order over which rows look at buyers'),
  top: whole(1, 300).default(50).describe('rows at most, by buyers; the row of the others holds the rest'),
});
export type CustomersQuery = z.infer<typeof query>;

const share = () => inUnit('share', z.number().nullable());
const amount = () => inUnit('currency', z.int());
const interval = (what: string) => z.object({ lower: amount(), upper: amount() }).nullable().describe(what);

const windowFigures = {
  repeated: z.int().describe('bought on another day within these days'),
  known: z.int().describe('buyers whose first order is at least so long ago'),
  repeatShare: share().describe('repeated ÷ known; null of nobody'),
  valued: z.int().describe('buyers whose days are over, the day of the first order being one of them'),
  netSales: amount().nullable().describe('a buyer, in these days: net sales after refunds so far; null of nobody'),
  contribution: amount().nullable().describe('a buyer, in these days: net sales less fees, commission, shipping and goods'),
};
const expected = (number: () => z.ZodType<number>) => z.object({ expected: number(), lower: number(), upper: number() });

export const customersAnswer = z.object({
  ...freshness,
  computedAt: z.string().nullable().describe('when it was last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('what arrived until then is in it'),
  version: z.int(),
  until: aDay().nullable().describe('the last day that is in it'),
  orders: z.int().describe('paid, from the first one on'),
  namedOrders: z.int().describe('of these: name their buyer; all that follows is of them'),
  buyers: z.int(),
  repeaters: z.int().describe('of these: bought on a second day'),
  repeatShare: share().describe('repeaters ÷ buyers, however young they are'),
  newBuyers: z.int().describe('of the last 30 days'),
  newBuyersBefore: z.int().describe('of the 30 days before these'),
  isAtMost: z.boolean().describe('the unit cost of some goods is not known: contributions are these at most'),
  months: z.array(
    z.object({
      month: z.string(),
      orders: z.int(),
      buyers: z.int(),
      newBuyers: z.int(),
      newOrderShare: share().describe('orders that are a buyer’s first ÷ orders'),
      returningShare: share().describe('buyers who had bought in an earlier month ÷ buyers'),
    }),
  ),
  windows: z
    .array(
      z.object({
        days: z.int(),
        ...windowFigures,
        interval: interval('95 % of the mean of net sales; null below 30 buyers'),
      }),
    )
    .describe('observed, of buyers who are old enough'),
  cohorts: z
    .array(
      z.object({
        month: z.string().describe('of the first order'),
        buyers: z.int(),
        months: z
          .array(z.object({ buyers: z.int(), share: z.number() }).nullable())
          .describe('who bought in the month n months later, 0 being its own; null where that month is not over'),
      }),
    )
    .describe('the newest 25 months'),
  olderBuyers: z.int().describe('buyers whose first order is before these months'),
  groups: z
    .array(
      z.object({
        group: z.enum(rfmGroups),
        buyers: z.int(),
        share: z.number(),
        netSales: amount().describe('all that they bought'),
        salesShare: share(),
        daysSince: z.int().describe('since the last order, on average'),
      }),
    )
    .describe('by fifths of how recently, how often and for how much they bought'),
  predicted: z
    .object({
      model: z.string(),
      months: z.int(),
      buyers: z.int(),
      repeaters: z.int(),
      stillBuyers: z.int().describe('of these are expected to be buyers still'),
      purchases: expected(() => z.number()).describe('of all of them, with 95 % of what will be'),
      value: expected(amount).describe('net sales of all of them, with 95 % of what will be; buyers yet to come are not in it'),
      valuePerBuyer: expected(amount),
    })
    .nullable()
    .describe('expected of the buyers known so far, never mixed with what was observed; null: `notPredicted` says why'),
  notPredicted: z.enum(aheadRefusals).nullable(),
  by: z.enum(firstDimensions),
  days: z.int(),
  rows: z.array(
    z.object({
      value: z.string().describe('of the first order; empty: not told'),
      isOther: z.literal(true).optional().describe('the values beyond the top, together'),
      buyers: z.int(),
      ...windowFigures,
    }),
  ),
  reasons: z
    .array(z.enum(['not_computed', 'no_orders', 'no_buyers', 'some_buyers_missing', 'too_young', 'some_costs_missing']))
    .describe('what keeps the numbers from being the last word'),
});
export type CustomersAnswer = z.infer<typeof customersAnswer>;

export const getCustomers = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/customers',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary:
    'New and returning buyers, cohorts, what buyers brought, and what is expected of them; by product, channel or content of the first order.',
  roles: readers,
  query,
  status: 200,
  answer: customersAnswer,
});
