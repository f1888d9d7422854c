/** What will all customers buy and bring together, and within which limits? Simulated: parameters as uncertain as they are, then each customer. */
import { isRefusal, type PurchaseFit, parameterNames, type Refusal } from './fit-purchases.ts';
import { type SpendingFit, type SpendingParameters, spendingNames } from './fit-spending.ts';
import { cholesky } from './information.ts';
import { expectation, type PurchaseParameters, probabilityAlive } from './purchase-model.ts';
import { type Random, randomOf } from './random.ts';
import type { CustomerSummary } from './summary.ts';

export interface Total {
  expected: number;
  /** 95 % of what will be: of parameters and of chance together. Null where parameters have no covariance. */
  interval: { lower: number; upper: number } | null;
}

/** How often all is simulated: fewer times for many customers, whose chances even out. */
const drawsFor = (customers: number): number => Math.max(100, Math.min(400, Math.floor(1.5e6 / customers)));

/** Parameters as they could also be: logarithms are normal with this covariance; those at a bound stay. */
function draw<Name extends string>(
  random: Random,
  parameters: { [name in Name]: number },
  names: readonly Name[],
  factor: number[][],
): { [name in Name]: number } {
  const noise = names.map(() => random.normal());
  const moved = names.map((name, i) => {
    const by = noise.reduce((sum, value, j) => sum + value * (factor[i]?.[j] ?? 0), 0);
    return [name, parameters[name] * Math.exp(Math.max(-20, Math.min(20, by)))];
  });
  return Object.fromEntries(moved) as { [name in Name]: number };
}

/** The triangle of a covariance in which held parameters have rows of 0. */
function factorOf(covariance: number[][] | null): number[][] | null {
  if (!covariance) return null;
  const free = covariance.flatMap((row, i) => ((row[i] ?? 0) > 0 ? [i] : []));
  const factor = cholesky(free.map((i) => free.map((j) => covariance[i]?.[j] ?? 0)));
  if (!factor) return null;
  return covariance.map((row, i) => row.map((_, j) => factor[free.indexOf(i)]?.[free.indexOf(j)] ?? 0));
}

/** How often one customer who is still there buys within `span`: until the first drop-out or the end. */
function purchasesOf(random: Random, rate: number, dropOut: number, span: number): number {
  let [time, purchases] = [0, 0];
  for (;;) {
    time -= Math.log(random.uniform()) / rate;
    if (!(time <= span)) return purchases;
    purchases++;
    if (random.uniform() < dropOut) return purchases;
  }
}

function simulate(
  random: Random,
  fit: PurchaseFit,
  parameters: PurchaseParameters,
  spending: SpendingParameters | undefined,
  customers: readonly CustomerSummary[],
  span: number,
): { purchases: number; value: number } {
  const { r, alpha, a, b } = parameters;
  let [purchases, value] = [0, 0];
  for (const customer of customers) {
    const { frequency: x, age, meanValue } = customer;
    if (random.uniform() > probabilityAlive(fit.model, parameters, customer)) continue;
    const chances = fit.model === 'bg-nbd' ? x : x + 1;
    const bought = purchasesOf(random, random.gamma(r + x) / (alpha + age), random.beta(a, b + chances), span);
    purchases += bought;
    if (!bought || !spending) continue;
    const { p, q, v } = spending;
    const known = meanValue > 0 ? x : 0;
    const rate = random.gamma(p * known + q) / (v + known * meanValue);
    value += random.gamma(p * bought) / rate;
  }
  return { purchases, value };
}

/** Both ends of the middle 95 %; purchases are whole, so that two equal ends are at least one apart. */
function middle(values: number[], least: number): { lower: number; upper: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.max(0, Math.min(sorted.length - 1, Math.round(share * sorted.length) - 1))] ?? 0;
  const [lower, upper] = [at(0.025), at(0.975)];
  return { lower, upper: upper - lower < least ? lower + least : upper };
}

/**
 * Purchases of the customers known so far in the next `span` units, and their value (undiscounted; null without a fit of spending, or where no
 * mean exists). Customers yet to come are not in it. The same input gives the same answer.
 */
export function totalsOf(
  fit: PurchaseFit,
  spending: SpendingFit | Refusal | undefined,
  customers: readonly CustomerSummary[],
  span: number,
  expectedSpendingOf: (customer: CustomerSummary) => number | null = () => null,
): { purchases: Total; value: Total | null } {
  const money = spending && !isRefusal(spending) ? spending : undefined;
  const expected = expectation(fit.model, fit.parameters);
  let purchases = 0;
  let value: number | null = money ? 0 : null;
  for (const customer of customers) {
    const bought = expected(customer, span);
    purchases += bought;
    const each = value === null ? null : expectedSpendingOf(customer);
    value = value === null || each === null ? null : value + bought * each;
  }
  const factor = factorOf(fit.covariance);
  const moneyFactor = money ? factorOf(money.covariance) : null;
  if (!factor)
    return {
      purchases: { expected: purchases, interval: null },
      value: value === null ? null : { expected: value, interval: null },
    };
  const random = randomOf(1);
  const draws = Array.from({ length: drawsFor(customers.length) }, () => {
    const parameters = draw(random, { ...fit.parameters }, parameterNames, factor);
    const spent = money && moneyFactor ? draw(random, { ...money.parameters }, spendingNames, moneyFactor) : money?.parameters;
    return simulate(random, fit, parameters, spent, customers, span);
  });
  const values = draws.map((one) => one.value);
  return {
    purchases: {
      expected: purchases,
      interval: middle(
        draws.map((one) => one.purchases),
        1,
      ),
    },
    value:
      value === null
        ? null
        : { expected: value, interval: moneyFactor ? middle(values, Math.max(value / Math.max(1, purchases), 1e-9)) : null },
  };
}
