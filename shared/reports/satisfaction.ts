/** How content are buyers, and which products disappoint them? From the totals of reviews and deliveries. */
import { kpisQuery } from '../api/kpis.ts';
import type { SatisfactionAnswer, SatisfactionQuery } from '../api/satisfaction.ts';
import { noValue } from '../fold/parts.ts';
import { satisfactionParts as parts } from '../kpis/satisfaction.ts';
import { shareOf } from './computed.ts';
import { reportKpis, type Series } from './kpis.ts';
import { freshnessOf, type Scope } from './scope.ts';

const version = 1;
/** More products than any shop has reviews of in one answer. */
const allProducts = 100_000;

const totalOf = (series: Series[], name: string): number => series.find((one) => one.name === name)?.total ?? 0;

const figuresOf = (series: Series[]) => {
  const [reviews, satisfied] = [totalOf(series, parts.reviews), totalOf(series, parts.satisfied)];
  return { reviews, satisfied, csat: shareOf(satisfied, reviews), negative: totalOf(series, parts.negative) };
};

/** Answers GET …/satisfaction; the products with the most negative reviews first, then the least content. */
export async function reportSatisfaction({ from, to, top }: SatisfactionQuery, scope: Scope): Promise<SatisfactionAnswer> {
  const range = { from, to, grain: 'total' };
  const ask = (names: string[], more: object = {}) =>
    reportKpis({ ...kpisQuery.parse({ ...range, names: names.join(',') }), ...more }, scope);
  const ofReviews = [parts.reviews, parts.satisfied, parts.negative];
  const [{ series }, byProduct] = await Promise.all([
    ask(Object.values(parts)),
    ask(ofReviews, { by: 'product', top: allProducts }),
  ]);
  const [delivered, negativelyReviewed, faulty] = [parts.delivered, parts.negativelyReviewed, parts.faulty].map((name) =>
    totalOf(series, name),
  ) as [number, number, number];
  const products = [...Map.groupBy(byProduct.series, ({ value }) => value ?? '')]
    .map(([value, own]) => ({ productId: value === noValue ? '' : value, ...figuresOf(own) }))
    .filter(({ reviews }) => reviews > 0)
    .toSorted((a, b) => b.negative - a.negative || (a.csat ?? 1) - (b.csat ?? 1) || (a.productId < b.productId ? -1 : 1));
  const figures = figuresOf(series);
  return {
    ...freshnessOf(scope),
    from,
    to,
    method: 'reviews by the day they were written, orders by the day they were delivered',
    version,
    ...figures,
    delivered,
    negativelyReviewed,
    negativeReviewRate: shareOf(negativelyReviewed, delivered),
    faulty,
    sellerFaultRate: shareOf(faulty, delivered),
    products: products.slice(0, top),
    reasons: [
      ...(figures.reviews === 0 ? (['no_reviews'] as const) : []),
      ...(delivered === 0 ? (['no_deliveries'] as const) : []),
    ],
  };
}
