/** What does a settlement say? What the platform paid out for an order, and what it kept. */
import * as z from 'zod';
import { entity, list } from './entity.ts';
import { currency, exchangeRate, happened, signedMoney } from './fields.ts';

const fee = z.looseObject({
  kind: z.enum(['platform', 'payment', 'affiliate', 'shipping', 'tax', 'adjustment', 'other']),
  amount: signedMoney().describe('a cost is negative'),
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
