/** Does the report on satisfaction say what reviews, deliveries and refunds come to, product by product? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SatisfactionAnswer, satisfactionAnswer } from '../../shared/api/satisfaction.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { anOrder, aRefund, aReview, aShipment } from '../make/snapshots.ts';

let shop: Shop;
const delivered = (order: string, at: string) => [
  anOrder({}, { order }),
  aShipment({ status: 'delivered', deliveredAt: at }, { order }),
];
const review = (order: string, data: object) => aReview({ submittedAt: '2026-03-06T20:00:00Z', ...data }, { order });

beforeAll(async () => {
  shop = await makeShop('2026-03-31T20:10:00Z');
  await shop.load('c-reviewed', [
    ...['o-1', 'o-2', 'o-3', 'o-4'].flatMap((order) => delivered(order, '2026-03-05T20:00:00Z')),
    ...delivered('o-5', '2026-02-27T20:00:00Z'),
    review('o-1', { productId: 'p-1', rating: 5 }),
    // Better later: it was first given two stars.
    review('o-2', { productId: 'p-2', rating: 4, initialRating: 2 }),
    review('o-3', { productId: 'p-2', rating: 3 }),
    aReview({ productId: 'p-3', rating: 1, submittedAt: '2026-03-07T20:00:00Z' }, { order: 'o-3', id: 'r-2' }),
    aReview({ productId: 'p-3', rating: 1, submittedAt: '2026-03-08T20:00:00Z' }, { order: 'o-3', id: 'r-3' }),
    // Of another month.
    aReview({ productId: 'p-1', rating: 1, submittedAt: '2026-02-28T20:00:00Z' }, { order: 'o-5' }),
    aRefund({ fault: 'seller', completedAt: '2026-03-20T20:00:00Z' }, { order: 'o-4' }),
  ]);
});
afterAll(() => shop.close());

const ask = async (query: Record<string, string>, creator: string): Promise<SatisfactionAnswer> => {
  const { status, json } = await shop.get('satisfaction', { from: '2026-03-01', to: '2026-03-31', ...query }, creator);
  expect({ status, json }).toMatchObject({ status: 200 });
  return satisfactionAnswer.parse(json);
};

it('counts reviews by the day they were written and orders by the day they were delivered', async () => {
  expect(await ask({}, 'c-reviewed')).toMatchObject({
    reviews: 5,
    satisfied: 2,
    csat: 0.4,
    negative: 3,
    delivered: 4,
    negativelyReviewed: 2,
    negativeReviewRate: 0.5,
    faulty: 1,
    sellerFaultRate: 0.25,
    reasons: [],
  });
});

it('names the products that disappoint first, and no more than asked for', async () => {
  const { products } = await ask({}, 'c-reviewed');
  expect(products).toEqual([
    { productId: 'p-3', reviews: 2, satisfied: 0, csat: 0, negative: 2 },
    { productId: 'p-2', reviews: 2, satisfied: 1, csat: 0.5, negative: 1 },
    { productId: 'p-1', reviews: 1, satisfied: 1, csat: 1, negative: 0 },
  ]);
  expect((await ask({ top: '1' }, 'c-reviewed')).products).toHaveLength(1);
});

it('has no rate of nothing, and says why', async () => {
  expect(await ask({ from: '2026-01-01', to: '2026-01-31' }, 'c-reviewed')).toMatchObject({
    reviews: 0,
    csat: null,
    negativeReviewRate: null,
    sellerFaultRate: null,
    products: [],
    reasons: ['no_reviews', 'no_deliveries'],
  });
});
