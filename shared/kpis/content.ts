/** What do videos, LIVEs and affiliates bring? As the platform reports content by day, and attributes sales to creators. */
import { has, measure, not, ratio, sum, topic } from './language.ts';

const byContent = ['contentKind', 'content'];
const bySale = ['affiliate', 'content', 'product', 'channel'];
const settled = has('actualCommission');

// biome-ignore format: a KPI reads as an entry of the dictionary
export const content = topic({
  name: 'content',
  title: 'Content',
  kpis: {
    contentViews: measure({
      of: 'content-day', at: 'day', add: 'views', by: byContent, since: 4,
      title: 'Views', unit: 'count', better: 'up', basis: 'snapshot', source: 'TikTok',
      formula: 'Σ views of videos and LIVEs, as the platform reports the day',
    }),
    contentClicks: measure({
      of: 'content-day', at: 'day', add: 'clicks', by: byContent, since: 4,
      title: 'Clicks on products', unit: 'count', better: 'up', basis: 'snapshot', source: 'TikTok',
      formula: 'Σ clicks on products in content',
    }),
    contentOrders: measure({
      of: 'content-day', at: 'day', add: 'orders', by: byContent, since: 4,
      title: 'Orders from content', unit: 'count', better: 'up', basis: 'snapshot', source: 'TikTok',
      formula: 'Σ orders that the platform attributes to content',
    }),
    contentGmv: measure({
      of: 'content-day', at: 'day', add: 'gmv', by: byContent, since: 4,
      title: 'GMV from content', unit: 'money', better: 'up', basis: 'snapshot', source: 'TikTok',
      formula: 'Σ GMV that the platform attributes to content; cancelled and refunded included',
    }),
    clickThroughRate: ratio('contentClicks', 'contentViews', {
      title: 'Click-through rate', better: 'up', basis: 'snapshot', source: 'TikTok', since: 4,
      formula: 'clicks ÷ views',
    }),
    contentConversion: ratio('contentOrders', 'contentClicks', {
      title: 'Conversion of content', better: 'up', basis: 'snapshot', source: 'TikTok', since: 4,
      formula: 'orders ÷ clicks; TikTok divides buyers by visitors, which the daily figures do not hold',
    }),
    affiliateSales: measure({
      of: 'affiliate-sale', at: 'soldAt', add: 'paidAmount', by: bySale, since: 4,
      title: 'Sales by affiliates', unit: 'money', better: 'up', basis: 'paid', source: 'TikTok',
      formula: 'Σ what buyers paid for products that are attributed to affiliates',
    }),
    affiliateUnits: measure({
      of: 'affiliate-sale', at: 'soldAt', add: 'quantity', by: bySale, since: 4,
      title: 'Units by affiliates', unit: 'count', better: 'up', basis: 'paid', source: 'TikTok',
      formula: 'Σ units attributed to affiliates',
    }),
    estimatedCommission: measure({
      of: 'affiliate-sale', at: 'soldAt', add: 'estimatedCommission', when: not(settled), by: bySale, since: 4,
      title: 'Commission, estimated', unit: 'money', better: 'neither', basis: 'paid', source: 'TikTok',
      formula: 'Σ commission of sales whose commission is not settled yet',
    }),
    actualCommission: measure({
      of: 'affiliate-sale', at: 'soldAt', add: 'actualCommission', when: settled, by: bySale, since: 4, restates: true,
      title: 'Commission, settled', unit: 'money', better: 'neither', basis: 'paid', source: 'TikTok',
      formula: 'Σ settled commission, on the day of the sale',
    }),
    commission: sum({
      plus: ['estimatedCommission', 'actualCommission'], since: 4,
      title: 'Commission', unit: 'money', better: 'neither', basis: 'paid', source: 'TikTok',
      formula: 'settled commission, or the estimate until it is settled; on the day of the sale, without that of ads',
    }),
    commissionRate: ratio('commission', 'affiliateSales', {
      title: 'Commission rate', better: 'down', basis: 'paid', source: 'Creator Analytics', since: 4,
      formula: 'commission ÷ sales by affiliates',
    }),
  },
});
