/** What has the platform paid out, what does it still owe, and where did it pay otherwise than expected? */
import * as z from 'zod';
import { endpoint, noQuery, readers } from './endpoint.ts';
import { aDay, freshness, inUnit } from './kpis.ts';

const amount = () => inUnit('currency', z.int());
const sum = z.object({ orders: z.int(), amount: amount() });
const statements = z.object({ statements: z.int(), amount: amount() });

const order = z.object({
  orderId: z.string(),
  paidOn: aDay(),
  deliveredOn: aDay(),
  days: z.int().describe('since it was delivered'),
  expected: amount(),
  isEstimated: z.boolean().describe('expected is the platform’s estimate; else net sales less the commission that is known'),
});

const differing = z.object({
  orderId: z.string(),
  paidOn: aDay(),
  settled: amount(),
  expected: amount().describe('what its sales and the fees of its statements come to'),
  difference: amount().describe('settled − expected; negative: paid short'),
  isRefunded: z.boolean().describe('goods of it were refunded'),
  isTwice: z.boolean().describe('more than one statement pays it, and together they pay too much'),
});

export const payoutsAnswer = z.object({
  ...freshness,
  from: aDay().nullable().describe('orders paid from this day on are looked at; null: not computed yet'),
  computedAt: z.string().nullable().describe('when it was last computed; null: not yet'),
  seenUntil: z.string().nullable().describe('what arrived until then is in it'),
  method: z
    .literal('paid orders by their newest statements')
    .describe('final statements settle an order; one without parcels counts as delivered when it is completed'),
  version: z.int(),
  settled: sum.describe('orders with a final statement, and what these paid out'),
  expected: sum.describe('paid orders without one, and what they are expected to bring; cancelled ones are left out'),
  estimated: sum.describe('of these: those of which the platform tells an estimate'),
  waiting: sum.describe('of these: delivered'),
  short: sum.describe('settled orders that were paid less than expected; the amount is negative'),
  shortRefunded: sum.describe(
    'of these: orders with a refund; a statement may take back more than the refunds that are known, such as what the platform had paid of the price',
  ),
  over: sum.describe('settled orders that were paid more than expected'),
  twice: sum.describe('of these: settled twice'),
  payoutGap: amount()
    .nullable()
    .describe('Σ expected of delivered orders − Σ settled of them; null where no order is known to be delivered'),
  buckets: z
    .array(z.object({ fromDays: z.int(), toDays: z.int().nullable(), orders: z.int(), amount: amount() }))
    .describe('delivered and not settled, by days since delivery; toDays null: and more'),
  oldest: z.array(order).describe('delivered and not settled: the 50 oldest'),
  largest: z.array(order).describe('delivered and not settled: the 50 with the largest amounts'),
  differing: z
    .array(differing)
    .describe('settled otherwise than expected: the 50 paid shortest and the 50 paid most beyond it, those settled twice first'),
  statements: statements.describe('final statements settled from that day on, of orders of any age'),
  residual: statements.describe('of these: what the statement itself does not explain (settled less its revenue and fees)'),
  unknownOrders: statements.describe('of these: for orders that no source has brought'),
  reasons: z
    .array(z.enum(['not_computed', 'no_orders', 'no_statements', 'no_deliveries', 'expected_from_sales', 'orders_missing']))
    .describe('what keeps the numbers from being the last word'),
});
export type PayoutsAnswer = z.infer<typeof payoutsAnswer>;

export const getPayouts = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/payouts',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'What is settled, what is still to come, how long it has been waited for, and which orders were paid short or twice.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: payoutsAnswer,
});
