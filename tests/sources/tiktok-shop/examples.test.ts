/** Does every example body of the vendor become valid events, and is nothing of a person in them? */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { mapEach, type Notes, newNotes } from '../../../shared/sources/mapping-notes.ts';
import { listOf, type Raw } from '../../../shared/sources/record.ts';
import { affiliateEvent } from '../../../shared/sources/tiktok-shop/affiliate-order.ts';
import { orderEvent } from '../../../shared/sources/tiktok-shop/order.ts';
import { liveEvents, productDayEvents, shopDayEvents, videoDayEvents } from '../../../shared/sources/tiktok-shop/performance.ts';
import { productEvent } from '../../../shared/sources/tiktok-shop/product.ts';
import { creatorProfile, shopProfile } from '../../../shared/sources/tiktok-shop/profile.ts';
import { cancellationEvents, returnEvents } from '../../../shared/sources/tiktok-shop/refund.ts';
import { orderSettlementEvents, statementEvents, unsettledEvents } from '../../../shared/sources/tiktok-shop/settlement.ts';
import { shipmentEvents } from '../../../shared/sources/tiktok-shop/shipment.ts';
import { stockEvents } from '../../../shared/sources/tiktok-shop/stock.ts';
import { answerOf, readAt, shop, valid } from './fixtures.ts';

type Map = (answer: Raw, notes: Notes) => CloudEvent[];

const connection = { creatorId: 'c-1', at: readAt };
const exampleOrder = (): Raw => listOf(answerOf('orders/get-order-detail').orders)[0] ?? {};
const orders: Map = ({ orders: list }, notes) => listOf(list).map((order) => orderEvent(order, shop, notes));
const affiliate: Map = ({ orders: list }, notes) =>
  mapEach(listOf(list), (order) => [affiliateEvent(order, shop, notes)], String, notes);
const inOrder = (parcel: Raw) => ({
  package: parcel,
  orders: listOf(parcel.orders).map(({ id }) => ({ ...exampleOrder(), id })),
});
const tracked = (): Raw[] => listOf(answerOf('fulfillment/get-tracking').tracking);

/** Each example with its mapping and the subjects that come of it. */
const examples: [file: string, map: Map, subjects: string[]][] = [
  ['orders/get-order-detail', orders, ['order/576461413038785752']],
  ['orders/get-order-list', orders, ['order/576461413038785752']],
  [
    'fulfillment/get-package-detail',
    (parcel, notes) => shipmentEvents(inOrder(parcel), shop, notes),
    ['order/54335448533296/shipment/5433567853345'],
  ],
  [
    'fulfillment/search-package',
    ({ packages }, notes) => listOf(packages).flatMap((parcel) => shipmentEvents(inOrder(parcel), shop, notes)),
    ['order/577828281214600000/shipment/577828281214600000'],
  ],
  [
    'fulfillment/get-tracking',
    (_, notes) => shipmentEvents({ ...inOrder(answerOf('fulfillment/get-package-detail')), tracking: tracked() }, shop, notes),
    ['order/54335448533296/shipment/5433567853345'],
  ],
  [
    'after-sales/search-returns',
    ({ return_orders }, notes) => listOf(return_orders).flatMap((each) => returnEvents(each, undefined, shop, notes)),
    ['order/577686530908261117/refund/4035318504086604100'],
  ],
  [
    'after-sales/search-cancellations',
    ({ cancellations }, notes) => listOf(cancellations).flatMap((each) => cancellationEvents(each, undefined, shop, notes)),
    ['order/577087614418520388/refund/cancel-4035318504086604100'],
  ],
  [
    'products/search-products',
    ({ products }, notes) => listOf(products).map((each) => productEvent(each, shop, readAt, notes)),
    ['product/1729592969712207008'],
  ],
  ['products/get-product', (each, notes) => [productEvent(each, shop, readAt, notes)], ['product/1729592969712207008']],
  [
    'products/inventory-search',
    ({ inventory }, notes) => listOf(inventory).flatMap((each) => stockEvents(each, shop, readAt, notes)),
    ['stock/1729388324987897824@7054915283043174149/2026-11-30'],
  ],
  [
    'finance/get-transactions-by-statement',
    (statement, notes) => statementEvents(statement, listOf(statement.transactions), shop, readAt, notes),
    ['order/576463220456522968/settlement/2023-05-31', 'order/576463220456522968/settlement/estimate'],
  ],
  [
    'finance/get-statements',
    ({ statements }, notes) => {
      const { transactions } = answerOf('finance/get-transactions-by-statement');
      return listOf(statements).flatMap((statement) => statementEvents(statement, listOf(transactions), shop, readAt, notes));
    },
    ['order/576463220456522968/settlement/2023-05-31', 'order/576463220456522968/settlement/estimate'],
  ],
  [
    'finance/get-transactions-by-order',
    (answer, notes) =>
      orderSettlementEvents(answer, new Map([['7238804564097517339', Date.UTC(2023, 5, 1)]]), shop, readAt, notes),
    ['order/5793990727963214852/settlement/2023-06-01', 'order/5793990727963214852/settlement/estimate'],
  ],
  [
    'finance/get-unsettled-transactions',
    ({ transactions }, notes) => unsettledEvents(listOf(transactions), shop, readAt, notes),
    ['order/576463220456522968/settlement/estimate'],
  ],
  // One interval of a week: no day of the shop comes of it.
  ['analytics/get-shop-performance', (answer, notes) => shopDayEvents(answer, shop, readAt, notes), []],
  [
    'analytics/get-shop-product-performance-list',
    (answer, notes) => productDayEvents(answer, '2024-04-07', shop, readAt, notes),
    ['content/product/1732333333333333629/2024-04-07'],
  ],
  [
    'analytics/get-shop-video-performance-list',
    (answer, notes) => videoDayEvents(answer, '2024-09-07', shop, readAt, notes),
    ['content/video/172xxxxxxxxxxxxx089/2024-09-07'],
  ],
  [
    'analytics/get-shop-live-performance-list',
    (answer, notes) => liveEvents(answer, shop, readAt, notes),
    ['content/live/75xxxxxxxxxxxxxxx28/2021-06-16'],
  ],
  ['affiliate/search-creator-affiliate-orders', affiliate, ['order/789078671231123124/settlement/commission']],
  ['affiliate/creator-search-affiliate-trace-orders', affiliate, ['order/789078671231123124/settlement/commission']],
  ['affiliate/get-creator-profile', (answer) => [creatorProfile(answer, connection)], ['creator/c-1']],
  [
    'authorization/get-authorized-shops',
    ({ shops }) => listOf(shops).map((each) => shopProfile(each, connection)),
    ['creator/c-1'],
  ],
];

describe('an example body', () => {
  it.each(examples)('%s maps to valid events', (file, map, subjects) => {
    const notes = newNotes();
    expect(valid(map(answerOf(file), notes)).map(({ subject }) => subject)).toEqual(subjects);
    expect([...notes.refused]).toEqual([]);
  });

  it('is not forgotten: each file of answers is in the table', () => {
    const folders = readdirSync(new URL('../../fixtures/tiktok-shop/', import.meta.url), { withFileTypes: true });
    const files = folders
      .filter((folder) => folder.isDirectory() && folder.name !== 'webhooks')
      .flatMap(({ name }) =>
        readdirSync(new URL(`../../fixtures/tiktok-shop/${name}/`, import.meta.url)).map((file) => `${name}/${file}`),
      );
    expect(files.map((file) => file.replace('.response.json', '')).sort()).toEqual(examples.map(([file]) => file).sort());
  });

  it('has no field that is not known', () => {
    const notes = newNotes();
    for (const [file, map] of examples) map(answerOf(file), notes);
    expect([...notes.unknown.keys()].filter((what) => what.startsWith('field'))).toEqual([]);
  });

  it('leaves the buyer behind: no name, address, phone number, mail or message, and no id of a buyer', () => {
    const text = JSON.stringify(examples.flatMap(([file, map]) => map(answerOf(file), newNotes())));
    for (const personal of [
      'Example Buyer',
      'Example Street',
      '555-',
      'buyer@example.com',
      'ship asap',
      '7021436810468230477',
      '000.000',
      'example_buyer',
      'AUTH',
      'seller note',
      'GCP_',
    ])
      expect(text, personal).not.toContain(personal);
  });
});
