/** What was sold? Counted when paid; a paid order that is cancelled later still counts and shows as cancelled. */
import { all, is, measure, not, ratio, revised, sum, topic } from './language.ts';

const counts = not(is('isExcluded', true));
const perLine = ['product', 'category', 'channel'];
const cancelledBy = (fault: string) => all(counts, is('isCancelled', true), is('cancellationFault', fault));

/** Since version 4 the campaign and the video or LIVE of an order too. */
const perOrder = ['channel', 'campaign', 'content'];
// biome-ignore format: a KPI reads as an entry of the dictionary
const gmv = {
  of: 'order', at: 'gmvAt', add: 'orderValue', when: counts,
  title: 'GMV', unit: 'money', better: 'up', basis: 'paid', source: 'TikTok Shop',
  formula: 'Σ of what buyers paid: lines after both discounts + tax + shipping; cancelled and refunded included; cash on delivery at creation',
} as const;
// biome-ignore format: a KPI reads as an entry of the dictionary
const orders = {
  of: 'order', at: 'paidAt', add: 1, when: counts,
  title: 'Orders', unit: 'count', better: 'up', basis: 'paid', source: 'TikTok Shop, Shopify',
  formula: 'paid orders, cancelled ones included',
} as const;
const totalSales = { title: 'Total sales', unit: 'money', better: 'up', basis: 'mixed', source: 'Shopify' } as const;

// biome-ignore format: a KPI reads as an entry of the dictionary
export const sales = topic({
  name: 'sales',
  title: 'Sales',
  kpis: {
    gmv: revised(measure({ ...gmv, by: ['channel'] }), measure({ ...gmv, by: perOrder, since: 4 })),
    grossSales: measure({
      of: 'order', at: 'paidAt', add: 'lines.grossAmount', when: counts, by: perLine,
      title: 'Gross sales', unit: 'money', better: 'up', basis: 'paid', source: 'Shopify',
      formula: 'Σ list price × quantity, before discounts, tax, shipping and returns',
    }),
    sellerDiscounts: measure({
      of: 'order', at: 'paidAt', add: 'lines.sellerDiscount', when: counts, by: perLine,
      title: 'Discounts you fund', unit: 'money', better: 'neither', basis: 'paid', source: 'TikTok statement columns',
      formula: 'Σ discounts paid by the seller',
    }),
    platformDiscounts: measure({
      of: 'order', at: 'paidAt', add: 'lines.platformDiscount', when: counts, by: perLine,
      title: 'Discounts the platform funds', unit: 'money', better: 'neither', basis: 'paid', source: 'TikTok statement columns',
      formula: 'Σ discounts that the platform repays',
    }),
    netSales: sum({
      plus: ['grossSales'], minus: ['sellerDiscounts', 'refunds'],
      title: 'Net sales', unit: 'money', better: 'up', basis: 'mixed', source: 'Shopify, Peel, Polar',
      formula: 'gross sales − discounts you fund − refunds, each on its own day; without tax, shipping and fees',
    }),
    shippingCharged: measure({
      of: 'order', at: 'paidAt', add: 'shippingCharged', when: counts, by: ['channel'],
      title: 'Shipping charged', unit: 'money', better: 'neither', basis: 'paid', source: 'Shopify',
      formula: 'Σ shipping that buyers paid',
    }),
    tax: measure({
      of: 'order', at: 'paidAt', add: 'lines.tax', when: counts, by: perLine,
      title: 'Tax', unit: 'money', better: 'neither', basis: 'paid', source: 'Shopify',
      formula: 'Σ tax of the lines',
    }),
    netShipping: sum({
      plus: ['shippingCharged'], minus: ['shippingRefunded'], since: 2,
      title: 'Net shipping', unit: 'money', better: 'neither', basis: 'mixed', source: 'Shopify',
      formula: 'shipping charged − shipping refunded; each on its own day',
    }),
    netTax: sum({
      plus: ['tax'], minus: ['taxRefunded'], since: 2,
      title: 'Net tax', unit: 'money', better: 'neither', basis: 'mixed', source: 'Shopify',
      formula: 'tax − tax refunded; each on its own day',
    }),
    totalSales: revised(
      sum({ plus: ['netSales', 'shippingCharged', 'tax'], ...totalSales, formula: 'net sales + shipping charged + tax' }),
      sum({
        plus: ['netSales', 'netShipping', 'netTax'], since: 2, ...totalSales,
        formula: 'net sales + net shipping + net tax: what was given back counts against the day of the refund',
      }),
    ),
    orders: revised(measure({ ...orders, by: ['channel'] }), measure({ ...orders, by: perOrder, since: 4 })),
    units: measure({
      of: 'order', at: 'paidAt', add: 'lines.quantity', when: counts, by: perLine,
      title: 'Units', unit: 'count', better: 'up', basis: 'paid', source: 'TikTok Shop',
      formula: 'Σ quantity',
    }),
    skuOrders: measure({
      of: 'order', at: 'paidAt', add: 'skuCount', when: counts, by: ['channel'],
      title: 'SKU orders', unit: 'count', better: 'up', basis: 'paid', source: 'TikTok Shop',
      formula: 'pairs of order and SKU',
    }),
    discountedSales: sum({
      plus: ['grossSales'], minus: ['sellerDiscounts'],
      title: 'Sales after discounts', unit: 'money', better: 'up', basis: 'paid', source: 'Polar',
      formula: 'gross sales − discounts you fund; refunds not subtracted',
    }),
    averageOrderValue: ratio('discountedSales', 'orders', {
      title: 'Average order value', unit: 'money', better: 'up', basis: 'paid', source: 'Polar',
      formula: '(gross sales − discounts you fund) ÷ orders; refunds not subtracted',
    }),
    cancelledOrders: measure({
      of: 'order', at: 'paidAt', add: 1, when: all(counts, is('isCancelled', true)), by: ['channel'], restates: true,
      title: 'Cancelled orders', unit: 'count', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'orders paid that day and cancelled since',
    }),
    cancelledByBuyer: measure({
      of: 'order', at: 'paidAt', add: 1, when: cancelledBy('buyer'), by: ['channel'], restates: true,
      title: 'Orders the buyer cancelled', unit: 'count', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'cancelled orders at the buyer’s fault',
    }),
    cancelledBySeller: measure({
      of: 'order', at: 'paidAt', add: 1, when: cancelledBy('seller'), by: ['channel'], restates: true,
      title: 'Orders you cancelled', unit: 'count', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'cancelled orders at the seller’s fault',
    }),
    cancelledByPlatform: measure({
      of: 'order', at: 'paidAt', add: 1, when: cancelledBy('platform'), by: ['channel'], restates: true,
      title: 'Orders the platform cancelled', unit: 'count', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'cancelled orders at the platform’s fault',
    }),
    cancellationRate: ratio('cancelledOrders', 'orders', {
      title: 'Cancellation rate', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'cancelled orders ÷ orders, of the orders paid that day',
    }),
    buyerCancellationRate: ratio('cancelledByBuyer', 'orders', {
      title: 'Cancellation rate, by buyers', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'orders the buyer cancelled ÷ orders',
    }),
    sellerCancellationRate: ratio('cancelledBySeller', 'orders', {
      title: 'Cancellation rate, by you', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'orders you cancelled ÷ orders',
    }),
    platformCancellationRate: ratio('cancelledByPlatform', 'orders', {
      title: 'Cancellation rate, by the platform', better: 'down', basis: 'paid', source: 'TikTok Shop',
      formula: 'orders the platform cancelled ÷ orders',
    }),
  },
});
