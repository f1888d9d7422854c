/** What do refunds come to? On their own day, and on the day their order was paid. */
import { aLine, anOrder, aRefund } from '../../make/snapshots.ts';
import type { Case } from './case.ts';

const paid = '2026-03-01';
const refunded = '2026-03-10';
const pending = aRefund({ completedAt: undefined, requestedAt: '2026-03-09T10:00:00Z' });
const sinceTwo = { definitions: 2 };
const second = aRefund({ completedAt: '2026-03-12T14:00:00Z', goodsAmount: 400, lines: undefined }, { id: 'r-2' });

export const refunds: Case[] = [
  {
    kpi: 'refunds',
    says: 'goods, without tax and shipping, on the day of the refund',
    events: [anOrder(), aRefund({ taxAmount: 40, shippingAmount: 300 })],
    gives: { [refunded]: 1000 },
  },
  { kpi: 'refunds', says: 'a refund that arrives before its order', events: [aRefund(), anOrder()], gives: { [refunded]: 1000 } },
  {
    kpi: 'refunds',
    says: 'under the channel of an order that arrives later',
    by: 'channel',
    events: [aRefund(), anOrder()],
    gives: { [`${refunded}#live`]: 1000 },
  },
  {
    kpi: 'refunds',
    says: 'under no channel while the order is unknown',
    by: 'channel',
    events: [aRefund()],
    gives: {},
  },
  { kpi: 'refunds', says: 'no refund that is only requested', events: [anOrder(), pending], gives: {} },
  {
    kpi: 'refunds',
    says: 'nothing of an order that turns out to be a sample',
    events: [aRefund(), anOrder({ sample: true })],
    gives: {},
  },
  {
    kpi: 'refunds',
    says: 'what no line names under no product',
    by: 'product',
    events: [anOrder(), aRefund({ goodsAmount: 1500 })],
    gives: { [`${refunded}#p-1`]: 1000 },
  },
  { kpi: 'refunds', says: 'a refund without lines whole', events: [anOrder(), second], gives: { '2026-03-12': 400 } },
  {
    kpi: 'refunds',
    says: 'a refund in another currency at its rate, lines and remainder',
    events: [anOrder(), aRefund({ currency: 'EUR', exchangeRate: '1.10', goodsAmount: 1500 })],
    by: 'product',
    gives: { [`${refunded}#p-1`]: 1100 },
  },
  {
    kpi: 'refundsByOrder',
    says: 'on the day the order was paid',
    events: [anOrder(), aRefund(), second],
    gives: { [paid]: 1400 },
  },
  { kpi: 'refundsByOrder', says: 'nothing until the order is known', events: [aRefund()], gives: {} },
  {
    kpi: 'taxRefunded',
    says: 'tax given back, on the day of the refund',
    stamp: sinceTwo,
    events: [anOrder(), aRefund({ taxAmount: 40, shippingAmount: 300 })],
    gives: { [refunded]: 40 },
  },
  {
    kpi: 'taxRefunded',
    says: 'nothing of what was accepted before it was a KPI',
    stamp: { definitions: 1 },
    events: [anOrder(), aRefund({ taxAmount: 40 })],
    gives: {},
  },
  {
    kpi: 'shippingRefunded',
    says: 'shipping given back, on the day of the refund, under its order’s channel',
    stamp: sinceTwo,
    by: 'channel',
    events: [anOrder(), aRefund({ shippingAmount: 300 })],
    gives: { [`${refunded}#live`]: 300 },
  },
  {
    kpi: 'taxRefundedByOrder',
    says: 'tax given back, on the day the order was paid',
    stamp: sinceTwo,
    events: [anOrder(), aRefund({ taxAmount: 40 })],
    gives: { [paid]: 40 },
  },
  {
    kpi: 'shippingRefundedByOrder',
    says: 'shipping given back once the refund is completed, on the day the order was paid',
    stamp: sinceTwo,
    events: [anOrder(), aRefund({ shippingAmount: 300 }), aRefund({ completedAt: undefined, shippingAmount: 9 }, { id: 'r-2' })],
    gives: { [paid]: 300 },
  },
  {
    kpi: 'refundsByOrder',
    says: 'a refund that arrives before its order',
    events: [aRefund(), anOrder()],
    gives: { [paid]: 1000 },
  },
  { kpi: 'refundsByOrder', says: 'no refund that is only requested', events: [anOrder(), pending], gives: {} },
  {
    kpi: 'refundedOrders',
    says: 'an order once, on the day of its first refund',
    events: [anOrder(), second, aRefund()],
    gives: { [refunded]: 1 },
  },
  {
    kpi: 'refundedOrdersByOrder',
    says: 'an order once, on the day it was paid',
    events: [anOrder(), aRefund(), second],
    gives: { [paid]: 1 },
  },
  { kpi: 'refundedOrdersByOrder', says: 'no order whose refund is only requested', events: [anOrder(), pending], gives: {} },
  {
    kpi: 'refundRate',
    says: 'refunds ÷ gross sales, each on its own day',
    events: [anOrder(), anOrder({ paidAt: '2026-03-10T15:00:00Z' }, { order: 'o-2' }), aRefund()],
    gives: { [paid]: [0, 2000], [refunded]: [1000, 2000] },
  },
  {
    kpi: 'refundRateByOrder',
    says: 'refunds of the orders paid that day ÷ their gross sales',
    events: [anOrder({ lines: [aLine(), aLine()] }), aRefund()],
    gives: { [paid]: [1000, 4000] },
  },
  {
    kpi: 'refundedOrderRate',
    says: 'orders with a refund ÷ orders',
    events: [anOrder(), anOrder({}, { order: 'o-2' }), aRefund()],
    gives: { [paid]: [1, 2] },
  },
];
