/** How content were the buyers? */
import { anOrder, aRefund, aReview, aShipment } from '../../make/snapshots.ts';
import type { Case } from './case.ts';

const written = '2026-03-06';
const review = (rating: number, id: string, data = {}) => aReview({ rating, ...data }, { id });
const delivered = (at: string, id = 's-1') => aShipment({ deliveredAt: at, status: 'delivered' }, { id });
const order = anOrder();
const first = delivered('2026-03-04T16:00:00Z');
const second = delivered('2026-03-05T16:00:00Z', 's-2');
const survey = aReview({ kind: 'survey', rating: undefined, score: 2, productId: undefined }, { id: 'v-9' });

export const satisfaction: Case[] = [
  {
    kpi: 'reviews',
    says: 'reviews on the day they were written',
    events: [order, review(5, 'v-1'), review(1, 'v-2')],
    gives: { [written]: 2 },
  },
  { kpi: 'reviews', says: 'for their product', by: 'product', events: [review(5, 'v-1')], gives: { [`${written}#p-1`]: 1 } },
  { kpi: 'reviews', says: 'no answer to a survey', events: [order, survey], gives: {} },
  {
    kpi: 'satisfiedReviews',
    says: 'four stars and five',
    events: [3, 4, 5].map((rating) => review(rating, `v-${rating}`)),
    gives: { [written]: 2 },
  },
  {
    kpi: 'csat',
    says: 'four and five ÷ all',
    events: [1, 4, 5].map((rating) => review(rating, `v-${rating}`)),
    gives: { [written]: [2, 3] },
  },
  {
    kpi: 'negativeReviews',
    says: 'one star and two',
    events: [1, 2, 3].map((rating) => review(rating, `v-${rating}`)),
    gives: { [written]: 2 },
  },
  {
    kpi: 'negativeReviews',
    says: 'by the first rating, though the buyer changed it',
    events: [review(5, 'v-1', { initialRating: 1 })],
    gives: { [written]: 1 },
  },
  { kpi: 'negativeReviews', says: 'nothing that turned bad later', events: [review(1, 'v-1', { initialRating: 5 })], gives: {} },
  {
    kpi: 'deliveredOrders',
    says: 'an order on the day of its last parcel',
    events: [order, first, second],
    gives: { '2026-03-05': 1 },
  },
  {
    kpi: 'deliveredOrders',
    says: 'none while a parcel is under way',
    events: [order, first, aShipment({}, { id: 's-2' })],
    gives: {},
  },
  {
    kpi: 'negativelyReviewedOrders',
    says: 'on the day of delivery',
    events: [order, first, review(2, 'v-1')],
    gives: { '2026-03-04': 1 },
  },
  { kpi: 'negativelyReviewedOrders', says: 'no order that is not delivered', events: [order, review(1, 'v-1')], gives: {} },
  {
    kpi: 'negativeReviewRate',
    says: 'orders with a negative review ÷ orders delivered',
    events: [order, first, review(1, 'v-1'), review(2, 'v-2')],
    gives: { '2026-03-04': [1, 1] },
  },
  {
    kpi: 'faultyOrders',
    says: 'an order refunded at the seller’s fault, on the day of its delivery',
    events: [order, first, aRefund({ fault: 'seller' })],
    gives: { '2026-03-04': 1 },
  },
  { kpi: 'faultyOrders', says: 'none at the buyer’s fault', events: [order, first, aRefund({ fault: 'buyer' })], gives: {} },
  {
    kpi: 'faultyOrders',
    says: 'none whose refund is only asked for',
    events: [order, first, aRefund({ fault: 'seller', completedAt: undefined })],
    gives: {},
  },
  {
    kpi: 'sellerFaultRate',
    says: 'those orders ÷ orders delivered',
    events: [order, first, aRefund({ fault: 'seller' })],
    gives: { '2026-03-04': [1, 1] },
  },
];
