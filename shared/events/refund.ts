/** What does a refund say? How much of goods, shipping and tax went back, for which products, and whose fault it was. */
import * as z from 'zod';
import { entity, list, number } from './entity.ts';
import { count, currency, exchangeRate, happened, id, money, text } from './fields.ts';

const line = z.looseObject({
  productId: id(),
  sku: id().optional(),
  category: text().optional(),
  quantity: count(),
  goodsAmount: money(),
  restockedQuantity: count().optional(),
});

export const refund = entity({
  name: 'refund',
  about: 'Money given back for an order, split into goods, shipping and tax; it counts once completed.',
  subject: 'order/{orderId}/refund/{refundId}',
  schema: z
    .looseObject({
      status: text(40).optional(),
      requestedAt: happened().optional(),
      completedAt: happened().optional().describe('absent: the money has not left yet'),
      currency: currency(),
      exchangeRate: exchangeRate().optional(),
      goodsAmount: money(),
      shippingAmount: money().optional(),
      taxAmount: money().optional(),
      reason: text().optional(),
      fault: z.enum(['buyer', 'seller', 'platform']).optional(),
      lines: z.array(line).max(500).optional(),
    })
    .refine((data) => (data.lines ?? []).reduce((sum, each) => sum + each.goodsAmount, 0) <= data.goodsAmount, {
      path: ['lines'],
      message: 'the lines add up to more than goodsAmount',
    }),
  dimensions: { product: 'items.productId', category: 'items.category', channel: 'order.channel', fault: 'fault' },
  derived: {
    items: {
      productId: 'text',
      sku: 'text',
      category: 'text',
      quantity: 'count',
      goodsAmount: 'money',
      restockedQuantity: 'count',
      takesRounding: 'flag',
    },
    goodsUnrounded: 'count',
    shippingUnrounded: 'count',
    taxUnrounded: 'count',
  },
  roundedTogether: {
    once: 'completedAt',
    amounts: { goodsAmount: 'goodsUnrounded', shippingAmount: 'shippingUnrounded', taxAmount: 'taxUnrounded' },
    elements: { list: 'items', of: 'goodsAmount', mark: 'takesRounding' },
  },
  convert(facts, data, inShopCurrency, unrounded) {
    const amounts = ((data.lines ?? []) as z.infer<typeof line>[]).map(({ goodsAmount }) => goodsAmount);
    const rest = number(data.goodsAmount) - amounts.reduce((sum, amount) => sum + amount, 0);
    const converted = inShopCurrency([...amounts, rest]);
    for (const [i, each] of list(facts.lines).entries()) each.goodsAmount = converted[i];
    if (!unrounded) return;
    facts.goodsUnrounded = unrounded(number(data.goodsAmount));
    facts.shippingUnrounded = unrounded(number(data.shippingAmount));
    facts.taxUnrounded = unrounded(number(data.taxAmount));
  },
  derive(facts) {
    const lines = list(facts.lines);
    const rest = number(facts.goodsAmount) - lines.reduce((sum, each) => sum + number(each.goodsAmount), 0);
    // Less than half a unit of goods comes to nothing alone, and may be one with the order's other refunds.
    const isMoved = lines.length === 0 && number(facts.goodsUnrounded) > 0;
    const items = rest === 0 && !isMoved ? lines : [...lines, { goodsAmount: rest }];
    facts.items = items;
    if (facts.goodsUnrounded === undefined) return;
    const [largest] = items.toSorted((a, b) => number(b.goodsAmount) - number(a.goodsAmount));
    if (largest) largest.takesRounding = true;
  },
  example: {
    subject: 'order/o-1/refund/r-1',
    time: '2026-03-10T09:00:00Z',
    data: {
      status: 'completed',
      requestedAt: '2026-03-09T08:00:00Z',
      completedAt: '2026-03-10T09:00:00Z',
      currency: 'USD',
      goodsAmount: 1999,
      shippingAmount: 0,
      taxAmount: 155,
      reason: 'damaged',
      fault: 'seller',
      lines: [{ productId: 'p-1', sku: 's-1', category: 'beauty', quantity: 1, goodsAmount: 1999, restockedQuantity: 0 }],
    },
  },
});
