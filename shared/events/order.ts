/** What does an order say? Its whole state: who is owed what by when, line by line. */
import * as z from 'zod';
import { entity, list, number } from './entity.ts';
import { count, currency, due, exchangeRate, happened, id, largestAmount, money, text } from './fields.ts';

const line = z
  .looseObject({
    productId: id(),
    sku: id().optional(),
    category: text().optional(),
    quantity: z.int().min(1).max(1_000_000),
    unitPrice: money().describe('list price of one unit, before discounts and tax'),
    sellerDiscount: money().optional().describe('of the whole line, paid by the seller'),
    platformDiscount: money().optional().describe('of the whole line, repaid by the platform'),
    tax: money().optional().describe('of the whole line'),
    unitCost: money().optional(),
    title: text(500).optional(),
  })
  .refine((each) => each.unitPrice * each.quantity <= largestAmount, {
    path: ['quantity'],
    message: 'times unitPrice is more than an amount can be',
  });

export const order = entity({
  name: 'order',
  about: 'An order as its source knows it: times, lines, deadlines, channel.',
  subject: 'order/{orderId}',
  schema: z.looseObject({
    status: text(40).describe('placed, paid, on_hold, shipped, delivered, completed or cancelled'),
    placedAt: happened(),
    paidAt: happened().optional().describe('absent: not yet a sale'),
    cancelledAt: happened().optional(),
    completedAt: happened().optional(),
    currency: currency(),
    exchangeRate: exchangeRate().optional(),
    channel: text(40).optional().describe('live, video, product_card, shop or affiliate'),
    campaign: text().optional(),
    contentId: id().optional(),
    affiliate: text().optional().describe('public user name of the creator who sold it, or to whom a sample is sent'),
    buyerKey: text().optional().describe('keyed hash of the buyer; never a name or an address'),
    lines: z.array(line).max(500),
    shippingCharged: money().optional(),
    shipBy: due().optional(),
    deliverBy: due().optional().describe('its local day counts to the end'),
    cancellationFault: z.enum(['buyer', 'seller', 'platform']).optional(),
    sample: z.boolean().optional(),
    replacement: z.boolean().optional(),
    gift: z.boolean().optional(),
    test: z.boolean().optional(),
    cod: z.boolean().optional().describe('paid in cash on delivery'),
    packages: count().optional(),
  }),
  dimensions: {
    product: 'lines.productId',
    category: 'lines.category',
    channel: 'channel',
    campaign: 'campaign',
    content: 'contentId',
  },
  derived: {
    orderValue: 'money',
    skuCount: 'count',
    isCancelled: 'flag',
    isExcluded: 'flag',
    gmvAt: 'happened',
    lines: { grossAmount: 'money' },
  },
  convert(facts, data, inShopCurrency) {
    const lines = data.lines as z.infer<typeof line>[];
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
    const gross = lines.map(({ unitPrice, quantity }) => unitPrice * quantity);
    const discounts = lines.map(({ sellerDiscount = 0 }) => sellerDiscount);
    const grossAmounts = inShopCurrency(gross);
    // What the seller gets for the goods is converted as a whole, as a refund of all of it is: the two come to nothing.
    const [goods = 0] = inShopCurrency([sum(gross) - sum(discounts)]);
    const sellerDiscounts = inShopCurrency(discounts, sum(grossAmounts) - goods);
    const platformDiscounts = inShopCurrency(lines.map(({ platformDiscount = 0 }) => platformDiscount));
    const taxes = inShopCurrency(lines.map(({ tax = 0 }) => tax));
    for (const [i, each] of list(facts.lines).entries()) {
      each.grossAmount = grossAmounts[i];
      if (each.sellerDiscount !== undefined) each.sellerDiscount = sellerDiscounts[i];
      if (each.platformDiscount !== undefined) each.platformDiscount = platformDiscounts[i];
      if (each.tax !== undefined) each.tax = taxes[i];
    }
  },
  derive(facts) {
    let value = number(facts.shippingCharged);
    for (const each of list(facts.lines)) {
      each.grossAmount ??= number(each.unitPrice) * number(each.quantity);
      value += number(each.grossAmount) - number(each.sellerDiscount) - number(each.platformDiscount) + number(each.tax);
    }
    facts.orderValue = value;
    facts.skuCount = new Set(list(facts.lines).map((each) => each.sku ?? each.productId)).size;
    facts.isCancelled = facts.status === 'cancelled' || facts.cancelledAt !== undefined;
    facts.isExcluded = facts.sample === true || facts.replacement === true || facts.gift === true || facts.test === true;
    facts.gmvAt = facts.cod === true ? facts.placedAt : facts.paidAt;
  },
  example: {
    subject: 'order/o-1',
    time: '2026-03-01T14:03:00Z',
    data: {
      status: 'paid',
      placedAt: '2026-03-01T14:00:00Z',
      paidAt: '2026-03-01T14:03:00Z',
      currency: 'USD',
      channel: 'live',
      campaign: 'spring',
      contentId: 'v-77',
      lines: [
        {
          productId: 'p-1',
          sku: 's-1',
          category: 'beauty',
          quantity: 2,
          unitPrice: 1999,
          sellerDiscount: 0,
          platformDiscount: 200,
          tax: 310,
        },
      ],
      shippingCharged: 499,
      shipBy: '2026-03-03T23:59:59Z',
      deliverBy: '2026-03-08T23:59:59Z',
    },
  },
});
