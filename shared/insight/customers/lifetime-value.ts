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

/** Parameters with one of their logarithms moved. */
const moved = <Name extends string>(
  parameters: { [name in Name]: number },
  name: Name,
  by: number,
): { [name in Name]: number } => ({
  ...parameters,
  [name]: parameters[name] * Math.exp(by),
});

const step = 1e-3;

/** Variance of a logarithm by the delta method: its slope by each parameter, and how these vary together. */
function varianceOf(slopes: readonly number[], covariance: number[][]): number {
  return slopes.reduce((sum, a, i) => sum + slopes.reduce((part, b, j) => part + a * b * (covariance[i]?.[j] ?? 0), 0), 0);
}

/**
 * Answers what a customer will bring; null where no mean of spending exists. The interval is that of the expectation (delta method on
 * logarithms, Gamma-Gamma and purchases apart): one customer's future differs from it far more, since most buy never again or several times.
 */
export function lifetimeValueOf(purchases: PurchaseFit, spending: SpendingFit, { months, monthlyDiscount }: ValueHorizon) {
  const horizon = { steps: months, length: unitsOfMonth(purchases.unit), discount: monthlyDiscount };
  const { model, parameters, covariance } = purchases;
  const expected = expectation(model, parameters);
  const around = parameterNames.map((name) => [1, -1].map((sign) => expectation(model, moved(parameters, name, sign * step))));
  return (customer: CustomerSummary): CustomerValue | null => {
    const spent = expectedSpending(spending.parameters, customer);
    if (spent === null) return null;
    const bought = discountedPurchases(expected, customer, horizon);
    const value = bought * spent;
    const slope = (of: (sign: number) => number): number => Math.log(of(1) / of(-1)) / (2 * step);
    const spendingSlopes = spendingNames.map((name) =>
      slope((sign) => expectedSpending(moved(spending.parameters, name, sign * step), customer) ?? spent),
    );
    const purchaseSlopes = around.map(([up, down]) =>
      slope((sign) => discountedPurchases((sign > 0 ? up : down) ?? expected, customer, horizon)),
    );
    const variance =
      covariance && spending.covariance
        ? varianceOf(purchaseSlopes, covariance) + varianceOf(spendingSlopes, spending.covariance)
        : 0;
    const reach = z95 * Math.sqrt(Math.max(0, variance));
    const isKnown = Number.isFinite(reach) && reach > 0;
    return {
      purchases: expected(customer, months * horizon.length),
      spending: spent,
      lifetimeValue: {
        value,
        interval: isKnown ? { lower: value * Math.exp(-reach), upper: value * Math.exp(reach) } : null,
      },
    };
  };
}
