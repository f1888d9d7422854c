/** What does the product say of a shop's customers to come? One fit, one model on principle; apart from everything that was observed. */
import { fitPurchases, isRefusal, type PurchaseFit, type Refusal } from './fit-purchases.ts';
import { expectedSpending, fitSpending, type SpendingFit } from './fit-spending.ts';
import { type LifetimeValues, lifetimeValues, type ValueHorizon } from './lifetime-value.ts';
import { type PurchaseModel, probabilityAlive } from './purchase-model.ts';
import { type CustomerSummary, summarize } from './summary.ts';
import { type TimeUnit, unitsOfMonth } from './time-unit.ts';
import { type Total, totalsOf } from './totals.ts';
import type { Transactions } from './transactions.ts';

/**
 * MBG/NBD: most customers of a shop bought once, and BG/NBD takes every one of them for alive for ever, since nobody can drop out before a
 * repeat. Chosen for what it assumes, not for how it scored.
 */
export const productModel: PurchaseModel = 'mbg-nbd';
export const productUnit: TimeUnit = 'week';

export interface Prediction {
  fit: PurchaseFit;
  spending: SpendingFit | Refusal;
  customers: CustomerSummary[];
  /** Of each of `customers`, 0…1. */
  alive: number[];
  /** How many are still customers: the sum of `alive`. */
  stillCustomers: number;
  /** In the months of the horizon, undiscounted, with what will be by chance. */
  purchases: Total;
  value: Total | null;
  /** Discounted; null where there is no money or no mean of it. Computed when called: it takes as long as a fit. */
  lifetimeValue: () => LifetimeValues | null;
}

/** Predictions for the customers known on `until`, of transactions merged from the log up to then, or why there are none. */
export function predictCustomers(
  transactions: Transactions,
  until: string,
  horizon: ValueHorizon,
  groupOf?: (customer: string) => string,
): Prediction | Refusal {
  const customers = summarize(transactions, until, productUnit);
  const fit = fitPurchases(productModel, customers, productUnit);
  if (isRefusal(fit)) return fit;
  const spending = fitSpending(customers);
  const money = isRefusal(spending) ? undefined : spending;
  const alive = customers.map((customer) => probabilityAlive(fit.model, fit.parameters, customer));
  const span = horizon.months * unitsOfMonth(productUnit);
  const spent = (customer: CustomerSummary): number | null => (money ? expectedSpending(money.parameters, customer) : null);
  return {
    fit,
    spending,
    customers,
    alive,
    stillCustomers: alive.reduce((sum, each) => sum + each, 0),
    ...totalsOf(fit, spending, customers, span, spent),
    lifetimeValue: () => (money ? lifetimeValues(fit, money, customers, horizon, groupOf) : null),
  };
}
