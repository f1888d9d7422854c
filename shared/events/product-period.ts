/** What does a product's period say? How a product or a SKU did over some days, as the platform reports it; no single day of them is known. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { count, currency, exchangeRate, id, money, text } from './fields.ts';

export const productPeriod = entity({
  name: 'product-period',
  about: 'GMV, orders, units and views of a product or SKU over a span of days, as the platform reports them.',
  subject: 'product-period/{kind}/{itemId}/{from}/{to}',
  schema: z.looseObject({
    productId: id().optional(),
    title: text(500).optional(),
    currency: currency(),
    exchangeRate: exchangeRate().optional(),
    gmv: money(),
    units: count().optional(),
    orders: count().optional(),
    impressions: count().optional(),
    clicks: count().optional(),
    affiliateGmv: money().optional().describe('the part of gmv that creators’ content sold'),
    liveGmv: money().optional().describe('the part that the seller’s own LIVEs sold'),
    videoGmv: money().optional().describe('the part that the seller’s own videos sold'),
    cardGmv: money().optional().describe('the part that product cards sold'),
  }),
  dimensions: {},
  example: {
    subject: 'product-period/product/p-1/2026-03-01/2026-03-31',
    time: '2026-04-01T00:00:00Z',
    data: { productId: 'p-1', title: 'Rose serum 30 ml', currency: 'USD', gmv: 61969, units: 31, orders: 29 },
  },
});
