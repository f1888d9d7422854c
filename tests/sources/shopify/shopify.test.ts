/** Do orders and refunds of Shopify become events, under subjects that no other vendor has, and without the buyer? */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { listOf, objectOf, type Raw } from '../../../shared/sources/record.ts';
import { shopifyOrder } from '../../../shared/sources/shopify/order.ts';
import { privacyRequest } from '../../../shared/sources/shopify/privacy.ts';
import { shopifyRefund } from '../../../shared/sources/shopify/refund.ts';
import { isFromShopify, parseShopifyWebhook } from '../../../shared/sources/shopify/webhook.ts';
import { orderEvent } from '../../../shared/sources/tiktok-shop/order.ts';
import { dataOf, order, shop, text, valid } from './fixtures.ts';

const refund = (changed: Raw = {}): Raw => ({ ...objectOf(JSON.parse(text('refunds-create.json'))), ...changed });

describe('a webhook', () => {
  const body = Buffer.from(text('orders-create.json'));
  const secret = 'client secret';
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  it('is taken with its signature, and with no other', () => {
    expect(isFromShopify(body, signature, secret)).toBe(true);
    for (const header of [undefined, '', signature.slice(1), signature.toLowerCase()])
      expect(isFromShopify(body, header, secret)).toBe(false);
    expect(isFromShopify(body, signature, 'another')).toBe(false);
    for (let i = 0; i < body.length; i += 7) {
      const changed = Buffer.from(body);
      changed[i] = (body[i] ?? 0) ^ 1;
      expect(isFromShopify(changed, signature, secret), `byte ${i}`).toBe(false);
    }
  });
  it('brings the same order bare and wrapped', () => {
    const headers = { 'x-shopify-topic': 'orders/create', 'x-shopify-webhook-id': 'w-1', 'x-shopify-shop-domain': shop.domain };
    const bare = parseShopifyWebhook(headers, body);
    expect(bare).toMatchObject({ topic: 'orders/create', brings: 'order', dedupeKey: 'w-1', shopDomain: shop.domain });
    expect(parseShopifyWebhook(headers, Buffer.from(`{"order":${body}}`))).toEqual(bare);
    const refunds = { ...headers, 'x-shopify-topic': 'refunds/create' };
    const wrapped = parseShopifyWebhook(refunds, Buffer.from(`{"refund":${text('refunds-create.json')}}`));
    expect(wrapped).toEqual(parseShopifyWebhook(refunds, Buffer.from(text('refunds-create.json'))));
  });
  it.each([
    ['orders/paid', 'order'],
    ['orders/cancelled', 'order'],
    ['orders/delete', 'nothing'],
    ['refunds/create', 'refund'],
    ['customers/data_request', 'privacy'],
    ['customers/redact', 'privacy'],
    ['shop/redact', 'privacy'],
    ['products/update', 'nothing'],
  ])('of the topic %s brings: %s', (topic, brings) => {
    expect(parseShopifyWebhook({ 'x-shopify-topic': topic }, body).brings).toBe(brings);
  });
  it('of an edited order, which holds none, brings nothing', () => {
    const edited = Buffer.from('{"order_edit":{"order_id":1}}');
    expect(parseShopifyWebhook({ 'x-shopify-topic': 'orders/edited' }, edited).brings).toBe('nothing');
  });
});

describe('an order', () => {
  it('the example becomes an event', () => {
    const [event] = valid([shopifyOrder(order(), shop, newNotes())]);
    expect(event).toMatchObject({
      source: '/shopify/example.myshopify.com',
      subject: 'order/shopify-450789469',
      entityversion: Date.parse('2008-01-10T16:00:00Z'),
      data: {
        status: 'placed',
        placedAt: '2008-01-10T16:00:00Z',
        currency: 'USD',
        shippingCharged: 0,
        lines: [
          {
            productId: 'shopify-632910392',
            sku: 'shopify-39072856',
            sellerSku: 'IPOD2008GREEN',
            quantity: 1,
            unitPrice: 19_900,
            tax: 597,
          },
          {
            productId: 'shopify-632910392',
            sku: 'shopify-457924702',
            sellerSku: 'IPOD2008BLACK',
            quantity: 1,
            unitPrice: 19_900,
            tax: 597,
          },
        ],
      },
    });
    expect(event?.data).not.toHaveProperty('paidAt');
    expect(JSON.stringify(event)).not.toMatch(/207119551|40202|KY/);
  });
  it('cannot meet an order of TikTok Shop, even with the same id', () => {
    const times = { create_time: 1_700_000_000, update_time: 1_700_000_000 };
    const tiktok = { id: '450789469', status: 'UNPAID', ...times, payment: { currency: 'USD' }, line_items: [] };
    const theirs = orderEvent(
      tiktok,
      { creatorId: 'c-1', shopId: '1', timeZone: 'UTC', buyerSecret: '', connectedAt: 0 },
      newNotes(),
    );
    expect(theirs.subject).toBe('order/450789469');
    expect(shopifyOrder(order(), shop, newNotes()).subject).not.toBe(theirs.subject);
  });
  it.each([
    [{ financial_status: 'paid' }, 'paid'],
    [{ financial_status: 'partially_refunded' }, 'paid'],
    [{ financial_status: 'paid', fulfillment_status: 'fulfilled' }, 'shipped'],
    [{ financial_status: 'paid', closed_at: '2008-02-01T00:00:00Z' }, 'completed'],
    [{ financial_status: 'voided', cancelled_at: '2008-01-11T00:00:00Z', cancel_reason: 'customer' }, 'cancelled'],
  ])('with %j is %s', (changed, status) => expect(dataOf(changed)?.status).toBe(status));
  it('that is paid was paid when it was processed', () => {
    expect(dataOf({ financial_status: 'paid', processed_at: '2008-01-10T11:02:00-05:00' })?.paidAt).toBe('2008-01-10T16:02:00Z');
  });
  it('that the buyer cancelled is at the buyer’s fault', () => {
    expect(dataOf({ cancelled_at: '2008-01-11T00:00:00Z', cancel_reason: 'customer' })).toMatchObject({
      cancelledAt: '2008-01-11T00:00:00Z',
      cancellationFault: 'buyer',
    });
  });
  it('has the discounts of its lines, and their own tax where they tell it', () => {
    const [line = {}] = listOf(order().line_items);
    const own = {
      ...line,
      quantity: 2,
      discount_allocations: [{ amount: '10.00' }, { amount: '1.50' }],
      tax_lines: [{ price: '11.94' }],
    };
    expect(dataOf({ line_items: [own] })?.lines).toMatchObject([{ quantity: 2, sellerDiscount: 1150, tax: 1194 }]);
  });
  it('whose prices hold the tax does not count it twice', () => {
    const notes = newNotes();
    const { data } = shopifyOrder(order({ taxes_included: true }), shop, notes);
    expect(data.lines).toMatchObject([{ tax: 0 }, { tax: 0 }]);
    expect(notes.unknown.has('tax within prices, not told apart')).toBe(true);
  });
  it('of a test counts in nothing', () => expect(dataOf({ test: true })?.test).toBe(true));
  it.each([['id'], ['currency'], ['created_at']])('without %s is refused', (field) => {
    expect(() => shopifyOrder(order({ [field]: undefined, updated_at: undefined }), shop, newNotes())).toThrow(field);
  });
});

describe('a refund', () => {
  it('is what its transactions come to, and not its lines', () => {
    const [event] = valid(shopifyRefund(refund(), shop));
    expect(event).toMatchObject({
      subject: 'order/shopify-450789469/refund/509562969',
      data: {
        status: 'completed',
        completedAt: '2016-06-20T17:35:06Z',
        goodsAmount: 20_900,
        lines: [{ productId: 'shopify-632910392', quantity: 1, goodsAmount: 19_900, restockedQuantity: 1 }],
      },
    });
    expect(JSON.stringify(event)).not.toContain('broke');
  });
  it('of less than its lines shares out what left', () => {
    const [line = {}] = listOf(refund().refund_line_items);
    const [transaction = {}] = listOf(refund().transactions);
    const changed = { refund_line_items: [line, line, line], transactions: [{ ...transaction, amount: '100.00' }] };
    const lines = listOf(valid(shopifyRefund(refund(changed), shop))[0]?.data.lines);
    expect(lines.map(({ goodsAmount }) => goodsAmount)).toEqual([3333, 3333, 3333]);
  });
  it('tells goods, shipping and tax apart', () => {
    const [line = {}] = listOf(refund().refund_line_items);
    const changed = {
      refund_line_items: [{ ...line, subtotal: '190.00', total_tax: '9.00' }],
      order_adjustments: [{ kind: 'shipping_refund', amount: '-10.00' }],
    };
    expect(valid(shopifyRefund(refund(changed), shop))[0]?.data).toMatchObject({
      goodsAmount: 19_000,
      shippingAmount: 1000,
      taxAmount: 900,
    });
  });
  it('whose transaction failed, or that has none, is none; one that is pending has not left', () => {
    const [transaction = {}] = listOf(refund().transactions);
    expect(shopifyRefund(refund({ transactions: [] }), shop)).toEqual([]);
    expect(shopifyRefund(refund({ transactions: [{ ...transaction, status: 'failure' }] }), shop)).toEqual([]);
    const [pending] = valid(shopifyRefund(refund({ transactions: [{ ...transaction, status: 'pending' }] }), shop));
    expect(pending?.data).not.toHaveProperty('completedAt');
  });
});

describe('a request under privacy law', () => {
  it('says what is kept of a customer: a key, the same that orders have, and no more', () => {
    const body = {
      shop_domain: shop.domain,
      customer: { id: 207119551, email: 'Buyer@Example.com' },
      orders_requested: [450789469],
    };
    const request = privacyRequest('customers/data_request', body, shop);
    expect(request).toMatchObject({ status: 200, wants: 'show', shopDomain: shop.domain, orders: ['order/shopify-450789469'] });
    expect(request.buyerKeys).toContain(dataOf({ email: 'buyer@example.com' })?.buyerKey);
    expect(request.buyerKeys).toContain(dataOf()?.buyerKey);
    expect(JSON.stringify(request)).not.toMatch(/207119551|buyer@/i);
  });
  it('names what has to be erased', () => {
    const body = { shop_domain: shop.domain, customer: { id: 1 }, orders_to_redact: [299938, 280263] };
    expect(privacyRequest('customers/redact', body, shop)).toMatchObject({
      wants: 'erase',
      orders: ['order/shopify-299938', 'order/shopify-280263'],
    });
    expect(privacyRequest('shop/redact', { shop_id: 1, shop_domain: shop.domain }, shop)).toMatchObject({
      wants: 'erase_shop',
      orders: [],
    });
    expect(() => privacyRequest('orders/create', {}, shop)).toThrow(RangeError);
  });
});
