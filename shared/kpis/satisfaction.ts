/** How content are buyers? Reviews on the day they were written, and bad ones against the orders delivered. */
import { all, any, atLeast, atMost, has, is, last, measure, not, ratio, topic } from './language.ts';
import { everyParcel } from './parcels.ts';

const isReview = is('isReview', true);
const delivered = all(not(is('isExcluded', true)), everyParcel(has('deliveredAt')));
const yourFault = any('refund', all(is('fault', 'seller'), has('completedAt')));

// biome-ignore format: a KPI reads as an entry of the dictionary
export const satisfaction = topic({
  name: 'satisfaction',
  title: 'Satisfaction',
  kpis: {
    reviews: measure({
      of: 'review', at: 'submittedAt', add: 1, when: isReview, by: ['product', 'channel'],
      title: 'Reviews', unit: 'count', better: 'up', basis: 'reviewed', source: 'TikTok Shop',
      formula: 'reviews written',
    }),
    satisfiedReviews: measure({
      of: 'review', at: 'submittedAt', add: 1, when: all(isReview, atLeast('rating', 4)), by: ['product', 'channel'],
      title: 'Reviews of 4 or 5 stars', unit: 'count', better: 'up', basis: 'reviewed', source: 'top-two-box',
      formula: 'reviews with a rating of 4 or 5',
    }),
    csat: ratio('satisfiedReviews', 'reviews', {
      title: 'Share of 4–5 star reviews', better: 'up', basis: 'reviewed', source: 'top-two-box',
      formula: 'reviews of 4 or 5 ÷ reviews; the number of reviews stands beside it',
    }),
    negativeReviews: measure({
      of: 'review', at: 'submittedAt', add: 1, when: all(isReview, atMost('firstRating', 2)), by: ['product', 'channel'],
      title: 'Negative reviews', unit: 'count', better: 'down', basis: 'reviewed', source: 'TikTok Shop',
      formula: 'reviews first given 1 or 2 stars',
    }),
    deliveredOrders: measure({
      of: 'order', at: last('shipment', 'deliveredAt'), add: 1, when: delivered, by: ['channel'],
      title: 'Orders delivered', unit: 'count', better: 'up', basis: 'delivered', source: 'TikTok Shop',
      formula: 'orders whose every shipment was delivered, on the day of the last',
    }),
    negativelyReviewedOrders: measure({
      of: 'order', at: last('shipment', 'deliveredAt'), add: 1, when: all(delivered, any('review', all(isReview, atMost('firstRating', 2)))), by: ['channel'], restates: true,
      title: 'Orders with a negative review', unit: 'count', better: 'down', basis: 'delivered', source: 'TikTok Shop',
      formula: 'orders delivered that day with a review first given 1 or 2 stars',
    }),
    faultyOrders: measure({
      of: 'order', at: last('shipment', 'deliveredAt'), add: 1, when: all(delivered, yourFault), by: ['channel'], restates: true, since: 4,
      title: 'Orders refunded at your fault', unit: 'count', better: 'down', basis: 'delivered', source: 'TikTok Shop',
      formula: 'orders delivered that day with a completed refund at the seller’s fault',
    }),
    sellerFaultRate: ratio('faultyOrders', 'deliveredOrders', {
      title: 'Seller-fault return rate', better: 'down', basis: 'delivered', source: 'TikTok Shop', since: 4,
      formula: 'orders refunded at your fault ÷ orders delivered; TikTok looks at 60 days',
    }),
    negativeReviewRate: ratio('negativelyReviewedOrders', 'deliveredOrders', {
      title: 'Negative review rate', better: 'down', basis: 'delivered', source: 'TikTok Shop',
      formula: 'orders with a negative review ÷ orders delivered',
    }),
  },
});

/** Which numbers the report on satisfaction is made of. */
export const satisfactionParts = {
  reviews: 'reviews',
  satisfied: 'satisfiedReviews',
  negative: 'negativeReviews',
  delivered: 'deliveredOrders',
  negativelyReviewed: 'negativelyReviewedOrders',
  faulty: 'faultyOrders',
} as const satisfies { [part: string]: keyof typeof satisfaction.kpis };
