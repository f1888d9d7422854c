/** What do sales come to? The order of the builders: gross 20.00, seller −1.00, platform −0.50, tax 0.80, shipping 3.00: 22.30. */
import { aLine, anOrder, aRefund } from '../../make/snapshots.ts';
import { inZone } from '../../make/stream.ts';
import type { Case } from './case.ts';

const day = '2026-03-01';
const other = aLine({
  productId: 'p-2',
  sku: 's-2',
  category: 'home',
  quantity: 1,
  unitPrice: 500,
  sellerDiscount: 0,
  platformDiscount: 25,
  tax: 40,
});
const twoLines = anOrder({ lines: [aLine(), other] });
const cancelled = (cancellationFault?: string) =>
  anOrder({ status: 'cancelled', cancelledAt: '2026-03-05T10:00:00Z', cancellationFault }, { version: 2 });
const unpaid = anOrder({ status: 'placed', paidAt: undefined });
const onDelivery = anOrder({ status: 'placed', paidAt: undefined, cod: true, placedAt: '2026-02-28T14:00:00Z' });
const left = ['sample', 'test', 'gift', 'replacement'].map((flag, i) => anOrder({ [flag]: true }, { order: `o-${flag}-${i}` }));

export const sales: Case[] = [
  { kpi: 'gmv', says: 'what the buyer paid, on the day of payment', events: [anOrder()], gives: { [day]: 2230 } },
  { kpi: 'gmv', says: 'cash on delivery on the day of the order', events: [onDelivery], gives: { '2026-02-28': 2230 } },
  { kpi: 'gmv', says: 'an order that was cancelled later', events: [anOrder(), cancelled('buyer')], gives: { [day]: 2230 } },
  { kpi: 'gmv', says: 'no order that waits for its payment', events: [unpaid], gives: {} },
  { kpi: 'gmv', says: 'nothing of samples, tests, gifts and replacements', events: left, gives: {} },
  {
    kpi: 'gmv',
    says: 'an amount in another currency at the rate it carries',
    events: [anOrder({ currency: 'JPY', exchangeRate: '0.0065' })],
    gives: { [day]: 1450 },
  },
  { kpi: 'grossSales', says: 'list price × quantity, line by line', events: [twoLines], gives: { [day]: 2500 } },
  {
    kpi: 'grossSales',
    says: 'each line for its product',
    by: 'product',
    events: [twoLines],
    gives: { [`${day}#p-1`]: 2000, [`${day}#p-2`]: 500 },
  },
  {
    kpi: 'grossSales',
    says: 'each line for its category',
    by: 'category',
    events: [twoLines],
    gives: { [`${day}#beauty`]: 2000, [`${day}#home`]: 500 },
  },
  {
    kpi: 'grossSales',
    says: 'an order without a channel under none',
    by: 'channel',
    events: [anOrder({ channel: undefined })],
    gives: {},
  },
  {
    kpi: 'grossSales',
    says: 'an order that was corrected to another product only there',
    by: 'product',
    events: [anOrder(), anOrder({ lines: [aLine({ productId: 'p-9' })] }, { version: 2 })],
    gives: { [`${day}#p-9`]: 2000 },
  },
  {
    kpi: 'grossSales',
    says: 'a payment that moved to another day only there',
    events: [anOrder(), anOrder({ paidAt: '2026-03-02T14:03:00Z' }, { version: 2 })],
    gives: { '2026-03-02': 2000 },
  },
  {
    kpi: 'grossSales',
    says: 'the order on the day it was paid where the creator is',
    events: [anOrder({ paidAt: '2026-03-02T04:59:59Z' })],
    gives: { [day]: 2000 },
  },
  {
    kpi: 'grossSales',
    says: 'the day of another zone',
    events: [anOrder()],
    stamp: { zones: inZone('Asia/Tokyo') },
    gives: { [day]: 2000 },
  },
  {
    kpi: 'grossSales',
    says: 'the next day where it has begun',
    events: [anOrder({ paidAt: '2026-03-01T15:00:00Z' })],
    stamp: { zones: inZone('Asia/Tokyo') },
    gives: { '2026-03-02': 2000 },
  },
  { kpi: 'sellerDiscounts', says: 'what the seller gives away', events: [twoLines], gives: { [day]: 100 } },
  { kpi: 'platformDiscounts', says: 'what the platform repays', events: [twoLines], gives: { [day]: 75 } },
  { kpi: 'shippingCharged', says: 'shipping that buyers paid', events: [anOrder()], gives: { [day]: 300 } },
  { kpi: 'tax', says: 'tax of the lines', events: [twoLines], gives: { [day]: 120 } },
  {
    kpi: 'netSales',
    says: 'gross less seller discounts on the order’s day, refunds on theirs',
    events: [anOrder(), aRefund()],
    gives: { [day]: 1900, '2026-03-10': -1000 },
  },
  {
    kpi: 'totalSales',
    says: 'net sales with shipping and tax',
    events: [anOrder(), aRefund()],
    gives: { [day]: 2280, '2026-03-10': -1000 },
  },
  {
    kpi: 'totalSales',
    says: 'nothing over the life of an order of which goods, tax and shipping were given back',
    stamp: { definitions: 2 },
    events: [
      anOrder({ lines: [aLine({ platformDiscount: 0 })] }),
      aRefund({ goodsAmount: 1900, taxAmount: 80, shippingAmount: 300 }),
    ],
    gives: { [day]: 2280, '2026-03-10': -2280 },
  },
  {
    kpi: 'netTax',
    says: 'tax on the day of the sale, less what was given back on the day of the refund',
    stamp: { definitions: 2 },
    events: [anOrder(), aRefund({ taxAmount: 40 })],
    gives: { [day]: 80, '2026-03-10': -40 },
  },
  {
    kpi: 'netShipping',
    says: 'shipping on the day of the sale, less what was given back on the day of the refund',
    stamp: { definitions: 2 },
    events: [anOrder(), aRefund({ shippingAmount: 300 })],
    gives: { [day]: 300, '2026-03-10': -300 },
  },
  {
    kpi: 'discountedSales',
    says: 'gross less seller discounts, whatever went back',
    events: [anOrder(), aRefund()],
    gives: { [day]: 1900 },
  },
  {
    kpi: 'orders',
    says: 'each paid order once, cancelled or not',
    events: [anOrder(), cancelled(), anOrder({}, { order: 'o-2' })],
    gives: { [day]: 2 },
  },
  { kpi: 'orders', says: 'no order that waits for its payment', events: [unpaid, onDelivery], gives: {} },
  {
    kpi: 'orders',
    says: 'an order that turns out to be a test no longer',
    events: [anOrder(), anOrder({ test: true }, { version: 2 })],
    gives: {},
  },
  { kpi: 'units', says: 'pieces', events: [twoLines], gives: { [day]: 3 } },
  {
    kpi: 'skuOrders',
    says: 'pairs of order and SKU',
    events: [anOrder({ lines: [aLine(), aLine(), other] })],
    gives: { [day]: 2 },
  },
  {
    kpi: 'averageOrderValue',
    says: 'sales after discounts ÷ orders',
    events: [anOrder(), anOrder({ lines: [aLine({ quantity: 4 })] }, { order: 'o-2' })],
    gives: { [day]: [5800, 2] },
  },
  {
    kpi: 'cancelledOrders',
    says: 'on the day of payment, not of cancellation',
    events: [anOrder(), cancelled('buyer')],
    gives: { [day]: 1 },
  },
  { kpi: 'cancelledByBuyer', says: 'a cancellation of the buyer', events: [cancelled('buyer')], gives: { [day]: 1 } },
  { kpi: 'cancelledByBuyer', says: 'no cancellation of someone else', events: [cancelled('seller')], gives: {} },
  { kpi: 'cancelledBySeller', says: 'a cancellation of the seller', events: [cancelled('seller')], gives: { [day]: 1 } },
  { kpi: 'cancelledByPlatform', says: 'a cancellation of the platform', events: [cancelled('platform')], gives: { [day]: 1 } },
  { kpi: 'cancelledByPlatform', says: 'no cancellation of which the fault is unknown', events: [cancelled()], gives: {} },
  {
    kpi: 'cancellationRate',
    says: 'cancelled ÷ orders of the day',
    events: [cancelled(), anOrder({}, { order: 'o-2' })],
    gives: { [day]: [1, 2] },
  },
  { kpi: 'buyerCancellationRate', says: 'those of the buyer ÷ orders', events: [cancelled('buyer')], gives: { [day]: [1, 1] } },
  {
    kpi: 'sellerCancellationRate',
    says: 'those of the seller ÷ orders',
    events: [cancelled('seller')],
    gives: { [day]: [1, 1] },
  },
  {
    kpi: 'platformCancellationRate',
    says: 'those of the platform ÷ orders',
    events: [cancelled('seller')],
    gives: { [day]: [0, 1] },
  },
];
