/** What exactly comes of an order and its packages at TikTok Shop? The values that numbers are made of, and what is done about words that nobody knows. */
import { describe, expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import type { Raw } from '../../../shared/sources/record.ts';
import { orderEvent } from '../../../shared/sources/tiktok-shop/order.ts';
import { shipmentEvents } from '../../../shared/sources/tiktok-shop/shipment.ts';
import { at, order, shop, unit, valid } from './fixtures.ts';

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
