/** What is refused at the door, under which code, and does the message say where it hurts? */
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../shared/events/parse.ts';
import { aCost, aCreator, aLine, anOperationMinute, anOrder, aRefund, aReview, aShipment, aStockDay } from '../make/snapshots.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const outer = (change: Record<string, unknown>) => ({ ...anOrder(), ...change });
const ahead = '2026-06-02T00:00:01Z';
const long = '😀'.repeat(100);
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

// biome-ignore format: a table of cases
const refused: [what: string, event: unknown, code: string, message: string | RegExp][] = [
  ['something that is no event', 'text', 'malformed', ''],
  ['nothing', null, 'malformed', ''],
  ['another specversion', outer({ specversion: '0.3' }), 'malformed', 'specversion: must be "1.0"'],
  ['an event without an id', outer({ id: undefined }), 'malformed', /^id: /],
  ['a creator id that would not fit into a key', outer({ creatorid: 'c#1' }), 'malformed', /^creatorid: must be 1 to 128/],
  ['a version that is no integer', outer({ entityversion: 1.5 }), 'malformed', /^entityversion: /],
  ['a version in text', outer({ entityversion: '1' }), 'malformed', /^entityversion: /],
  ['a time without an offset', outer({ time: '2026-03-01T14:03:00' }), 'malformed', /^time: must be an RFC 3339 instant/],
  ['an unknown type', outer({ type: 'dev.creatoranalytics.parcel.updated.v1' }), 'unknown_type', /unknown event type .*known are .*order\|shipment/],
  ['a type of someone else', outer({ type: 'com.example.order' }), 'unknown_type', /^type: /],
  ['an unknown version', outer({ type: 'dev.creatoranalytics.order.updated.v2' }), 'unknown_version', 'type: unknown version v2 of order; known is v1'],
  ['a subject of another form', outer({ subject: 'orders/1' }), 'bad_subject', 'subject: orders/1 is not of the form order/{orderId}'],
  ['an empty id in the subject', outer({ subject: 'order/' }), 'bad_subject', /^subject: /],
  ['a subject that is too long for a key', { ...aStockDay(), subject: `stock/${long}@${long}/${long}` }, 'bad_subject', ''],
  ['a stock day of no day', aStockDay({}, { day: '2026-02-30' }), 'bad_subject', 'subject: 2026-02-30 is not a day'],
  ['a stock day of half a day', aStockDay({}, { day: '2026-3-1' }), 'bad_subject', 'subject: 2026-3-1 is not a day'],
  ['a stock day of an instant', aStockDay({}, { day: '2026-03-01T10:00Z' }), 'bad_subject', /is not a day/],
  ['a minute of the year 1', anOperationMinute({}, { minute: '0001-01-01T00:00Z' }), 'bad_subject', 'subject: 0001-01-01T00:00Z must lie between 1980 and 2199'],
  ['a minute before 1980', anOperationMinute({}, { minute: '1979-12-31T23:59Z' }), 'bad_subject', /between 1980 and 2199/],
  ['a stock day before 1980', aStockDay({}, { day: '1979-12-31' }), 'bad_subject', 'subject: 1979-12-31 must lie between 1980 and 2199'],
  ['a stock day of the year 0', aStockDay({}, { day: '0000-01-01' }), 'bad_subject', /between 1980 and 2199/],
  ['a cost from long ago', aCost({ from: '1979-12-31' }), 'invalid', 'data.from: must lie between 1980 and 2199'],
  ['a cost of a sentinel', aCost({ from: '2199-12-31', to: '2200-01-01' }), 'invalid', 'data.to: must lie between 1980 and 2199'],
  ['an event of the year 1', outer({ time: '0001-01-01T00:00:00Z' }), 'malformed', 'time: must lie between 1980 and 2199'],
  ['a profile of the year 1979', aCreator({}, { time: '1979-06-01T00:00:00Z', version: 1 }), 'malformed', 'time: must lie between 1980 and 2199'],
  ['a deadline in 2200', anOrder({ shipBy: '2200-01-01T00:00:00Z' }), 'invalid', 'data.shipBy: must lie between 1980 and 2199'],
  ['half of a surrogate pair in a subject', anOrder({}, { order: 's\ud800' }), 'malformed', /^subject: has half of a surrogate pair/],
  ['half of a surrogate pair in an id', outer({ id: '\udbff' }), 'malformed', /^id: has half/],
  ['half of a surrogate pair in a source', outer({ source: '/a\udc00b' }), 'malformed', /^source: has half/],
  ['half of a surrogate pair in a value', anOrder({ lines: [aLine({ title: 'Rose \ud83d' })] }), 'invalid', /^data.lines.0.title: has half/],
  ['half of a surrogate pair in an unknown field, deep', anOrder({ more: [{ a: { b: ['\udfff'] } }] }), 'invalid', /^data.more.0.a.b.0: has half/],
  ['half of a surrogate pair in a name', anOrder({ more: { '\ud800': 1 } }), 'invalid', /its name has half/],
  ['half of a surrogate pair in a name beside the data', outer({ '\ud800': 1 }), 'malformed', /its name has half/],
  ['a lost letter in a subject', anOrder({}, { order: 'Gr\ufffd\ufffde' }), 'malformed', /^subject: holds U\+FFFD, .*read the source in its own encoding/],
  ['a lost letter in an id', outer({ id: 'Gr\ufffdn' }), 'malformed', /^id: holds U\+FFFD/],
  ['a lost letter in the id of a product', anOrder({ lines: [aLine({ productId: 'p\ufffd' })] }), 'invalid', /^data.lines.0.productId: holds U\+FFFD/],
  ['a control character in a subject', anOrder({}, { order: 'o\u0000-1' }), 'malformed', /^subject: holds the control character U\+0000/],
  ['a control character in the id of a product', anOrder({ lines: [aLine({ productId: 'p\u001f1' })] }), 'invalid', /^data.lines.0.productId: holds the control character U\+001F/],
  ['a product with the name of none', anOrder({ lines: [aLine({ productId: '(none)' })] }), 'invalid', /^data.lines.0.productId: \(none\) stands for no value/],
  ['a lost letter in a SKU', anOrder({ lines: [aLine({ sku: 'p\ufffd' })] }), 'invalid', /^data.lines.0.sku: holds U\+FFFD/],
  ['a number too large to be one', JSON.parse(JSON.stringify(anOrder({ more: 'big' })).replace('"big"', '1e999')), 'invalid', 'data.more: is larger than a number can be'],
  ['too many levels', anOrder({ more: nested(31) }), 'invalid', /is nested too deep: an event may have 32 levels/],
  ['50,000 levels', anOrder({ more: nested(50_000) }), 'invalid', /is nested too deep: an event may have 32 levels/],
  ['a stock day to come', aStockDay({}, { day: '2026-06-04' }), 'future_time', /^subject: 2026-06-04/],
  ['a minute of no zone', anOperationMinute({}, { minute: '2026-03-01T14:03' }), 'bad_subject', /is not a minute/],
  ['a minute that is a number', anOperationMinute({}, { minute: '1' }), 'bad_subject', 'subject: 1 is not a minute'],
  ['a minute to come', anOperationMinute({}, { minute: '2026-06-03T00:00Z' }), 'future_time', /^subject: 2026-06-03T00:00Z/],
  ['a profile of someone else', { ...aCreator(), subject: 'creator/c-2' }, 'bad_subject', 'subject: a creator event names its own creatorid'],
  ['a missing field', anOrder({ placedAt: undefined }), 'invalid', /^data.placedAt: must be an RFC 3339 instant/],
  ['an amount below zero', anOrder({ shippingCharged: -1 }), 'invalid', 'data.shippingCharged: must not be negative'],
  ['a fraction of a cent', anOrder({ shippingCharged: 1.5 }), 'invalid', 'data.shippingCharged: must be an integer of minor units'],
  ['an amount in text', anOrder({ shippingCharged: '1' }), 'invalid', 'data.shippingCharged: must be an integer of minor units'],
  ['an amount beyond exact sums', anOrder({ shippingCharged: 10_000_000_000_001 }), 'invalid', /^data.shippingCharged: /],
  ['a line beyond exact sums', anOrder({ lines: [aLine({ unitPrice: 10_000_000_000_000 })] }), 'invalid', /^data.lines.0.quantity: /],
  ['a line without its product, by its number', anOrder({ lines: [aLine(), aLine({ productId: undefined })] }), 'invalid', /^data.lines.1.productId: /],
  ['a quantity of nothing', anOrder({ lines: [aLine({ quantity: 0 })] }), 'invalid', /^data.lines.0.quantity: /],
  ['an unknown fault', anOrder({ cancellationFault: 'carrier' }), 'invalid', /^data.cancellationFault: /],
  ['a currency that is none', anOrder({ currency: 'XYZ' }), 'unknown_currency', 'data.currency: unknown currency XYZ: use an ISO 4217 code'],
  ['a rate that is a number', anOrder({ currency: 'EUR', exchangeRate: 1.1 }), 'invalid', /^data.exchangeRate: /],
  ['a rate of nothing', anOrder({ currency: 'EUR', exchangeRate: '0.00' }), 'invalid', /^data.exchangeRate: /],
  ['a zone that is none', aCreator({ timeZone: 'Europe/Atlantis' }), 'unknown_zone', 'data.timeZone: unknown time zone Europe/Atlantis: use an IANA name'],
  ['a zone that is an offset', aCreator({ timeZone: '+02:00' }), 'unknown_zone', /^data.timeZone: /],
  ['a time to come', outer({ time: ahead }), 'future_time', `time: ${ahead} is more than 24 hours ahead`],
  ['a version to come', outer({ entityversion: Date.parse(ahead) }), 'future_time', /^entityversion: /],
  ['a payment to come', anOrder({ paidAt: ahead }), 'future_time', `data.paidAt: ${ahead} is more than 24 hours ahead`],
  ['a time before there were shops', anOrder({ placedAt: '0001-01-01T00:00:00Z' }), 'invalid', /^data.placedAt: must lie between 1980 and 2199/],
  ['a deadline at the end of days', anOrder({ deliverBy: '9999-12-31T23:59:59Z' }), 'invalid', /^data.deliverBy: must lie between 1980 and 2199/],
  ['a review without stars', aReview({ rating: undefined }), 'invalid', 'data.rating: a review needs a rating of 1 to 5'],
  ['half a star', aReview({ rating: 4.5 }), 'invalid', 'data.rating: must be a whole number of stars'],
  ['a refund of lines that add up to more', aRefund({ goodsAmount: 999 }), 'invalid', 'data.lines: the lines add up to more than goodsAmount'],
  ['a cost that ends before it begins', aCost({ from: '2026-03-02', to: '2026-03-01' }), 'invalid', 'data.to: is before from'],
  ['a cost over more days than can be spread', aCost({ from: '2020-01-01', to: '2026-01-01' }), 'invalid', 'data.to: is more than 1096 days after from: send one cost a year'],
];

describe('refuses', () => {
  it.each(refused)('%s', (_, event, code, message) => {
    const parsed = parseEvent(event, now);
    expect(parsed).toMatchObject({ ok: false, code });
    if (typeof message === 'string') expect((parsed as { message: string }).message).toContain(message);
    else expect((parsed as { message: string }).message).toMatch(message);
  });
});

describe('accepts', () => {
  it.each([
    ['a time within the next 24 hours: clocks differ', outer({ time: '2026-06-01T23:59:59Z' })],
    ['a deadline that lies ahead', anOrder({ shipBy: '2026-09-01T00:00:00Z', deliverBy: '2026-09-08T00:00:00+05:30' })],
    ['an order without lines', anOrder({ lines: [] })],
    ['a survey without stars', aReview({ kind: 'survey', rating: undefined, score: 9 })],
    [
      'a shipment that only has a status',
      aShipment({ labelAt: undefined, labelCost: undefined, carrier: undefined, region: undefined }),
    ],
    ['instants with fractions of a second', anOrder({ paidAt: '2026-03-01T14:03:00.123456Z' })],
    ['the first day and the last day there are', aCost({ from: '2199-12-31', to: '2199-12-31' })],
    ['a stock day of the first year', aStockDay({}, { day: '1980-01-01' })],
    ['a minute of the first year', anOperationMinute({}, { minute: '1980-01-01T00:00Z' })],
    [
      'an instant of the first year and a deadline in the last',
      anOrder({ placedAt: '1980-01-01T00:00:00Z', shipBy: '2199-12-31T23:59:59Z' }),
    ],
    ['32 levels', anOrder({ more: nested(30) })],
    ['a lost letter where it tells nothing apart', anOrder({ lines: [aLine({ title: 'Gr\ufffd\ufffde' })] })],
    ['whole pairs of surrogates, in names too', anOrder({ '😀': { '👩🏽‍🚀': '香😀' } }, { order: '😀' })],
    ['a stock day of today, somewhere', aStockDay({}, { day: '2026-06-02' })],
  ])('%s', (_, event) => {
    expect(parseEvent(event, now)).toMatchObject({ ok: true });
  });

  it('an order and its parts into one item', () => {
    const roots = [anOrder(), aShipment(), aRefund(), aReview()].map((event) => {
      const parsed = parseEvent(event, now);
      return parsed.ok ? [parsed.subject.root, parsed.subject.part] : parsed;
    });
    expect(roots).toEqual([
      ['order/o-1', 'order'],
      ['order/o-1', 'shipment/s-1'],
      ['order/o-1', 'refund/r-1'],
      ['order/o-1', 'review/r-1'],
    ]);
  });
});
