/** Which histories can there be? A few orders with their parts, told in any order, late, twice, corrected, across days and zones. */
import * as fc from 'fast-check';
import type { Stamp } from '../../shared/events/record.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import {
  aContentDay,
  aCost,
  aLine,
  anAdjustment,
  anAffiliateSale,
  anOperationMinute,
  anOrder,
  aRefund,
  aReview,
  aSettlement,
  aShipment,
} from './snapshots.ts';
import { aRecord, inZone } from './stream.ts';

// Around the clock changes of New York on 2 November (an hour that comes twice) and 8 March, and the turn of a month and of a day.
const instants = [
  '2025-11-02T05:30:00Z',
  '2025-11-02T06:30:00.250Z',
  '2026-02-28T23:30:00Z',
  '2026-03-01T04:59:00Z',
  '2026-03-01T14:03:00Z',
  '2026-03-08T06:59:00Z',
  '2026-03-08T07:00:00Z',
  '2026-03-31T23:59:59Z',
];
const instant = fc.constantFrom(...instants);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const amount = fc.constantFrom(0, 1, 99, 1000);
/** The shop's own currency, and others whose amounts have to be rounded. */
const currency = fc.constantFrom(
  { currency: 'USD' },
  { currency: 'EUR', exchangeRate: '1.0837' },
  { currency: 'JPY', exchangeRate: '0.00653' },
  // Odd amounts fall on halves.
  { currency: 'GBP', exchangeRate: '1.5' },
);
const line = fc
  .record({
    productId: fc.constantFrom('p-1', 'p-2'),
    category: maybe(fc.constantFrom('beauty', 'home')),
    quantity: fc.integer({ min: 1, max: 3 }),
    unitPrice: amount,
    sellerDiscount: maybe(amount),
    platformDiscount: maybe(amount),
    tax: maybe(amount),
  })
  .map(aLine);

const order = fc
  .record({
    status: fc.constantFrom('paid', 'placed', 'cancelled'),
    placedAt: instant,
    paidAt: maybe(instant),
    channel: maybe(fc.constantFrom('live', 'video')),
    campaign: maybe(fc.constantFrom('spring', 'fall')),
    contentId: maybe(fc.constantFrom('v-1', 'v-2')),
    lines: fc.array(line, { maxLength: 3 }),
    shipBy: maybe(instant),
    deliverBy: maybe(instant),
    cancellationFault: maybe(fc.constantFrom('buyer', 'seller', 'platform')),
    shippingCharged: maybe(amount),
    cod: maybe(fc.boolean()),
    sample: maybe(fc.boolean()),
    money: currency,
  })
  .map(({ money, ...data }) => ({ ...data, ...money }));
const shipment = fc.record({
  status: fc.constantFrom('in_transit', 'delivered', 'cancelled'),
  carrier: maybe(fc.constantFrom('USPS', 'UPS')),
  region: maybe(fc.constantFrom('US-CA', 'US-NY')),
  labelAt: maybe(instant),
  handedOverAt: maybe(instant),
  deliveredAt: maybe(instant),
  labelCost: maybe(amount),
  fulfilledBy: maybe(fc.constantFrom('seller', 'platform')),
});
const refund = fc
  .record({
    completedAt: maybe(instant),
    fault: maybe(fc.constantFrom('seller', 'buyer')),
    goodsAmount: fc.integer({ min: 1000, max: 1500 }),
    taxAmount: maybe(amount),
    shippingAmount: maybe(amount),
    money: currency,
  })
  .map(({ money, ...data }) => ({ ...data, ...money }));
const review = fc.record({
  kind: fc.constantFrom(undefined, 'review', 'survey'),
  productId: maybe(fc.constantFrom('p-1', 'p-2')),
  rating: fc.integer({ min: 1, max: 5 }),
  initialRating: maybe(fc.integer({ min: 1, max: 5 })),
  submittedAt: instant,
});
const minute = fc.record({
  requests: fc.nat(9),
  failures: fc.constantFrom([], [{ kind: 'timeout', count: 2 }]),
  lagSeconds: maybe(fc.constantFrom(0, 1, 60)),
});

const signed = fc.constantFrom(-240, -1, 0, 60);
const settlement = fc
  .record({
    settledAt: maybe(instant),
    estimated: maybe(fc.boolean()),
    settledAmount: fc.constantFrom(-940, 0, 940),
    fees: fc.array(fc.record({ kind: fc.constantFrom('platform', 'affiliate'), amount: signed }), { maxLength: 3 }),
    money: currency,
  })
  .map(({ money, ...data }) => ({ ...data, ...money }));
const adjustment = fc
  .record({
    kind: fc.constantFrom('penalty', 'advertising'),
    settledAt: maybe(instant),
    estimated: maybe(fc.boolean()),
    amount: signed,
    money: currency,
  })
  .map(({ money, ...data }) => ({ ...data, ...money }));
const span = fc.constantFrom(
  { from: '2026-02-27', to: '2026-03-02' },
  { from: '2026-03-01', to: '2026-03-01' },
  { from: '2026-03-07', to: '2026-03-09' },
);
const cost = fc
  .record({
    kind: fc.constantFrom('ads', 'samples'),
    amount,
    campaign: maybe(fc.constantFrom('spring', 'fall')),
    span,
    money: currency,
  })
  .map(({ money, span, ...data }) => ({ ...data, ...money, ...span }));
const contentDay = fc.record({ views: fc.nat(99), clicks: maybe(fc.nat(9)), orders: maybe(fc.nat(3)), gmv: maybe(amount) });
const affiliateSale = fc
  .record({
    creator: fc.constantFrom('rosa', 'lin'),
    channel: maybe(fc.constantFrom('live', 'video')),
    contentId: maybe(fc.constantFrom('v-1', 'v-2')),
    productId: maybe(fc.constantFrom('p-1', 'p-2')),
    soldAt: instant,
    quantity: maybe(fc.nat(3)),
    paidAmount: amount,
    estimatedCommission: maybe(signed),
    actualCommission: maybe(signed),
    money: currency,
  })
  .map(({ money, ...data }) => ({ ...data, ...money }));

const version = fc.integer({ min: 1, max: 3 });
const named = fc.record({ order: fc.constantFrom('o-1', 'o-2'), id: fc.constantFrom('x-1', 'x-2', 'x-3'), version });

/** One snapshot of one of a handful of entities. */
export const snapshot = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(order, named).map(([data, name]) => anOrder(data, name)) },
  { weight: 6, arbitrary: fc.tuple(shipment, named).map(([data, name]) => aShipment(data, name)) },
  { weight: 6, arbitrary: fc.tuple(refund, named).map(([data, name]) => aRefund(data, name)) },
  fc.tuple(settlement, named).map(([data, name]) => aSettlement(data, name)),
  fc.tuple(adjustment, named).map(([data, name]) => anAdjustment(data, name)),
  fc.tuple(cost, named).map(([data, name]) => aCost(data, name)),
  fc.tuple(contentDay, named).map(([data, name]) => aContentDay(data, name)),
  fc.tuple(affiliateSale, named).map(([data, name]) => anAffiliateSale(data, name)),
  fc.tuple(review, named).map(([data, name]) => aReview(data, name)),
  fc.tuple(minute, version).map(([data, which]) => anOperationMinute(data, { version: which })),
);

/** The creator moved once, and definitions changed once: what was accepted before and after carries another stamp. */
const stamps: Partial<Stamp>[] = [
  { definitions: 1 },
  { definitions: dictionary.latest },
  { definitions: dictionary.latest, profile: 2, zones: inZone('Pacific/Auckland') },
];

/** Records in the order of a stream, the same snapshot again and again among them. */
export const history: fc.Arbitrary<Incoming[]> = fc
  .array(fc.record({ event: snapshot, stamp: fc.constantFrom(...stamps), times: fc.integer({ min: 1, max: 2 }), at: fc.nat() }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((chosen) => {
    const all = chosen.flatMap((one) => Array.from({ length: one.times }, (_, i) => ({ ...one, at: (one.at * (i + 1)) % 97 })));
    return all.sort((a, b) => a.at - b.at).map(({ event, stamp }, i) => aRecord(event, i + 1, stamp));
  });
