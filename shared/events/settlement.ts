/** What does a settlement say? What the platform paid out for an order, and what it kept. */
import * as z from 'zod';
import { entity, list } from './entity.ts';
import { currency, exchangeRate, happened, signedMoney, text } from './fields.ts';

const fee = z.looseObject({
  kind: z.enum(['platform', 'payment', 'affiliate', 'shipping', 'tax', 'adjustment', 'other']),
  amount: signedMoney().describe('a cost is negative, a fee given back positive'),
  name: text(80).optional().describe('which fee of its kind: affiliate_ads_commission'),
});

export const settlement = entity({
  name: 'settlement',
  about: 'A statement’s line for an order: amount settled and fees by neutral kind, estimated or final.',
  subject: 'order/{orderId}/settlement/{statementId}',
  schema: z.looseObject({
    settledAt: happened().optional(),
    estimated: z.boolean().optional(),
    currency: currency(),
    exchangeRate: exchangeRate().optional(),
    settledAmount: signedMoney(),
    fees: z.array(fee).max(200).optional(),
    revenue: signedMoney().optional().describe('sales less seller discounts and refunds, before fees'),
    grossSales: signedMoney().optional().describe('at list prices, before discounts'),
    sellerDiscounts: signedMoney().optional(),
    refundedSales: signedMoney().optional().describe('at list prices; negative'),
    refundedDiscounts: signedMoney().optional(),
    residual: signedMoney()
      .optional()
      .describe('settledAmount less revenue and fees, where that is not nothing: what the statement does not explain'),
  }),
  convert(facts, data, inShopCurrency) {
    const amounts = inShopCurrency(((data.fees ?? []) as z.infer<typeof fee>[]).map(({ amount }) => amount));
    for (const [i, each] of list(facts.fees).entries()) each.amount = amounts[i];
  },
  dimensions: { feeKind: 'fees.kind', channel: 'order.channel' },
  example: {
    subject: 'order/o-1/settlement/2026-03-12',
    time: '2026-03-12T00:00:00Z',
    data: {
      settledAt: '2026-03-12T00:00:00Z',
      estimated: false,
      currency: 'USD',
      settledAmount: 3361,
      fees: [
        { kind: 'platform', amount: -240 },
        { kind: 'affiliate', amount: -400 },
      ],
    },
  },
});
