/** What happens in a world's shops? Snapshots of orders, their parcels and refunds, and costs, around a clock change and a month's end. */
import type { Chance } from './chance.ts';

export interface Snapshot {
  entity: string;
  subject: string;
  data: { [name: string]: unknown };
}

const anHour = 3_600_000;
// New York turns its clocks back on 2025-11-02 at 06:00 UTC; in most zones of the worlds a month ends within the span.
const spanFrom = Date.parse('2025-10-31T22:30:00Z');
const spanHours = 34;

const instant = (at: number): string => new Date(at).toISOString();
const someTime = (chance: Chance): number =>
  chance.happens(0.3)
    ? Date.parse('2025-11-02T04:30:00Z') + chance.below(4) * anHour
    : spanFrom + chance.below(spanHours) * anHour;

/** An instant of the span at which a creator may move to another zone. */
export const someInstant = (chance: Chance): string => instant(someTime(chance));

/** Now and then an amount is in euros, and now and then the rate is forgotten: then it cannot be counted. */
function money(chance: Chance): { currency: string; exchangeRate?: string } {
  if (!chance.happens(0.2)) return { currency: 'USD' };
  return chance.happens(0.25) ? { currency: 'EUR' } : { currency: 'EUR', exchangeRate: '2' };
}

function order(chance: Chance): Snapshot['data'] {
  const at = someTime(chance);
  return {
    status: 'paid',
    placedAt: instant(at),
    ...(chance.happens(0.85) ? { paidAt: instant(at + 60_000) } : {}),
    ...money(chance),
    ...(chance.happens(0.8) ? { channel: chance.pick(['live', 'video']) } : {}),
    ...(chance.happens(0.1) ? { campaign: 'spring' } : {}),
    ...(chance.happens(0.1) ? { sample: true } : {}),
    lines: Array.from({ length: 1 + chance.below(2) }, () => ({
      productId: chance.pick(['p-1', 'p-2']),
      quantity: 1 + chance.below(2),
      unitPrice: 100 * (1 + chance.below(4)),
      sellerDiscount: chance.pick([0, 10]),
    })),
    shippingCharged: chance.pick([0, 5]),
    shipBy: instant(at + chance.below(24) * anHour),
  };
}

function shipment(chance: Chance): Snapshot['data'] {
  const at = someTime(chance);
  return {
    status: 'in_transit',
    carrier: chance.pick(['USPS', 'DHL']),
    labelCost: 1 + chance.below(3),
    ...(chance.happens(0.8) ? { handedOverAt: instant(at) } : {}),
    ...(chance.happens(0.5) ? { deliveredAt: instant(at + chance.pick([1, 5, 20]) * anHour) } : {}),
  };
}

function refund(chance: Chance): Snapshot['data'] {
  const goodsAmount = 10 * (2 + chance.below(5));
  return {
    ...(chance.happens(0.8) ? { completedAt: someInstant(chance) } : {}),
    ...money(chance),
    goodsAmount,
    lines: [{ productId: chance.pick(['p-1', 'p-2']), quantity: 1, goodsAmount: goodsAmount - chance.pick([0, 10]) }],
  };
}

function cost(chance: Chance): Snapshot['data'] {
  const from = 29 + chance.below(3);
  return {
    kind: 'ads',
    amount: 10 + chance.below(40),
    ...money(chance),
    campaign: chance.pick(['spring', 'autumn']),
    from: `2025-10-${from}`,
    to: chance.pick([`2025-10-${from}`, '2025-11-01', '2025-11-02']),
  };
}

/** A new state of one of a creator's entities. */
export function someSnapshot(chance: Chance, orders: number): Snapshot {
  const root = `order/o-${1 + chance.below(orders)}`;
  const kind = chance.below(10);
  if (kind < 5) return { entity: 'order', subject: root, data: order(chance) };
  if (kind < 7) return { entity: 'shipment', subject: `${root}/shipment/s-1`, data: shipment(chance) };
  if (kind < 9) return { entity: 'refund', subject: `${root}/refund/r-${1 + chance.below(2)}`, data: refund(chance) };
  return { entity: 'cost', subject: 'cost/ads', data: cost(chance) };
}

/** The same state with something changed that no KPI reads. */
export const unseenChange = (chance: Chance, data: Snapshot['data']): Snapshot['data'] => ({
  ...data,
  note: `n-${chance.below(99)}`,
});
