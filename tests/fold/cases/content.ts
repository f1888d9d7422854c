/** What do videos and affiliates come to? All on 1 March. */
import { aContentDay, anAffiliateSale, anOrder } from '../../make/snapshots.ts';
import type { Case } from './case.ts';

const day = '2026-03-01';
const video = aContentDay();
const live = aContentDay({ views: 500, clicks: 10, orders: 1, gmv: 2000 }, { kind: 'live', content: 'l-1' });
const sale = anAffiliateSale();
const settled = anAffiliateSale({ actualCommission: 180 }, { version: 2 });

export const content: Case[] = [
  { kpi: 'contentViews', says: 'views of all content of the day', events: [video, live], gives: { [day]: 1500 } },
  {
    kpi: 'contentViews',
    says: 'a corrected day once',
    events: [video, aContentDay({ views: 1100 }, { version: 2 })],
    gives: { [day]: 1100 },
  },
  {
    kpi: 'contentClicks',
    says: 'clicks by kind',
    by: 'contentKind',
    events: [video, live],
    gives: { [`${day}#video`]: 40, [`${day}#live`]: 10 },
  },
  {
    kpi: 'contentOrders',
    says: 'orders by content',
    by: 'content',
    events: [video, live],
    gives: { [`${day}#v-1`]: 4, [`${day}#l-1`]: 1 },
  },
  { kpi: 'contentGmv', says: 'GMV that is attributed', events: [video, live], gives: { [day]: 10_000 } },
  { kpi: 'clickThroughRate', says: 'clicks ÷ views', events: [video, live], gives: { [day]: [50, 1500] } },
  { kpi: 'contentConversion', says: 'orders ÷ clicks', events: [video, live], gives: { [day]: [5, 50] } },
  {
    kpi: 'affiliateSales',
    says: 'sales by affiliate',
    by: 'affiliate',
    events: [anOrder(), sale],
    gives: { [`${day}#rosa`]: 2000 },
  },
  { kpi: 'affiliateUnits', says: 'units by video', by: 'content', events: [sale], gives: { [`${day}#v-1`]: 2 } },
  { kpi: 'estimatedCommission', says: 'the estimate until it is settled', events: [sale], gives: { [day]: 200 } },
  { kpi: 'estimatedCommission', says: 'nothing of what is settled', events: [sale, settled], gives: {} },
  { kpi: 'actualCommission', says: 'what was settled, on the day of the sale', events: [sale, settled], gives: { [day]: 180 } },
  {
    kpi: 'commission',
    says: 'each sale once',
    events: [sale, settled, anAffiliateSale({}, { id: 'a-2' })],
    gives: { [day]: 380 },
  },
  { kpi: 'commissionRate', says: 'commission ÷ sales', events: [sale], gives: { [day]: [200, 2000] } },
];
