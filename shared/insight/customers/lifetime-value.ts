/** What will a customer bring in the next months? Expected purchases times expected spending, discounted month by month. */
import { type PurchaseFit, parameterNames } from './fit-purchases.ts';
import { expectedSpending, type SpendingFit, spendingNames } from './fit-spending.ts';
import { expectation } from './purchase-model.ts';
import type { CustomerSummary, History } from './summary.ts';
import { unitsOfMonth } from './time-unit.ts';

export interface ValueHorizon {
  /** Calendar months, whatever the unit of the fit. */
  months: number;
  /** Interest of a month: 0.01 is 1 %. */
  monthlyDiscount: number;
}

export interface Estimate {
  value: number;
  /** 95 % of the expectation, from how well parameters are known; null where that is not known. */
  interval: { lower: number; upper: number } | null;
}

export interface CustomerValue {
  purchases: number;
  /** At a time. */
  spending: number;
  lifetimeValue: Estimate;
}

export const z95 = 1.959964;

type Expected = (history: History, span: number) => number;

/**
 * Purchases of some equal steps, each discounted from its end. A step is `length` units of the fit: what is a month in days is 30 months in
 * weeks, so that callers name months and `lifetimeValueOf` makes units of them.
 */
export function discountedPurchases(
  expected: Expected,
  history: History,
  { steps, length, discount }: { steps: number; length: number; discount: number },
): number {
  let [before, sum] = [0, 0];
  for (let i = 1; i <= steps; i++) {
    const until = expected(history, i * length);
    sum += (until - before) / (1 + discount) ** i;
    before = until;
  }
  return sum;
}

const step = 1e-3;

/** Variance of a logarithm by the delta method: its slope by each parameter, and how these vary together. */
const varianceOf = (slopes: readonly number[], covariance: number[][]): number =>
  slopes.reduce((sum, a, i) => sum + slopes.reduce((part, b, j) => part + a * b * (covariance[i]?.[j] ?? 0), 0), 0);

/** Values under the parameters, and under each of them moved up and down, as an estimate. */
function estimateOf(
  value: number,
  moves: { [kind in 'purchases' | 'spending']: (readonly [up: number, down: number])[] },
  covariances: {
    [kind in 'purchases' | 'spending']: number[][] | null;
  },
): Estimate {
  if (!covariances.purchases || !covariances.spending) return { value, interval: null };
  const slopes = (pairs: (readonly [number, number])[]): number[] => pairs.map(([up, down]) => Math.log(up / down) / (2 * step));
  const reach =
    z95 *
    Math.sqrt(
      varianceOf(slopes(moves.purchases), covariances.purchases) + varianceOf(slopes(moves.spending), covariances.spending),
    );
  // Nobody knows a value exactly: no width is no interval.
  if (!(Number.isFinite(reach) && reach > 0)) return { value, interval: null };
  return { value, interval: { lower: value * Math.exp(-reach), upper: value * Math.exp(reach) } };
}

/** Remembers what it answered of equal histories. */
function remembered(of: (history: History) => number): (history: History) => number {
  const answers = new Map<string, number>();
  return (history) => {
    const key = `${history.frequency} ${history.recency} ${history.age}`;
    const answer = answers.get(key) ?? of(history);
    answers.set(key, answer);
    return answer;
  };
}

/**
 * What each customer will bring, and all of them together; null where no mean of spending exists. Intervals are those of the expectation
 * (delta method on logarithms, by the observed information of both fits): one customer's future differs from it far more, since most never
 * buy again and some do several times.
 */
export function lifetimeValues(
  purchases: PurchaseFit,
  spending: SpendingFit,
  customers: readonly CustomerSummary[],
  { months, monthlyDiscount }: ValueHorizon,
): { customers: CustomerValue[]; total: Estimate } | null {
  const length = unitsOfMonth(purchases.unit);
  const purchasesBy = (expected: Expected) =>
    remembered((history) => discountedPurchases(expected, history, { steps: months, length, discount: monthlyDiscount }));
  const modelWith = (parameters: PurchaseFit['parameters']): Expected => expectation(purchases.model, parameters);
  const bothWays = <Name extends string>(parameters: { [name in Name]: number }, names: readonly Name[]) =>
    names.map((name) => [1, -1].map((sign) => ({ ...parameters, [name]: parameters[name] * Math.exp(sign * step) })));
  const expected = modelWith(purchases.parameters);
  const [bought, undiscounted] = [purchasesBy(expected), remembered((history) => expected(history, months * length))];
  const boughtAround = bothWays({ ...purchases.parameters }, parameterNames).map((pair) =>
    pair.map((each) => purchasesBy(modelWith(each))),
  );
  const spendingAround = bothWays({ ...spending.parameters }, spendingNames);
  const covariances = { purchases: purchases.covariance, spending: spending.covariance };
  const totals = { purchases: boughtAround.map(() => [0, 0]), spending: spendingAround.map(() => [0, 0]) };
  let total = 0;
  const found: CustomerValue[] = [];
  for (const customer of customers) {
    const spent = expectedSpending(spending.parameters, customer);
    if (spent === null) return null;
    const discounted = bought(customer);
    const moves = {
      purchases: boughtAround.map(([up, down]) => [spent * (up?.(customer) ?? 0), spent * (down?.(customer) ?? 0)] as const),
      spending: spendingAround.map(([up, down]) => {
        const [more, less] = [up, down].map((each) => (each && expectedSpending(each, customer)) ?? spent);
        return [discounted * (more ?? 0), discounted * (less ?? 0)] as const;
      }),
    };
    for (const kind of ['purchases', 'spending'] as const)
      for (const [i, [up, down]] of moves[kind].entries()) {
        const sums = totals[kind][i] as [number, number];
        sums[0] += up;
        sums[1] += down;
      }
    total += discounted * spent;
    found.push({
      purchases: undiscounted(customer),
      spending: spent,
      lifetimeValue: estimateOf(discounted * spent, moves, covariances),
    });
  }
  const pairs = (sums: number[][]) => sums.map(([up = 0, down = 0]) => [up, down] as const);
  const moves = { purchases: pairs(totals.purchases), spending: pairs(totals.spending) };
  return { customers: found, total: estimateOf(total, moves, covariances) };
}
