/** Which KPIs do the worlds count? A few of every kind, in two versions of the definitions; the first has a mistake in it. */
import { type Dictionary, makeDictionary } from '../../shared/kpis/dictionary.ts';
import {
  after,
  all,
  distribution,
  first,
  has,
  is,
  type Kpi,
  type KpiTopic,
  measure,
  not,
  open,
  revised,
  spread,
  topic,
} from '../../shared/kpis/language.ts';

export type Version = 1 | 2;

const about = { title: 'A number', unit: 'count', better: 'up', formula: 'what the code says', basis: 'paid' } as const;
const counts = not(is('sample', true));

/** The declarations as code of this version knows them: the second revises some and adds others. */
function topicsOf(version: Version): KpiTopic[] {
  const change = (before: Kpi, next: Kpi): Kpi => (version === 1 ? before : revised(before, { ...next, since: 2 }));
  const added = (kpis: KpiTopic['kpis']): KpiTopic['kpis'] => (version === 1 ? {} : kpis);
  const sales = topic({
    name: 'sales',
    title: 'Sales',
    kpis: {
      orders: measure({ ...about, of: 'order', at: 'paidAt', add: 1, when: counts, by: ['channel'] }),
      net: change(
        measure({ ...about, of: 'order', at: 'paidAt', add: 'lines.grossAmount', by: ['product'] }),
        measure({ ...about, of: 'order', at: 'paidAt', add: 'orderValue', by: ['channel'] }),
      ),
      // The first version looks for a day in the campaign's name: an order of a campaign cannot be counted until the second.
      promoted: change(
        measure({ ...about, of: 'order', at: 'campaign', add: 1 }),
        measure({ ...about, of: 'order', at: 'paidAt', add: 1, when: has('campaign') }),
      ),
      value: distribution({ ...about, of: 'order', at: 'paidAt', value: 'orderValue' }),
      waiting: change(
        open({ ...about, of: 'order', due: 'shipBy', while: has('paidAt'), hours: [24] }),
        open({ ...about, of: 'order', due: 'shipBy', while: all(has('paidAt'), counts), hours: [24] }),
      ),
      ...added({ shipping: measure({ ...about, of: 'order', at: 'paidAt', add: 'shippingCharged', since: 2 }) }),
    },
  });
  const returns = topic({
    name: 'returns',
    title: 'Returns',
    kpis: {
      refunds: measure({
        ...about,
        of: 'refund',
        at: 'completedAt',
        add: 'items.goodsAmount',
        by: ['product', 'channel'],
      }),
      refundsByOrder: measure({ ...about, of: 'refund', at: 'order.paidAt', add: 'goodsAmount', when: has('completedAt') }),
      refundedOrders: measure({ ...about, of: 'order', at: first('refund', 'completedAt'), add: 1 }),
    },
  });
  const parcels = topic({
    name: 'parcels',
    title: 'Parcels',
    kpis: {
      late: measure({
        ...about,
        of: 'shipment',
        at: 'handedOverAt',
        add: 1,
        when: after('handedOverAt', 'order.shipBy'),
        by: ['carrier'],
      }),
      labels: change(
        measure({ ...about, of: 'shipment', at: 'handedOverAt', add: 'labelCost' }),
        measure({ ...about, of: 'shipment', at: 'deliveredAt', add: 'labelCost' }),
      ),
      ...added({
        transit: distribution({
          ...about,
          of: 'shipment',
          at: 'deliveredAt',
          value: { from: 'handedOverAt', to: 'deliveredAt' },
          since: 2,
        }),
      }),
    },
  });
  const spend = topic({
    name: 'spend',
    title: 'Spend',
    kpis: { ads: measure({ ...about, of: 'cost', at: spread('from', 'to'), add: 'amount', by: ['campaign'] }) },
  });
  return [sales, returns, parcels, spend];
}

/** What code of each version knows: the first knows nothing of the second. */
export const dictionaries: { readonly [version in Version]: Dictionary } = {
  1: makeDictionary(topicsOf(1)),
  2: makeDictionary(topicsOf(2)),
};
