/** Do fold and SQL agree on all that the language can say, though no KPI says it yet? Spans, first times, other entities, revisions. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stamp } from '../../shared/events/record.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { makeDictionary } from '../../shared/kpis/dictionary.ts';
import {
  after,
  all,
  any,
  atLeast,
  atMost,
  byEndOfDay,
  type DistributionSpec,
  distribution,
  every,
  first,
  has,
  is,
  type KpiTopic,
  last,
  type MeasureSpec,
  measure,
  not,
  onDay,
  revised,
  spread,
} from '../../shared/kpis/language.ts';
import { kpiDailySql } from '../../shared/lake/kpi-sql.ts';
import {
  aCost,
  aLine,
  anOperationMinute,
  anOrder,
  aRefund,
  aReview,
  aSettlement,
  aShipment,
  aStockDay,
} from '../make/snapshots.ts';
import { aRecord, inZone } from '../make/stream.ts';
import { roundsOf } from '../rounds.ts';
import { brokenSql, checkAgreement, type Planted, sound } from './agreement.ts';

const about = { title: 'T', unit: 'count', better: 'up', basis: 'paid', formula: 'f' } as const;
type Said<Spec> = Omit<Spec, keyof typeof about>;
const count = (spec: Said<MeasureSpec>) => measure({ ...about, ...spec });
const spreadOf = (spec: Said<DistributionSpec>) => distribution({ ...about, ...spec });

// biome-ignore format: a KPI reads as an entry of the dictionary
const conditions: KpiTopic = {
  name: 'conditions', title: 'Every condition, and its opposite where something is absent',
  kpis: {
    orders: count({ of: 'order', at: 'paidAt', add: 1, by: ['channel'] }),
    units: count({ of: 'order', at: 'paidAt', add: 'lines.quantity', by: ['product', 'category', 'channel'] }),
    notLate: count({ of: 'shipment', at: 'deliveredAt', add: 1, when: not(after('deliveredAt', 'order.deliverBy')) }),
    notInTime: count({ of: 'shipment', at: 'deliveredAt', add: 1, when: not(byEndOfDay('deliveredAt', 'order.deliverBy')) }),
    notFew: count({ of: 'review', at: 'submittedAt', add: 'rating', when: not(atMost('rating', 2)) }),
    notGreat: spreadOf({ of: 'review', at: 'submittedAt', value: 'score', when: not(atLeast('score', 7)) }),
    onlySellers: count({ of: 'order', at: 'placedAt', add: -3, when: not(any('refund', not(is('fault', 'seller')))) }),
    large: count({ of: 'refund', at: 'order.paidAt', add: 'goodsAmount', by: ['fault'], when: all(atLeast('goodsAmount', 1200), all()) }),
    inside: count({ of: 'review', at: 'submittedAt', add: 1, when: any('shipment', all(has('deliveredAt'), any('refund', after('completedAt', 'order.paidAt')))) }),
    insideEach: count({ of: 'order', at: 'paidAt', add: 1, when: every('shipment', not(every('refund', is('order.channel', 'live')))) }),
  },
};

// biome-ignore format: a KPI reads as an entry of the dictionary
const times: KpiTopic = {
  name: 'times', title: 'Every kind of time, and the entities that no KPI counts',
  kpis: {
    firstRefund: count({ of: 'order', at: first('refund', 'completedAt'), add: 1 }),
    firstOrder: count({ of: 'order', at: first('order', 'completedAt'), add: 1 }),
    firstParcel: count({ of: 'order', at: first('shipment', 'deliveredAt'), add: 'lines.quantity', by: ['product'] }),
    lastParcel: count({ of: 'review', at: last('shipment', 'deliveredAt'), add: 1 }),
    promised: count({ of: 'order', at: spread('placedAt', 'deliverBy'), add: 'orderValue', by: ['channel'] }),
    promisedTax: count({ of: 'order', at: spread('placedAt', 'deliverBy'), add: 'lines.tax', by: ['product'] }),
    spend: count({ of: 'cost', at: spread('from', 'to'), add: 'amount', by: ['campaign', 'costKind'] }),
    fees: count({ of: 'settlement', at: 'settledAt', add: 'fees.amount', by: ['feeKind', 'channel'] }),
    settled: count({ of: 'settlement', at: onDay('settledAt'), add: 'settledAmount' }),
    onHand: count({ of: 'stock-day', at: 'day', add: 'onHand', by: ['location', 'product'] }),
    lag: spreadOf({ of: 'operation-minute', at: 'minute', value: 'lagSeconds' }),
    wait: spreadOf({ of: 'shipment', at: 'deliveredAt', value: { from: 'order.paidAt', to: 'deliveredAt' } }),
  },
};

// What a part did not store under its own definitions it does not have, though the lake has it.
// biome-ignore format: a KPI reads as an entry of the dictionary
const versions: KpiTopic = {
  name: 'versions', title: 'Three definitions versions, each of which reads more of a part',
  kpis: {
    packages: count({ of: 'order', at: 'paidAt', add: 'packages' }),
    packed: count({ of: 'shipment', at: 'handedOverAt', add: 1, when: has('order.packages'), since: 2 }),
    excepted: count({ of: 'order', at: 'paidAt', add: 1, when: any('shipment', has('exceptionAt')), since: 2 }),
    firstExcepted: count({ of: 'order', at: first('shipment', 'exceptionAt'), add: 1, since: 2 }),
    gifts: count({ of: 'shipment', at: 'handedOverAt', add: 1, when: is('order.gift', true), since: 3 }),
    notGifts: count({ of: 'shipment', at: 'handedOverAt', add: 'order.packages', when: is('order.gift', false), since: 3 }),
    moving: revised(
      revised(
        count({ of: 'order', at: 'paidAt', add: 'lines.quantity', by: ['product'] }),
        count({ of: 'order', at: 'placedAt', add: 'shippingCharged', by: ['channel'], since: 2 }),
      ),
      count({ of: 'shipment', at: 'labelAt', add: 1, by: ['carrier'], since: 3 }),
    ),
  },
};

// Around both clock changes of New York; the last two are one instant told in two zones, and its neighbour.
const instant = fc.constantFrom(
  '2025-11-02T05:30:00Z',
  '2025-11-02T06:30:00Z',
  '2026-03-01T04:59:00Z',
  '2026-03-08T06:59:59.999Z',
  '2026-03-08T07:00:00.250Z',
  '2026-03-31T23:59:59Z',
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const day = fc.constantFrom('2026-02-27', '2026-03-01', '2026-03-08', '2026-03-31');
const amount = fc.constantFrom(0, 1, 7, 1000);
const named = fc.record({
  order: fc.constantFrom('o-1', 'o-2'),
  id: fc.constantFrom('x-1', 'x-2'),
  version: fc.integer({ min: 1, max: 3 }),
});
const line = fc
  .record({
    productId: fc.constantFrom('p-1', 'p-2'),
    category: maybe(fc.constantFrom('beauty', "o'clock")),
    quantity: fc.integer({ min: 1, max: 3 }),
    unitPrice: amount,
    sellerDiscount: maybe(amount),
    tax: maybe(amount),
  })
  .map(aLine);
const order = fc.record({
  placedAt: instant,
  paidAt: maybe(instant),
  completedAt: maybe(instant),
  deliverBy: maybe(instant),
  channel: maybe(fc.constantFrom('live', 'total', '(none)')),
  lines: fc.array(line, { maxLength: 3 }),
  shippingCharged: maybe(amount),
  gift: maybe(fc.boolean()),
  packages: maybe(fc.nat(2)),
});
const shipment = fc.record({
  carrier: maybe(fc.constantFrom('UPS', '日本郵便')),
  labelAt: maybe(instant),
  handedOverAt: maybe(instant),
  deliveredAt: maybe(instant),
  exceptionAt: maybe(instant),
});
const refund = fc.record({
  completedAt: maybe(instant),
  goodsAmount: fc.constantFrom(1000, 1200),
  fault: maybe(fc.constantFrom('seller', 'buyer')),
});
const survey = fc.record({
  kind: fc.constant('survey'),
  rating: maybe(fc.integer({ min: 1, max: 5 })),
  score: maybe(fc.integer({ min: 0, max: 10 })),
  submittedAt: instant,
});
const settlement = fc.record({ settledAt: maybe(instant), settledAmount: fc.integer({ min: -5, max: 5 }) });
const stockDay = fc.record({ onHand: fc.integer({ min: -2, max: 3 }), productId: maybe(fc.constant('p-1')) });
const minute = fc.record({ lagSeconds: maybe(fc.constantFrom(0, 0.5, 1, 1.5, 60, 1e6)) });
const cost = fc
  .record({
    kind: fc.constantFrom('ads', 'samples'),
    amount: fc.constantFrom(0, 1, 5, 31_000),
    campaign: maybe(fc.constant('spring')),
    days: fc.tuple(day, day).map((both) => both.sort()),
  })
  .map(({ days: [from, to], ...data }) => ({ ...data, from, to }));

const event = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(order, named).map(([data, name]) => anOrder(data, name)) },
  { weight: 3, arbitrary: fc.tuple(shipment, named).map(([data, name]) => aShipment(data, name)) },
  { weight: 3, arbitrary: fc.tuple(refund, named).map(([data, name]) => aRefund(data, name)) },
  fc.tuple(survey, named).map(([data, name]) => aReview(data, name)),
  fc.tuple(settlement, named).map(([data, name]) => aSettlement(data, name)),
  fc.tuple(stockDay, day, named).map(([data, on, { version }]) => aStockDay(data, { day: on, version })),
  fc.tuple(minute, named).map(([data, { version }]) => anOperationMinute(data, { version })),
  fc.tuple(cost, named).map(([data, name]) => aCost(data, name)),
);
const zones = ['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];
const stamp = fc
  .record({ definitions: fc.integer({ min: 1, max: 3 }), profile: fc.integer({ min: 1, max: zones.length }) })
  .map(({ definitions, profile }): Partial<Stamp> => ({ definitions, profile, zones: inZone(String(zones[profile - 1])) }));
const history: fc.Arbitrary<Incoming[]> = fc
  .array(fc.tuple(event, stamp), { minLength: 1, maxLength: 16 })
  .map((chosen) => chosen.map(([one, under], i) => aRecord(one, i + 1, under)));
const histories = fc.array(history, { minLength: 10, maxLength: 20 });

const newest: KpiTopic = {
  name: 'newest',
  title: 'Newest',
  kpis: { third: count({ of: 'order', at: 'placedAt', add: 1, since: 3 }) },
};
const dictionaryOf = (subject: KpiTopic) => makeDictionary([newest, subject]);

describe('fold and SQL agree', () => {
  test.each([conditions, times, versions])('on $name', async (subject) => {
    await checkAgreement(histories, dictionaryOf(subject), { numRuns: roundsOf('agreeLanguage') });
  });
});

describe('fold and SQL over a stored daily snapshot agree', () => {
  test.each([conditions, times, versions])('on $name', async (subject) => {
    await checkAgreement(histories, dictionaryOf(subject), { numRuns: roundsOf('agreeLanguageStored') }, sound, true);
  });
});

describe('fold and SQL are told apart', () => {
  const bugs: [string, KpiTopic, Planted][] = [
    ['gives the odd units to the last days', times, brokenSql(/spread\.n < mod/g, 'spread.n >= mod')],
    ['leaves the odd units out', times, brokenSql(/CASE WHEN spread\.n < .*? THEN 1 ELSE 0 END/g, '0')],
    [
      'ignores what the definitions of a part stored',
      versions,
      brokenSql(/CASE WHEN \S+\.definitions < \d THEN (NULL|nullif).*? ELSE (\S+) END/g, '$2'),
    ],
    ['counts by all definitions at once', versions, brokenSql(/\.definitions >= \d/g, '.definitions >= 1')],
    ['gives a dimension the value of none', conditions, brokenSql(/nullif\((\S+), '\(none\)'\)/g, '$1')],
  ];
  test.each(bugs)('when SQL %s', async (_, subject, planted) => {
    const found = checkAgreement(histories, dictionaryOf(subject), { seed: 1, numRuns: 60, endOnFailure: true }, planted);
    await expect(found).rejects.toThrow(/stream and lake differ/);
  });
});

describe('parcels delivered at one instant, told in two zones', () => {
  const delivered = { deliveredAt: '2026-03-31T23:59:59Z' };
  const parcel = (id: string, n: number, profile: number) =>
    aRecord(aShipment(delivered, { id }), n, { definitions: 3, profile, zones: inZone(String(zones[profile - 1])) });
  const order = aRecord(anOrder(), 1, { definitions: 3 });
  const tied = [1, 2, 3].flatMap((one) =>
    [1, 2, 3].map((other) => [order, parcel('x-1', 2, one), parcel('x-2', 3, other), aRecord(aReview(), 4, { definitions: 3 })]),
  );

  test('put their order on the same day by fold and SQL', () =>
    checkAgreement(fc.constant(tied), dictionaryOf(times), { numRuns: 1 }));

  test('tell them apart when SQL has no rule for equal times', async () => {
    const planted = brokenSql(/\b(min|max)\((CAST\(1[^|]+) \|\| (\S+)\) AS/g, "'000000000000000' || $1_by($3, $2) AS");
    const found = checkAgreement(fc.constant(tied), dictionaryOf(times), { numRuns: 1 }, planted);
    await expect(found).rejects.toThrow(/stream and lake differ/);
  });
});

describe('a declaration that SQL could not count alike', () => {
  const compiled = (spec: Said<MeasureSpec>) => () =>
    kpiDailySql(dictionaryOf({ ...newest, name: 'odd', kpis: { odd: count(spec) } }));

  test.each([
    ['adds fractions', { of: 'operation-minute', at: 'minute', add: 'lagSeconds' }, /lagSeconds is a double/],
    ['compares text with a number', { of: 'order', at: 'paidAt', add: 1, when: atLeast('channel', 1) }, /channel is a string/],
    ['asks for a number in a text', { of: 'order', at: 'paidAt', add: 1, when: is('status', 1) }, /status is a string/],
    ['reads what is no fact', { of: 'order', at: 'paidAt', add: 1, when: has('paid') }, /no column of paid/],
    ['asks a cost for its order', { of: 'cost', at: 'from', add: 1, when: any('shipment') }, /cost belongs to no order/],
  ] as [string, Said<MeasureSpec>, RegExp][])('is refused when it %s', (_, spec, message) => {
    expect(compiled(spec)).toThrow(message);
  });
});
