/** What went back? On the day of the refund, and on the day of the order it belongs to. */
import { any, first, has, is, measure, not, ratio, topic } from './language.ts';

const perLine = ['product', 'category', 'channel'];
const counts = not(is('order.isExcluded', true));
const refunded = any('refund', has('completedAt'));

// biome-ignore format: a KPI reads as an entry of the dictionary
export const refunds = topic({
  name: 'refunds',
  title: 'Refunds',
  kpis: {
    refunds: measure({
      of: 'refund', at: 'completedAt', add: 'items.goodsAmount', when: counts, by: perLine, orderDated: 'refundsByOrder',
      title: 'Refunds', unit: 'money', better: 'down', basis: 'refunded', source: 'Shopify',
      formula: 'Σ goods refunded, without tax and shipping, on the day of the refund',
    }),
    refundsByOrder: measure({
      of: 'refund', at: 'order.paidAt', add: 'items.goodsAmount', when: { all: [counts, has('completedAt')] }, by: perLine, restates: true,
      title: 'Refunds, by order date', unit: 'money', better: 'down', basis: 'paid', source: 'ProfitPeak, Airboxr',
      formula: 'Σ goods refunded so far, on the day the order was paid',
    }),
    shippingRefunded: measure({
      of: 'refund', at: 'completedAt', add: 'shippingAmount', when: counts, by: ['channel'], orderDated: 'shippingRefundedByOrder', since: 2,
      title: 'Shipping refunded', unit: 'money', better: 'down', basis: 'refunded', source: 'Shopify',
      formula: 'Σ shipping given back, on the day of the refund',
    }),
    shippingRefundedByOrder: measure({
      of: 'refund', at: 'order.paidAt', add: 'shippingAmount', when: { all: [counts, has('completedAt')] }, by: ['channel'], restates: true, since: 2,
      title: 'Shipping refunded, by order date', unit: 'money', better: 'down', basis: 'paid', source: 'Creator Analytics',
      formula: 'Σ shipping given back so far, on the day the order was paid',
    }),
    taxRefunded: measure({
      of: 'refund', at: 'completedAt', add: 'taxAmount', when: counts, by: ['channel'], orderDated: 'taxRefundedByOrder', since: 2,
      title: 'Tax refunded', unit: 'money', better: 'down', basis: 'refunded', source: 'Shopify',
      formula: 'Σ tax given back, on the day of the refund',
    }),
    taxRefundedByOrder: measure({
      of: 'refund', at: 'order.paidAt', add: 'taxAmount', when: { all: [counts, has('completedAt')] }, by: ['channel'], restates: true, since: 2,
      title: 'Tax refunded, by order date', unit: 'money', better: 'down', basis: 'paid', source: 'Creator Analytics',
      formula: 'Σ tax given back so far, on the day the order was paid',
    }),
    refundedOrders: measure({
      of: 'order', at: first('refund', 'completedAt'), add: 1, when: not(is('isExcluded', true)), by: ['channel'], orderDated: 'refundedOrdersByOrder',
      title: 'Refunded orders', unit: 'count', better: 'down', basis: 'refunded', source: 'TikTok Shop',
      formula: 'orders with a refund, on the day of the first one',
    }),
    refundedOrdersByOrder: measure({
      of: 'order', at: 'paidAt', add: 1, when: { all: [not(is('isExcluded', true)), refunded] }, by: ['channel'], restates: true,
      title: 'Refunded orders, by order date', unit: 'count', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'orders paid that day with at least one refund since',
    }),
    refundRate: ratio('refunds', 'grossSales', {
      title: 'Refund rate', better: 'down', basis: 'mixed', source: 'common',
      formula: 'refunds ÷ gross sales, each on its own day',
    }),
    refundRateByOrder: ratio('refundsByOrder', 'grossSales', {
      title: 'Refund rate, by order date', better: 'down', basis: 'paid', source: 'ProfitPeak, Airboxr',
      formula: 'refunds of the orders paid that day ÷ their gross sales',
    }),
    refundedOrderRate: ratio('refundedOrdersByOrder', 'orders', {
      title: 'Share of orders refunded', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'orders paid that day with at least one refund ÷ orders',
    }),
  },
});
