/** Does a seller's share of an Olist order become the right events? */
import { describe, expect, test } from 'vitest';
import { olistEvents } from '../../samples/olist.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { all, entityName, folderOf, found, refusals } from './events-of.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const orderHeader =
  'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date';

interface Tables {
  orders?: string[];
  items?: string[];
  reviews?: string[];
}

const delivered =
  'o1,k1,delivered,2018-03-01 23:30:00,2018-03-02 00:10:00,2018-03-05 10:00:00,2018-03-09 18:00:00,2018-03-20 00:00:00';
const oneItem = 'o1,1,pa,sa,2018-03-07 12:00:00,19.90,7.39';

function filesOf({ orders = [delivered], items = [oneItem], reviews = [] }: Tables): { [name: string]: string } {
  return {
    'orders.csv': [orderHeader, ...orders].join('\n'),
    'order_items.csv.gz': ['order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value', ...items].join(
      '\n',
    ),
    'order_reviews.csv': [
      'review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp',
      ...reviews,
    ].join('\n'),
    'customers.csv':
      'customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nk1,u1,1,x,SP\nk2,u2,2,y,RJ\n',
    'sellers.csv': 'seller_id,seller_zip_code_prefix,seller_city,seller_state\nsa,1,campinas,SP\nsb,2,recife,PE\n',
    'products.csv': 'product_id,product_category_name\npa,beleza_saude\npb,sem_par\npc,\n',
    'product_category_name_translation.csv': 'product_category_name,product_category_name_english\nbeleza_saude,health_beauty\n',
  };
}

async function importOf(tables: Tables, creators?: number) {
  const report = newReport();
  const events = await all(olistEvents(folderOf(filesOf(tables)), { report, creators }));
  expect(refusals(events, now)).toEqual([]);
  return { events, report };
}

describe('an Olist order', () => {
  test('is told with local times as instants, freight as shipping, and deadlines', async () => {
    const { events } = await importOf({});
    const order = found(events, 'order/o1');
    expect(order.creatorid).toBe('sa');
    expect(order.data).toEqual({
      status: 'delivered',
      placedAt: '2018-03-02T02:30:00Z',
      paidAt: '2018-03-02T03:10:00Z',
      currency: 'BRL',
      buyerKey: 'u1',
      lines: [{ productId: 'pa', sku: 'pa', category: 'health_beauty', quantity: 1, unitPrice: 1990 }],
      shippingCharged: 739,
      shipBy: '2018-03-07T15:00:00Z',
      deliverBy: '2018-03-21T02:59:59Z',
    });
    expect(order.entityversion).toBe(Date.parse('2018-03-09T21:00:00Z'));
  });

  test('of several sellers is one order for each, with its own items, freight and earliest deadline', async () => {
    const items = [oneItem, 'o1,2,pa,sa,2018-03-06 12:00:00,19.90,7.40', 'o1,3,pb,sb,2018-03-08 12:00:00,5,0.00'];
    const { events } = await importOf({ items, reviews: ['r1,o1,4,,,2018-03-10 00:00:00,2018-03-11 09:00:00'] });
    const ofFirst = found(events, 'order/o1', 'sa').data;
    expect(ofFirst.lines).toHaveLength(2);
    expect(ofFirst).toMatchObject({ shippingCharged: 1479, shipBy: '2018-03-06T15:00:00Z' });
    expect(found(events, 'order/o1', 'sb').data).toMatchObject({
      shippingCharged: 0,
      lines: [{ productId: 'pb', category: 'sem_par', unitPrice: 500 }],
    });
    expect(found(events, 'order/o1/review/r1', 'sa').data).toMatchObject({
      rating: 4,
      submittedAt: '2018-03-10T03:00:00Z',
      productId: 'pa',
    });
    expect(found(events, 'order/o1/review/r1', 'sb').data).toMatchObject({ rating: 4, productId: 'pb' });
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  test('that was cancelled or became unavailable ends at the latest time known of it', async () => {
    const orders = [
      'o1,k1,canceled,2018-03-01 10:00:00,2018-03-01 11:00:00,,,2018-03-20 00:00:00',
      'o2,k1,unavailable,2018-03-02 10:00:00,,,,2018-03-20 00:00:00',
    ];
    const { events } = await importOf({ orders, items: [oneItem, oneItem.replace('o1', 'o2')] });
    expect(found(events, 'order/o1').data).toMatchObject({ status: 'cancelled', cancelledAt: '2018-03-01T14:00:00Z' });
    const unpaid = found(events, 'order/o2').data;
    expect(unpaid).toMatchObject({ status: 'cancelled', cancelledAt: '2018-03-02T13:00:00Z' });
    expect(unpaid).not.toHaveProperty('paidAt');
    expect(events.some((event) => entityName(event) === 'shipment')).toBe(false);
  });

  test('without items, and its reviews, are skipped and said so', async () => {
    const orders = [delivered, delivered.replace('o1', 'o9')];
    const { events, report } = await importOf({ orders, reviews: ['r9,o9,1,,,2018-03-10 00:00:00,'] });
    expect(events.some((event) => event.subject.includes('o9'))).toBe(false);
    expect([...report.skipped].map(([reason, { count }]) => [reason, count])).toEqual([
      ['order without items', 1],
      ['review of an order without items', 1],
    ]);
    expect(report.skipped.get('order without items')?.examples).toEqual(['orders.csv line 3: o9']);
  });
});

describe('an Olist shipment', () => {
  test('knows hand-over, delivery and the buyer’s state', async () => {
    const { events } = await importOf({});
    expect(found(events, 'order/o1/shipment/1').data).toEqual({
      status: 'delivered',
      handedOverAt: '2018-03-05T13:00:00Z',
      deliveredAt: '2018-03-09T21:00:00Z',
      region: 'BR-SP',
    });
  });

  test('keeps dates that are out of order as the file has them', async () => {
    const { events } = await importOf({
      orders: ['o1,k2,shipped,2018-03-01 10:00:00,2018-03-03 10:00:00,2018-03-02 10:00:00,,2018-03-20 00:00:00'],
    });
    expect(found(events, 'order/o1/shipment/1').data).toEqual({
      status: 'in_transit',
      handedOverAt: '2018-03-02T13:00:00Z',
      region: 'BR-RJ',
    });
  });
});

describe('local times of São Paulo', () => {
  test('that the clock skipped at midnight stay on their day', async () => {
    // Summer time began on 2017-10-15 at 00:00, which became 01:00.
    const { events } = await importOf({ reviews: ['r1,o1,5,,,2017-10-15 00:00:00,2017-10-16 08:00:00'] });
    expect(found(events, 'order/o1/review/r1').data.submittedAt).toBe('2017-10-15T03:00:00Z');
  });
});

describe('creators', () => {
  test('come before everything else, then seller by seller in the order of purchase', async () => {
    const orders = [delivered, delivered.replace('o1', 'o2').replace('2018-03-01', '2018-02-01'), delivered.replace('o1', 'o3')];
    const items = [oneItem, oneItem.replace('o1', 'o2'), oneItem.replace('o1', 'o3').replace('sa', 'sb')];
    const { events } = await importOf({ orders, items });
    expect(events.slice(0, 2).map((event) => event.subject)).toEqual(['creator/sa', 'creator/sb']);
    expect(events.filter((event) => entityName(event) === 'order').map((event) => event.subject)).toEqual([
      'order/o2',
      'order/o1',
      'order/o3',
    ]);
    expect(events[0]?.data).toEqual({
      name: 'Seller sa, campinas SP',
      timeZone: 'America/Sao_Paulo',
      currency: 'BRL',
      country: 'BR',
    });
  });

  test('are limited to those with the most orders', async () => {
    const orders = [delivered, delivered.replace('o1', 'o2')];
    const items = [oneItem, oneItem.replace('sa', 'sb'), oneItem.replace('o1', 'o2').replace('sa', 'sb')];
    const { events } = await importOf({ orders, items }, 1);
    expect(new Set(events.map((event) => event.creatorid))).toEqual(new Set(['sb']));
  });
});

test('a folder without the files says which one is missing', async () => {
  await expect(all(olistEvents(folderOf({}), { report: newReport() }))).rejects.toThrow(
    'customers.csv or olist_customers_dataset.csv',
  );
});
