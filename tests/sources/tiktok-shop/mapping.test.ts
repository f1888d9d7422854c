/** What exactly comes of a record of TikTok Shop? The values that numbers are made of, and what is done about words that nobody knows. */
import { describe, expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { listOf, type Raw } from '../../../shared/sources/record.ts';
import { affiliateEvent } from '../../../shared/sources/tiktok-shop/affiliate-order.ts';
import { localisedAmount } from '../../../shared/sources/tiktok-shop/localised-amount.ts';
import { orderEvent } from '../../../shared/sources/tiktok-shop/order.ts';
import { liveEvents, ratioOf, shopDayEvents, videoDayEvents } from '../../../shared/sources/tiktok-shop/performance.ts';
import { productEvent } from '../../../shared/sources/tiktok-shop/product.ts';
import { creatorProfile, shopProfile } from '../../../shared/sources/tiktok-shop/profile.ts';
import { cancellationEvents, returnEvents } from '../../../shared/sources/tiktok-shop/refund.ts';
import { statementEvents } from '../../../shared/sources/tiktok-shop/settlement.ts';
import { shipmentEvents } from '../../../shared/sources/tiktok-shop/shipment.ts';
import { stockEvents } from '../../../shared/sources/tiktok-shop/stock.ts';
import { answerOf, readAt, shop, valid } from './fixtures.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;
const unit = (changed: Raw = {}): Raw => ({
  id: '577086512123755123',
  product_id: '1729582718312380123',
  sku_id: '2729382476852921560',
  original_price: '19.99',
  seller_discount: '2.00',
  platform_discount: '1.00',
  item_tax: [{ tax_amount: '1.40' }],
  ...changed,
});
const order = (changed: Raw = {}): Raw => ({
  id: '576461413038785752',
  status: 'AWAITING_SHIPMENT',
  create_time: at('2026-03-01T14:00:00Z'),
  update_time: at('2026-03-01T14:05:00Z'),
  paid_time: at('2026-03-01T14:03:00Z'),
  payment: { currency: 'USD', shipping_fee: '4.99' },
  line_items: [unit(), unit({ id: '2' })],
  ...changed,
});
const dataOf = (changed: Raw = {}, notes = newNotes()) => valid([orderEvent(order(changed), shop, notes)])[0]?.data;

describe('an order', () => {
  it('has a line for each SKU, with as many units as line items', () => {
    const notes = newNotes();
    const [event] = valid([orderEvent(order(), shop, notes)]);
    expect(event).toMatchObject({
      source: '/tiktok-shop/7000714532876273420',
      subject: 'order/576461413038785752',
      time: '2026-03-01T14:03:00Z',
      entityversion: Date.parse('2026-03-01T14:05:00Z'),
      data: {
        status: 'paid',
        placedAt: '2026-03-01T14:00:00Z',
        paidAt: '2026-03-01T14:03:00Z',
        currency: 'USD',
        shippingCharged: 499,
        lines: [{ quantity: 2, unitPrice: 1999, sellerDiscount: 400, platformDiscount: 200, tax: 280 }],
      },
    });
    expect(notes).toEqual(newNotes());
  });
  it('keeps units at another price apart', () => {
    expect(dataOf({ line_items: [unit(), unit({ original_price: '9.99' })] })?.lines).toMatchObject([
      { quantity: 1, unitPrice: 1999 },
      { quantity: 1, unitPrice: 999 },
    ]);
  });
  it.each([
    ['UNPAID', 'placed'],
    ['ON_HOLD', 'on_hold'],
    ['AWAITING_COLLECTION', 'paid'],
    ['PARTIALLY_SHIPPING', 'shipped'],
    ['IN_TRANSIT', 'shipped'],
    ['DELIVERED', 'delivered'],
    ['COMPLETED', 'completed'],
    ['CANCELLED', 'cancelled'],
    ['CANCEL', 'cancelled'],
  ])('in %s is %s', (status, neutral) => expect(dataOf({ status })?.status).toBe(neutral));
  it('in a status that nobody knows keeps the word, and it is counted', () => {
    const notes = newNotes();
    expect(dataOf({ status: 'AWAITING_ROBOT' }, notes)?.status).toBe('awaiting_robot');
    expect(notes.unknown.get('order status AWAITING_ROBOT')).toEqual({ count: 1, examples: ['order 576461413038785752'] });
  });
  it('counts a field that nobody knows, and does not keep what stands in it', () => {
    const notes = newNotes();
    expect(JSON.stringify(dataOf({ buyer_diary: 'a secret thing' }, notes))).not.toContain('a secret thing');
    expect([...notes.unknown.keys()]).toEqual(['field buyer_diary of an order']);
  });
  it.each([
    ['is_sample_order', 'sample'],
    ['is_replacement_order', 'replacement'],
    ['is_exchange_order', 'replacement'],
    ['is_cod', 'cod'],
  ])('with %s is flagged as %s', (field, flag) => expect(dataOf({ [field]: true })?.[flag]).toBe(true));
  it('is a gift only where every line is one', () => {
    expect(dataOf({ line_items: [unit({ is_gift: true })] })?.gift).toBe(true);
    expect(dataOf({ line_items: [unit({ is_gift: true }), unit()] })?.gift).toBeUndefined();
  });
  it('says when it was cancelled, and through whom, only where it is cancelled', () => {
    const changed = { cancel_time: at('2026-03-02T00:00:00Z'), cancellation_initiator: 'SYSTEM' };
    expect(dataOf({ ...changed, status: 'CANCELLED' })).toMatchObject({
      cancelledAt: '2026-03-02T00:00:00Z',
      cancellationFault: 'platform',
    });
    expect(dataOf(changed)).not.toHaveProperty('cancelledAt');
  });
  it('reads times in milliseconds where seconds are documented', () => {
    expect(dataOf({ tts_sla_time: 1_756_227_599_000 })?.shipBy).toBe('2025-08-26T16:59:59Z');
    expect(dataOf({ tts_sla_time: 1_756_227_599 })?.shipBy).toBe('2025-08-26T16:59:59Z');
  });
  it('reads amounts of currencies without decimals', () => {
    const line_items = [unit({ original_price: '150000', seller_discount: '0', platform_discount: '0', item_tax: [] })];
    expect(dataOf({ payment: { currency: 'VND', shipping_fee: '15000' }, line_items })).toMatchObject({
      shippingCharged: 15_000,
      lines: [{ unitPrice: 150_000 }],
    });
  });
  it('names the same buyer by the same key, and another secret by another one', () => {
    const keyOf = (secret: string, user: string) =>
      orderEvent(order({ user_id: user }), { ...shop, buyerSecret: secret }, newNotes()).data.buyerKey;
    expect(keyOf('a', '7021436810468230477')).toBe(keyOf('a', '7021436810468230477'));
    expect(new Set([keyOf('a', '1'), keyOf('b', '1'), keyOf('a', '2')]).size).toBe(3);
    expect(keyOf('a', '7021436810468230477')).toMatch(/^[\w-]{22}$/);
  });
  it.each([
    ['id', { id: undefined }],
    ['update_time', { update_time: undefined }],
    ['currency', { payment: {} }],
    ['not a decimal number', { payment: { currency: 'USD', shipping_fee: '4,99' } }],
  ])('without a readable %s is refused', (says, changed) => {
    expect(() => orderEvent(order(changed), shop, newNotes())).toThrow(new RegExp(says));
  });
});

describe('a package', () => {
  const parcel = (changed: Raw = {}): Raw => ({
    package_id: '1152321127278713123',
    package_status: 'PROCESSING',
    orders: [{ id: '1' }],
    create_time: at('2026-03-01T18:00:00Z'),
    update_time: at('2026-03-04T18:20:00Z'),
    shipping_provider_name: 'Test express',
    ...changed,
  });
  const shipped = (changed: Raw = {}, tracking: Raw[] = [], ofOrder: Raw = {}) =>
    valid(shipmentEvents({ package: parcel(changed), orders: [order({ id: '1', ...ofOrder })], tracking }, shop, newNotes()));
  const line = (description: string, iso: string): Raw => ({ description, update_time_millis: Date.parse(iso) });

  it.each([
    ['TO_FULFILL', 'unknown'],
    ['PROCESSING', 'label_created'],
    ['FULFILLING', 'in_transit'],
    ['COMPLETED', 'delivered'],
    ['CANCELLED', 'cancelled'],
  ])('in %s is %s', (package_status, status) => expect(shipped({ package_status })[0]?.data.status).toBe(status));
  it('has the times of its order', () => {
    const times = {
      rts_time: at('2026-03-01T18:30:00Z'),
      collection_time: at('2026-03-02T16:30:00Z'),
      delivery_time: at('2026-03-04T18:00:00Z'),
    };
    expect(shipped({ package_status: 'COMPLETED' }, [], times)[0]?.data).toMatchObject({
      labelAt: '2026-03-01T18:30:00Z',
      handedOverAt: '2026-03-02T16:30:00Z',
      deliveredAt: '2026-03-04T18:00:00Z',
      carrier: 'Test express',
    });
  });
  it('of two orders is a shipment of each', () => {
    const orders = [order({ id: '1' }), order({ id: '2' })];
    const events = shipmentEvents({ package: parcel(), orders }, shop, newNotes());
    expect(events.map(({ subject }) => subject)).toEqual([
      'order/1/shipment/1152321127278713123',
      'order/2/shipment/1152321127278713123',
    ]);
  });
  it.each([
    ['PACKAGE_LOST', 'exception'],
    ['RETURNED_TO_SHIPPER', 'returned'],
    ['EATEN_BY_DOG', 'exception'],
  ])('with the exception %s is %s', (ship_exception_reason, status) => {
    expect(shipped({ package_status: 'FULFILLING', ship_exception_reason })[0]?.data).toMatchObject({
      status,
      exceptionAt: '2026-03-04T18:20:00Z',
    });
  });
  it.each([
    ['Your package was delivered!', 'delivered'],
    ['Package has been delivered', 'delivered'],
    ['Delivery attempt failed: nobody at home', 'delivery_attempt_failed'],
    ['The package could not be delivered', 'delivery_attempt_failed'],
    ['Out for delivery', 'out_for_delivery'],
    ['Arrived at the sorting centre', 'in_transit'],
    ['Ready for pickup at the counter', 'available_for_pickup'],
    ['Returned to sender', 'returned'],
    ['Parcel lost', 'exception'],
  ])('whose tracking ends with "%s" is %s', (text, status) => {
    const tracking = [line('Left the warehouse', '2026-03-02T10:00:00Z'), line(text, '2026-03-03T10:00:00Z')];
    expect(shipped({ package_status: 'FULFILLING' }, tracking)[0]?.data.status).toBe(status);
  });
  it('counts tracking text without words that are known, and does not repeat it', () => {
    const notes = newNotes();
    shipmentEvents(
      { package: parcel(), orders: [order()], tracking: [line('Ask Jane at no. 5', '2026-03-02T10:00:00Z')] },
      shop,
      notes,
    );
    expect(notes.unknown.get('tracking text')?.count).toBe(1);
    expect(JSON.stringify([...notes.unknown])).not.toContain('Jane');
  });
  it('that its own status calls delivered is not in transit for an older line of tracking', () => {
    const tracking = [line('Left the warehouse', '2026-03-02T10:00:00Z')];
    expect(shipped({ package_status: 'COMPLETED' }, tracking)[0]?.data.status).toBe('delivered');
  });
});

describe('money that goes back', () => {
  const amount = { currency: 'USD', refund_total: '1.23', refund_subtotal: '1', refund_shipping_fee: '0.2', refund_tax: '0.03' };
  const times = { create_time: at('2026-03-09T08:00:00Z'), update_time: at('2026-03-10T09:00:00Z') };
  const returned = (changed: Raw = {}): Raw => ({
    order_id: '1',
    return_id: '4035318504086604100',
    return_type: 'REFUND',
    return_status: 'RETURN_OR_REFUND_REQUEST_COMPLETE',
    return_line_items: [{ order_line_item_id: '577086512123755123', sku_id: '2729382476852921560', refund_amount: amount }],
    refund_amount: amount,
    ...times,
    ...changed,
  });
  const cancelled = (changed: Raw = {}): Raw => ({
    order_id: '1',
    cancel_id: '4035318504086604100',
    cancel_status: 'CANCELLATION_REQUEST_COMPLETE',
    role: 'SELLER',
    cancel_line_items: [],
    refund_amount: amount,
    should_replenish_stock: true,
    ...times,
    ...changed,
  });

  it('has left at COMPLETE', () => {
    expect(valid(returnEvents(returned(), order(), shop, newNotes()))[0]?.data).toMatchObject({
      status: 'completed',
      requestedAt: '2026-03-09T08:00:00Z',
      completedAt: '2026-03-10T09:00:00Z',
      goodsAmount: 100,
      shippingAmount: 20,
      taxAmount: 3,
      lines: [{ productId: '1729582718312380123', sku: '2729382476852921560', quantity: 1, goodsAmount: 100 }],
    });
  });
  it.each([
    ['RETURN_OR_REFUND_REQUEST_PENDING', 'requested'],
    ['RETURN_OR_REFUND_REQUEST_SUCCESS', 'approved'],
    ['AWAITING_BUYER_SHIP', 'approved'],
    ['REFUND_OR_RETURN_REQUEST_REJECT', 'rejected'],
    ['RETURN_OR_REFUND_REQUEST_CANCEL', 'cancelled'],
    ['SOMETHING_NEW', 'something_new'],
  ])('has not left at %s', (return_status, status) => {
    const [event] = valid(returnEvents(returned({ return_status }), order(), shop, newNotes()));
    expect(event?.data.status).toBe(status);
    expect(event?.data).not.toHaveProperty('completedAt');
  });
  it('of a return and of a cancellation with the same number are two refunds', () => {
    const subjects = [
      ...returnEvents(returned(), order(), shop, newNotes()),
      ...cancellationEvents(cancelled(), order(), shop, newNotes()),
    ];
    expect(new Set(subjects.map(({ subject }) => subject)).size).toBe(2);
  });
  it('of a replacement is none', () => {
    const notes = newNotes();
    expect(returnEvents(returned({ return_type: 'REPLACEMENT', refund_amount: undefined }), order(), shop, notes)).toEqual([]);
    expect(notes.skipped.get('return without money')?.count).toBe(1);
  });
  it('of an order that was never paid is none', () => {
    const notes = newNotes();
    expect(cancellationEvents(cancelled(), order({ paid_time: undefined }), shop, notes)).toEqual([]);
    expect(notes.skipped.get('cancellation without money')?.count).toBe(1);
  });
  it('is at the fault of the seller who cancelled', () => {
    expect(valid(cancellationEvents(cancelled(), order(), shop, newNotes()))[0]?.data.fault).toBe('seller');
  });
  it('stays with the refund where the product of a line is not known', () => {
    expect(valid(returnEvents(returned(), undefined, shop, newNotes()))[0]?.data).toMatchObject({ goodsAmount: 100, lines: [] });
  });
});

describe('a settlement', () => {
  const statement = { id: '7238804564097517339', currency: 'USD', statement_time: at('2026-03-12T00:00:00Z') };
  const transaction = (changed: Raw = {}): Raw => ({
    id: '1',
    order_id: '576463220456522968',
    settlement_amount: '130',
    revenue_amount: '200',
    shipping_cost_amount: '-40',
    shipping_cost_breakdown: { actual_shipping_fee_amount: '-40', supplementary_component: { fbm_shipping_cost_amount: '-99' } },
    fee_tax_amount: '-30',
    fee_tax_breakdown: {
      fee: { referral_fee_amount: '-20', affiliate_commission_amount: '-8', affiliate_commission_amount_before_pit: '-9' },
      tax: { vat_amount: '-2' },
    },
    ...changed,
  });
  const settled = (all: Raw[], notes = newNotes()) => valid(statementEvents(statement, all, shop, readAt, notes));

  it('is what the platform says it settled, with fees by kind; what only explains is not added', () => {
    const notes = newNotes();
    settled([transaction()], notes);
    expect(notes).toEqual(newNotes());
    expect(settled([transaction()])[0]?.data).toEqual({
      settledAt: '2026-03-12T00:00:00Z',
      estimated: false,
      currency: 'USD',
      settledAmount: 13_000,
      revenue: 20_000,
      residual: 0,
      statementId: '7238804564097517339',
      fees: [
        { kind: 'shipping', name: 'actual_shipping_fee_amount', amount: -4000 },
        { kind: 'platform', name: 'referral_fee_amount', amount: -2000 },
        { kind: 'affiliate', name: 'affiliate_commission_amount', amount: -800 },
        { kind: 'tax', name: 'vat_amount', amount: -200 },
      ],
    });
  });
  it('keeps the residual where its parts do not come to it, as in the example of the vendor (200 − 70 − 30 is 130 there)', () => {
    const answer = answerOf('finance/get-transactions-by-statement');
    const [event] = settled(listOf(answer.transactions));
    expect(event?.data).toMatchObject({ settledAmount: 13_000, revenue: 20_000 });
    type Settled = { settledAmount: number; revenue: number; residual: number; fees: { amount: number }[] };
    const { settledAmount, revenue, residual, fees } = (event?.data ?? {}) as unknown as Settled;
    expect(revenue + fees.reduce((sum, fee) => sum + fee.amount, 0) + residual).toBe(settledAmount);
    expect(residual).toBe(13_000 - (20_000 - 7000 - 3000 + 17_000));
  });
  it('keeps what a total of fees holds beyond its parts', () => {
    const fees = settled([transaction({ fee_tax_amount: '-35' })])[0]?.data.fees;
    expect(fees).toContainEqual({ kind: 'other', name: 'fee_tax_unexplained', amount: -500 });
  });
  it('keeps a fee that nobody knows as other, and counts it', () => {
    const notes = newNotes();
    const fee_tax_breakdown = { fee: { moon_fee_amount: '-30' } };
    expect(settled([transaction({ fee_tax_breakdown })], notes)[0]?.data.fees).toContainEqual({
      kind: 'other',
      name: 'moon_fee_amount',
      amount: -3000,
    });
    expect(notes.unknown.get('fee moon_fee_amount')?.count).toBe(1);
  });
  it('adds up the transactions of one order', () => {
    const events = settled([transaction(), transaction({ id: '2', settlement_amount: '-10', revenue_amount: '0' })]);
    expect(events.map(({ data }) => data.settledAmount)).toEqual([12_000, 0]);
  });
  it('of an adjustment without an order stands under its own number', () => {
    const penalty = { id: '3', type: 'PENALTY', adjustment_id: '99', adjustment_amount: '-5', settlement_amount: '-5' };
    expect(settled([penalty])[0]).toMatchObject({
      subject: 'order/adjustment-99/settlement/2026-03-12',
      data: { settledAmount: -500, residual: 0, fees: [{ kind: 'adjustment', amount: -500 }] },
    });
  });
});

describe('an amount written for people', () => {
  it.each([
    ['Rp9.900', 'IDR', 990_000],
    ['Rp 1.234.567', 'IDR', 123_456_700],
    ['Rp9.900,50', 'IDR', 990_050],
    ['250', 'IDR', 25_000],
    ['$1,234.50', 'USD', 123_450],
    ['R$ 1.234,50', 'BRL', 123_450],
    ['฿1,234.50', 'THB', 123_450],
    ['₫150.000', 'VND', 150_000],
    ['-Rp9.900', 'IDR', -990_000],
  ])('%s of %s is %i', (text, currency, minor) => expect(localisedAmount(text, currency)).toBe(minor));
  it.each([
    ['Rp1.00', 'IDR'],
    ['Rp9,900.50', 'IDR'],
    ['Rp9.900', 'USD'],
    ['9,900', 'IDR'],
    ['€9,90', 'EUR'],
    ['Rp', 'IDR'],
    ['free', 'USD'],
  ])('%s of %s is refused', (text, currency) => {
    expect(() => localisedAmount(text, currency)).toThrow(`${text} cannot be read as an amount of ${currency}`);
  });
});

describe('other records', () => {
  it('an affiliate order is the commission that was settled for it', () => {
    const [found = {}] = listOf(answerOf('affiliate/search-creator-affiliate-orders').orders);
    expect(valid([affiliateEvent(found, shop, newNotes())])[0]?.data).toMatchObject({
      settledAt: '2023-05-31T16:00:00Z',
      estimated: false,
      currency: 'IDR',
      settledAmount: 190_000,
      contentType: 'live',
      contentId: '7493990579714164574',
      commissionRate: 0.1,
    });
  });
  it('an affiliate order that is not settled is an estimate', () => {
    const [found = {}] = listOf(answerOf('affiliate/search-creator-affiliate-orders').orders);
    const [event] = valid([affiliateEvent({ ...found, status: 'AWAITING PAYMENT' }, shop, newNotes())]);
    expect(event?.data).toMatchObject({ estimated: true, settledAmount: 198_000, status: 'awaiting_payment' });
    expect(event?.data).not.toHaveProperty('settledAt');
  });
  it('a product has the lowest price of its SKUs, and its own time of change', () => {
    const [found = {}] = listOf(answerOf('products/search-products').products);
    expect(productEvent(found, shop, readAt, newNotes())).toMatchObject({
      entityversion: 1_234_567_800_000,
      data: { title: 'Short Boat Invisible Socks', status: 'active', listPrice: 12_111, currency: 'USD' },
    });
  });
  it('stock is that of the local day on which it was read', () => {
    const [found = {}] = listOf(answerOf('products/inventory-search').inventory);
    const [event] = stockEvents(found, shop, Date.parse('2026-11-29T20:00:00Z'), newNotes());
    expect(event).toMatchObject({
      subject: 'stock/1729388324987897824@7054915283043174149/2026-11-30',
      data: { productId: '1729592969712207008', onHand: 110, committed: 10 },
    });
  });
  it('a LIVE has views, clicks, orders and GMV', () => {
    const [event] = liveEvents(answerOf('analytics/get-shop-live-performance-list'), shop, readAt, newNotes());
    expect(event?.data).toEqual({
      views: 112_993,
      clicks: 3882,
      orders: 80,
      clickThroughRate: 0.1399,
      gmv: 9900,
      currency: 'USD',
    });
  });
  it('a day of the shop has orders and GMV; a day that is not available yet is left out', () => {
    const interval = {
      start_date: '2024-04-07',
      end_date: '2024-04-08',
      sales: { gmv: { overall: { amount: '335.02', currency: 'GBP' } }, orders_count: 7 },
    };
    const notes = newNotes();
    const answer = {
      performance: { intervals: [interval, { ...interval, start_date: '2024-04-08', end_date: '2024-04-09' }] },
      latest_available_date: '2024-04-07',
    };
    const events = valid(shopDayEvents(answer, shop, readAt, notes));
    expect(events).toMatchObject([
      { subject: 'content/shop/7000714532876273420/2024-04-07', data: { orders: 7, gmv: 33_502, currency: 'GBP' } },
    ]);
    expect([...notes.skipped.keys()]).toEqual(['shop performance of a day that is not available yet']);
    expect(
      videoDayEvents({ videos: [{ id: '1' }], latest_available_date: '2024-04-07' }, '2024-04-08', shop, readAt, notes),
    ).toEqual([]);
  });
  it.each([
    ['0.0528', 0.0528],
    ['13.99%', 0.1399],
    ['18%', 0.18],
    ['n/a', undefined],
  ])('a ratio of %s is %s', (text, ratio) => expect(ratioOf(text)).toBe(ratio));
  it('a connected shop is a profile with currency and zone of its market, or the zone that the seller said', () => {
    const [found = {}] = listOf(answerOf('authorization/get-authorized-shops').shops);
    const connection = { creatorId: 'c-1', at: readAt };
    expect(shopProfile(found, connection).data).toEqual({
      name: 'Maomao beauty shop',
      timeZone: 'Europe/London',
      currency: 'GBP',
      country: 'GB',
    });
    expect(shopProfile(found, { ...connection, timeZone: 'Europe/Paris' }).data.timeZone).toBe('Europe/Paris');
    expect(() => shopProfile({ ...found, region: 'AQ' }, connection)).toThrow('region AQ is not known');
    expect(creatorProfile(answerOf('affiliate/get-creator-profile'), connection).data).toMatchObject({ country: 'US' });
  });
});
