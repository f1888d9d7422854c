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

/** So far a logarithm of a parameter is moved to see what follows. */
const step = 1e-3;

/** A value under each parameter moved, by fit. */
interface Moved {
  purchases: number[];
  spending: number[];
}

/** Variance of a logarithm by the delta method: its slope by each parameter, and how these vary together. */
const varianceOf = (slopes: readonly number[], covariance: number[][]): number =>
  slopes.reduce((sum, a, i) => sum + slopes.reduce((part, b, j) => part + a * b * (covariance[i]?.[j] ?? 0), 0), 0);

function estimateOf(value: number, moved: Moved, covariances: { [kind in keyof Moved]: number[][] | null }): Estimate {
  if (!covariances.purchases || !covariances.spending) return { value, interval: null };
  const slopes = (values: number[]): number[] => values.map((each) => Math.log(each / value) / step);
  const variance =
    varianceOf(slopes(moved.purchases), covariances.purchases) + varianceOf(slopes(moved.spending), covariances.spending);
  const reach = z95 * Math.sqrt(variance);
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

/** Adds values to sums of the same length. */
function addTo(sums: number[], values: readonly number[]): void {
  for (const [i, value] of values.entries()) sums[i] = (sums[i] ?? 0) + value;
}

export interface GroupValue {
  group: string;
  customers: number;
  /** Of a customer of the group. */
  mean: Estimate;
}

export interface LifetimeValues {
  customers: CustomerValue[];
  total: Estimate;
  /** Where groups were asked for, the largest mean first. */
  groups: GroupValue[];
}

/**
 * What each customer will bring, all of them together, and the mean of each group (first product, channel or content, as `groupOf` says);
 * null where no mean of spending exists. Intervals are those of the expectation (delta method on logarithms, by the observed information of
 * both fits): one customer's future differs from it far more, since most never buy again and some do several times.
 */
export function lifetimeValues(
  purchases: PurchaseFit,
  spending: SpendingFit,
  customers: readonly CustomerSummary[],
  { months, monthlyDiscount }: ValueHorizon,
  groupOf?: (customer: string) => string,
): LifetimeValues | null {
  const length = unitsOfMonth(purchases.unit);
  const purchasesBy = (parameters: PurchaseFit['parameters']) => {
    const expected = expectation(purchases.model, parameters);
    return remembered((history) => discountedPurchases(expected, history, { steps: months, length, discount: monthlyDiscount }));
  };
  const movedEach = <Name extends string>(parameters: { [name in Name]: number }, names: readonly Name[]) =>
    names.map((name) => ({ ...parameters, [name]: parameters[name] * Math.exp(step) }));
  const expected = expectation(purchases.model, purchases.parameters);
  const [bought, undiscounted] = [purchasesBy(purchases.parameters), remembered((history) => expected(history, months * length))];
  const boughtMoved = movedEach({ ...purchases.parameters }, parameterNames).map(purchasesBy);
  const spendingMoved = movedEach({ ...spending.parameters }, spendingNames);
  const covariances = { purchases: purchases.covariance, spending: spending.covariance };
  const nothing = () => ({ customers: 0, value: 0, purchases: [] as number[], spending: [] as number[] });
  const all = nothing();
  const groups = new Map<string, ReturnType<typeof nothing>>();
  const found: CustomerValue[] = [];
  for (const customer of customers) {
    const spent = expectedSpending(spending.parameters, customer);
    if (spent === null) return null;
    const discounted = bought(customer);
    const value = discounted * spent;
    const moved: Moved = {
      purchases: boughtMoved.map((of) => spent * of(customer)),
      spending: spendingMoved.map((parameters) => discounted * (expectedSpending(parameters, customer) ?? spent)),
    };
    const group = groupOf?.(customer.customer);
    const own = group === undefined ? undefined : (groups.get(group) ?? nothing());
    if (group !== undefined && own) groups.set(group, own);
    for (const sums of own ? [all, own] : [all]) {
      sums.customers++;
      sums.value += value;
      addTo(sums.purchases, moved.purchases);
      addTo(sums.spending, moved.spending);
    }
    found.push({ purchases: undiscounted(customer), spending: spent, lifetimeValue: estimateOf(value, moved, covariances) });
  }
  return {
    customers: found,
    total: estimateOf(all.value, all, covariances),
    groups: [...groups]
      .map(([group, sums]) => ({
        group,
        customers: sums.customers,
        mean: dividedBy(sums.customers, estimateOf(sums.value, sums, covariances)),
      }))
      .sort((a, b) => b.mean.value - a.mean.value),
  };
}

const dividedBy = (n: number, { value, interval }: Estimate): Estimate => ({
  value: value / n,
  interval: interval && { lower: interval.lower / n, upper: interval.upper / n },
});
