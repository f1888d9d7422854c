/** What does an affiliate sale say? Which creator's content sold a SKU of an order, and what commission that costs. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { count, currency, exchangeRate, happened, id, money, signedMoney, text } from './fields.ts';

export const affiliateSale = entity({
  name: 'affiliate-sale',
  about: 'A SKU of an order that is attributed to a creator’s content, with its commission, estimated and actual.',
  subject: 'order/{orderId}/affiliate-sale/{saleId}',
  schema: z.looseObject({
    productId: id().optional(),
    sku: id(),
    creator: text().describe('public user name of the creator who sold it'),
    channel: text(40).optional().describe('live, video, product_card or the platform’s word'),
    contentId: id().optional(),
    soldAt: happened(),
    currency: currency(),
    exchangeRate: exchangeRate().optional(),
    quantity: count().optional(),
    paidAmount: money(),
    estimatedCommission: signedMoney().optional(),
    estimatedAdsCommission: signedMoney().optional(),
    actualCommission: signedMoney().optional().describe('absent: not yet settled'),
    actualAdsCommission: signedMoney().optional(),
  }),
  dimensions: { affiliate: 'creator', content: 'contentId', product: 'productId', channel: 'channel' },
  example: {
    subject: 'order/o-1/affiliate-sale/s-1',
    time: '2026-03-01T14:03:00Z',
    data: {
      productId: 'p-1',
      sku: 's-1',
      creator: 'rosa.live',
      channel: 'live',
      contentId: 'v-77',
      soldAt: '2026-03-01T14:03:00Z',
      currency: 'USD',
      quantity: 2,
      paidAmount: 3798,
      estimatedCommission: 456,
    },
  },
});
