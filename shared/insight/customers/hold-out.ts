/** Did the forecast come true? Purchases after the end of the observation against what was expected of the same customers. */
import { addDays, daysBetween } from '../../time.ts';
import type { PurchaseFit } from './fit-purchases.ts';
import { correlationOf } from './fit-spending.ts';
import { expectation } from './purchase-model.ts';
import type { CustomerSummary } from './summary.ts';
import { daysOfUnit } from './time-unit.ts';
import type { Transactions } from './transactions.ts';

export interface HoldOut {
  from: string;
  to: string;
  /** Length in units of the fit. */
  span: number;
  /** Transactions of customers known at the beginning. */
  actual: number;
  expected: number;
  /** Of the customers: actual and expected, Pearson's. */
  correlation: number | null;
  meanAbsoluteError: number;
  rootMeanSquareError: number;
  /** By repeat transactions before; the last row is of that many and more. */
  byFrequency: { frequency: number; customers: number; actual: number; expected: number }[];
}

const lastFrequency = 7;

/** The forecast of a fit up to `until`, held against the transactions of the days after it up to `to`. */
export function holdOutOf(
  fit: PurchaseFit,
  customers: readonly CustomerSummary[],
  transactions: Transactions,
  until: string,
  to: string,
): HoldOut {
  const span = daysBetween(until, to) / daysOfUnit(fit.unit);
  const expected = expectation(fit.model, fit.parameters);
  const pairs = customers.map((customer) => ({
    frequency: Math.min(lastFrequency, customer.frequency),
    actual: (transactions.get(customer.customer) ?? []).filter(({ day }) => day > until && day <= to).length,
    expected: expected(customer, span),
  }));
  const mean = (of: (pair: (typeof pairs)[number]) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  return {
    from: addDays(until, 1),
    to,
    span,
    actual: pairs.reduce((sum, pair) => sum + pair.actual, 0),
    expected: pairs.reduce((sum, pair) => sum + pair.expected, 0),
    correlation: correlationOf(pairs.map((pair) => [pair.actual, pair.expected])),
    meanAbsoluteError: mean((pair) => Math.abs(pair.actual - pair.expected)),
    rootMeanSquareError: Math.sqrt(mean((pair) => (pair.actual - pair.expected) ** 2)),
    byFrequency: [...Map.groupBy(pairs, ({ frequency }) => frequency)]
      .sort(([a], [b]) => a - b)
      .map(([frequency, some]) => ({
        frequency,
        customers: some.length,
        actual: some.reduce((sum, pair) => sum + pair.actual, 0) / some.length,
        expected: some.reduce((sum, pair) => sum + pair.expected, 0) / some.length,
      })),
  };
}
