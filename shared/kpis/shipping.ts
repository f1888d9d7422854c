/** How well does it ship? Dispatched, delivered, late, on time, how long, at what cost, and what is about to be late. */
import { after, all, any, byEndOfDay, distribution, has, is, measure, not, onDay, open, ratio, topic } from './language.ts';
import { everyParcel } from './parcels.ts';

const counts = not(is('order.isExcluded', true));
const by = ['carrier', 'region', 'channel'];
const due = all(not(is('isExcluded', true)), not(is('isCancelled', true)));

// biome-ignore format: a KPI reads as an entry of the dictionary
export const shipping = topic({
  name: 'shipping',
  title: 'Shipping',
  kpis: {
    dispatched: measure({
      of: 'shipment', at: 'handedOverAt', add: 1, when: counts, by,
      title: 'Parcels shipped', unit: 'count', better: 'up', basis: 'dispatched', source: 'TikTok Shop',
      formula: 'shipments handed to the carrier',
    }),
    delivered: measure({
      of: 'shipment', at: 'deliveredAt', add: 1, when: counts, by,
      title: 'Parcels delivered', unit: 'count', better: 'up', basis: 'delivered', source: 'TikTok Shop',
      formula: 'shipments delivered',
    }),
    lateDispatches: measure({
      of: 'shipment', at: 'handedOverAt', add: 1, when: all(counts, not(is('isPlatformFulfilled', true)), after('handedOverAt', 'order.shipBy')), by,
      title: 'Parcels shipped late', unit: 'count', better: 'down', basis: 'dispatched', source: 'TikTok Shop',
      formula: 'shipments of your own handed over after the ship-by time',
    }),
    lateDispatchRate: ratio('lateDispatches', 'dispatched', {
      title: 'Late dispatch rate', better: 'down', basis: 'dispatched', source: 'TikTok Shop',
      formula: 'late dispatches ÷ dispatched',
    }),
    dueOrders: measure({
      of: 'order', at: onDay('deliverBy'), add: 1, when: due, by: ['channel'],
      title: 'Orders due', unit: 'count', better: 'neither', basis: 'due', source: 'TikTok Shop',
      formula: 'orders not cancelled whose deliver-by day it is, delivered or not',
    }),
    onTimeDeliveries: measure({
      of: 'order', at: onDay('deliverBy'), add: 1, when: all(due, everyParcel(byEndOfDay('deliveredAt', 'order.deliverBy'))), by: ['channel'],
      title: 'Orders delivered on time', unit: 'count', better: 'up', basis: 'due', source: 'TikTok Shop',
      formula: 'orders due that day with every shipment delivered by its end',
    }),
    onTimeDeliveryRate: ratio('onTimeDeliveries', 'dueOrders', {
      title: 'On-time delivery rate', better: 'up', basis: 'due', source: 'TikTok Shop',
      formula: 'orders delivered on time ÷ orders due',
    }),
    perfectOrders: measure({
      of: 'order', at: onDay('deliverBy'), add: 1, when: all(due, everyParcel(byEndOfDay('deliveredAt', 'order.deliverBy')), not(any('refund', is('fault', 'seller')))),
      by: ['channel'], restates: true, since: 4,
      title: 'Perfect orders', unit: 'count', better: 'up', basis: 'due', source: 'SCOR, per order',
      formula: 'orders due that day, delivered whole and on time, and not refunded at the seller’s fault',
    }),
    perfectOrderRate: ratio('perfectOrders', 'dueOrders', {
      title: 'Perfect order rate', better: 'up', basis: 'due', source: 'SCOR, per order', since: 4,
      formula: 'perfect orders ÷ orders due; APQC multiplies four rates instead, which is not the same',
    }),
    labelCost: measure({
      of: 'shipment', at: 'labelledAt', add: 'labelCost', by,
      title: 'Label cost', unit: 'money', better: 'down', basis: 'spend', source: 'Creator Analytics',
      formula: 'Σ cost of labels, on the day they were made',
    }),
    timeToDispatch: distribution({
      of: 'shipment', at: 'handedOverAt', value: { from: 'order.paidAt', to: 'handedOverAt' }, when: counts,
      title: 'Time to dispatch', unit: 'seconds', better: 'down', basis: 'dispatched', source: 'Shopify',
      formula: 'paid → handed over: p50, p90 and n, by day of dispatch',
    }),
    timeToShip: distribution({
      of: 'shipment', at: 'deliveredAt', value: { from: 'handedOverAt', to: 'deliveredAt' }, when: counts,
      title: 'Time in transit', unit: 'seconds', better: 'down', basis: 'delivered', source: 'Shopify',
      formula: 'handed over → delivered: p50, p90 and n, by day of delivery',
    }),
    timeToDeliver: distribution({
      of: 'shipment', at: 'deliveredAt', value: { from: 'order.paidAt', to: 'deliveredAt' }, when: counts,
      title: 'Time to deliver', unit: 'seconds', better: 'down', basis: 'delivered', source: 'Shopify',
      formula: 'paid → delivered: p50, p90 and n, by day of delivery',
    }),
    slaAtRisk: open({
      of: 'order', due: 'shipBy', while: all(due, has('gmvAt'), not(has('completedAt')), not(any('shipment', has('handedOverAt')))), hours: [0, 6, 24],
      title: 'Orders at risk', unit: 'count', better: 'down', basis: 'now', source: 'Creator Analytics',
      formula: 'orders paid (or cash on delivery) and not handed over yet, by hours left to their ship-by time',
    }),
  },
});
