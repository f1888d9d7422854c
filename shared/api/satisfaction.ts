/** How content are buyers, and which products disappoint them? */
import * as z from 'zod';
import { daysQuery } from './days.ts';
import { endpoint, readers } from './endpoint.ts';
import { aDay, freshness, inUnit, whole } from './kpis.ts';

const query = daysQuery({
  top: whole(1, 300).default(50).describe('products at most, those with the most negative reviews first'),
});
export type SatisfactionQuery = z.infer<typeof query>;

const share = () => inUnit('share', z.number().nullable());
const reviews = {
  reviews: z.int().describe('written in the range'),
  satisfied: z.int().describe('of these: 4 or 5 stars'),
  csat: share().describe('satisfied ÷ reviews; null without any'),
  negative: z.int().describe('of these: first given 1 or 2 stars'),
};
const product = z.object({ productId: z.string().describe('empty: the review names none'), ...reviews });

export const satisfactionAnswer = z.object({
  ...freshness,
  from: aDay(),
  to: aDay(),
  method: z.literal('reviews by the day they were written, orders by the day they were delivered'),
  version: z.int(),
  ...reviews,
  delivered: z.int().describe('orders whose every parcel was delivered in the range'),
  negativelyReviewed: z.int().describe('of these: with a review first given 1 or 2 stars'),
  negativeReviewRate: share().describe('negativelyReviewed ÷ delivered'),
  faulty: z.int().describe('of these: with a completed refund at the seller’s fault'),
  sellerFaultRate: share().describe('faulty ÷ delivered'),
  products: z.array(product),
  reasons: z.array(z.enum(['no_reviews', 'no_deliveries'])).describe('what keeps the numbers from being the last word'),
});
export type SatisfactionAnswer = z.infer<typeof satisfactionAnswer>;

export const getSatisfaction = endpoint({
  method: 'GET',
  path: '/v1/creators/{creatorId}/satisfaction',
  gate: { to: 'report', rate: 50, burst: 100 },
  summary: 'Reviews and returns at the seller’s fault, each with how many it is of, and the products that disappoint.',
  roles: readers,
  query,
  status: 200,
  answer: satisfactionAnswer,
});
