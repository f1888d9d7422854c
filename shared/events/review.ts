/** What does a review say? How content a buyer was, first and now. Survey answers are reviews of kind `survey`. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { happened, id, text } from './fields.ts';

const rating = () => z.int({ error: 'must be a whole number of stars' }).min(1).max(5);

export const review = entity({
  name: 'review',
  about: 'A buyer’s rating of 1 to 5 for an order, or an answer to a survey.',
  subject: 'order/{orderId}/review/{reviewId}',
  schema: z
    .looseObject({
      kind: z.enum(['review', 'survey']).optional().describe('review where absent'),
      productId: id().optional(),
      rating: rating().optional(),
      initialRating: rating().optional().describe('as first submitted, where the buyer changed it'),
      score: z.int().min(0).max(10).optional().describe('0 to 10, of a survey'),
      submittedAt: happened().describe('when first submitted'),
      topic: text().optional(),
    })
    .refine((data) => data.kind === 'survey' || data.rating !== undefined, {
      path: ['rating'],
      message: 'a review needs a rating of 1 to 5',
    }),
  dimensions: { product: 'productId', channel: 'order.channel' },
  derived: { isReview: 'flag', firstRating: 'count' },
  derive(facts) {
    facts.isReview = facts.kind !== 'survey';
    facts.firstRating = facts.initialRating ?? facts.rating;
  },
  example: {
    subject: 'order/o-1/review/v-1',
    time: '2026-03-06T20:00:00Z',
    data: { productId: 'p-1', rating: 5, submittedAt: '2026-03-06T20:00:00Z', topic: 'quality' },
  },
});
