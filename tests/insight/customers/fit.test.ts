/** Does a fit find the parameters that customers were simulated with, and refuse in words what it cannot know? */
import { describe, expect, it } from 'vitest';
import {
  fitPurchases,
  isRefusal,
  type PurchaseFit,
  parameterNames,
  type Refusal,
} from '../../../shared/insight/customers/fit-purchases.ts';
import { expectedSpending, fitSpending, spendingNames } from '../../../shared/insight/customers/fit-spending.ts';
import { withSlope } from '../../../shared/insight/customers/information.ts';
import { minimize } from '../../../shared/insight/customers/minimize.ts';
import { expectation, purchaseModels } from '../../../shared/insight/customers/purchase-model.ts';
import { type CustomerSummary, summarize } from '../../../shared/insight/customers/summary.ts';
import { mergePurchases } from '../../../shared/insight/customers/transactions.ts';
import { simulatePurchases } from '../../make/purchases.ts';

const parameters = { r: 0.6, alpha: 5, a: 0.8, b: 2.4 };
const until = '2025-12-30';
const shop = { parameters, customers: 3000, arrivalWeeks: 26, weeks: 52, seed: 1 };
const customersOf = (model: (typeof purchaseModels)[number], unit: 'day' | 'week' = 'week', seed = 1): CustomerSummary[] =>
  summarize(mergePurchases(simulatePurchases({ ...shop, model, seed })).transactions, until, unit);

function fitted<Fit extends object>(answer: Fit | Refusal): Fit {
  if (isRefusal(answer)) throw new Error(answer.refused);
  return answer;
}

describe.each(purchaseModels)('%s', (model) => {
  const fit: PurchaseFit = fitted(fitPurchases(model, customersOf(model), 'week'));

  it('is found again within three standard errors, by all starts', () => {
    expect(fit.agreeing).toBe(fit.starts);
    for (const [i, name] of parameterNames.entries()) {
      const error = Math.log(fit.parameters[name] / parameters[name]);
      // Purchases of one day are one: a little less than was simulated.
      expect(Math.abs(error)).toBeLessThan(3 * Math.sqrt(fit.covariance?.[i]?.[i] ?? 0) + 0.1);
    }
  });

  it('is the same whatever time is counted in', () => {
    const days = fitted(fitPurchases(model, customersOf(model, 'day'), 'day'));
    expect(days.parameters.alpha / fit.parameters.alpha).toBeCloseTo(7, 5);
    for (const name of ['r', 'a', 'b'] as const) expect(days.parameters[name]).toBeCloseTo(fit.parameters[name], 5);
    const [byDays, byWeeks] = [expectation(model, days.parameters), expectation(model, fit.parameters)];
    expect(byDays({ frequency: 2, recency: 70, age: 140 }, 70)).toBeCloseTo(
      byWeeks({ frequency: 2, recency: 10, age: 20 }, 10),
      5,
    );
  });

  it('does not depend on the order of customers', () => {
    const turned = fitted(fitPurchases(model, customersOf(model).toReversed(), 'week'));
    expect(turned.logLikelihood).toBeCloseTo(fit.logLikelihood, 6);
  });
});

const one = (frequency: number, recency: number, age: number, meanValue = 0): CustomerSummary => ({
  customer: `${frequency} ${recency} ${age}`,
  frequency,
  recency,
  age,
  meanValue,
});
const many = (count: number, of: (i: number) => CustomerSummary): CustomerSummary[] =>
  Array.from({ length: count }, (_, i) => of(i));

describe('what cannot be fitted is refused in words', () => {
  it.each([
    ['nobody', [], /0 customers/],
    ['one order', [one(0, 0, 10)], /1 customers/],
    ['all once', many(500, (i) => one(0, 0, 1 + (i % 40))), /None of 500/],
    ['few repeats', many(500, (i) => one(i < 4 ? 1 : 0, i < 4 ? 3 : 0, 40)), /4 of 500/],
  ])('%s', (_, customers, why) => {
    const found = fitPurchases('bg-nbd', customers, 'week');
    expect(isRefusal(found) && found.refused).toMatch(why);
  });

  it('a best start that stands alone is no answer', () => {
    // A needle's eye that only one start falls into, and none from beside it.
    const cost = withSlope(([x = 0]) => (Math.abs(x - 3) < 0.2 ? -10 + (x - 3) ** 2 : x * x));
    const alone = minimize(cost, [[3.1], [-4.9]], [{ lower: -5, upper: 5 }]);
    expect(alone.best.value).toBeCloseTo(-10, 3);
    expect(alone.agreeing).toBe(1);
  });

  it('the higher of two tops is found, and confirmed from places between', () => {
    const cost = withSlope(([x = 0]) => Math.min((x + 2) ** 2, (x - 3) ** 2 - 1));
    const found = minimize(cost, [[-4], [-3], [-1.5], [4]], [{ lower: -5, upper: 5 }]);
    expect(found.best.at[0]).toBeCloseTo(3, 3);
    expect(found.agreeing).toBeGreaterThan(1);
    expect(found.starts).toBe(7);
  });
});

describe('shops at the edge of the model', () => {
  it.each([
    ['nobody ever drops out', { r: 0.8, alpha: 6, a: 0.001, b: 60 }],
    ['all buy at one rate', { r: 300, alpha: 3000, a: 1, b: 3 }],
    ['all drop out at one rate', { r: 0.7, alpha: 4, a: 3000, b: 9000 }],
  ])('%s: a number, and a word about parameters that ran to their end', (_, edge) => {
    const log = simulatePurchases({ ...shop, parameters: edge, model: 'bg-nbd', customers: 800, seed: 9 });
    const customers = summarize(mergePurchases(log).transactions, until, 'week');
    for (const model of purchaseModels) {
      const fit = fitted(fitPurchases(model, customers, 'week'));
      expect(JSON.stringify(fit)).not.toMatch(/NaN|Infinity/);
      const expected = expectation(model, fit.parameters);
      const total = customers.reduce((sum, customer) => sum + expected(customer, 10), 0);
      expect(total).toBeGreaterThan(0);
      expect(Number.isFinite(total)).toBe(true);
    }
  });

  it('one history alone, shared by all', () => {
    const fit = fitPurchases(
      'bg-nbd',
      many(200, () => one(2, 10, 30)),
      'week',
    );
    expect(JSON.stringify(fit)).not.toMatch(/NaN|Infinity/);
    if (!isRefusal(fit)) expect(fit.atBound.length).toBeGreaterThan(0);
  });
});

describe('spending', () => {
  it('is found again', () => {
    const truth = { p: 4, q: 3.5, v: 12 };
    const log = simulatePurchases({ ...shop, model: 'bg-nbd', spending: truth, parameters: { ...parameters, b: 12 } });
    const fit = fitted(fitSpending(summarize(mergePurchases(log).transactions, until, 'week')));
    for (const [i, name] of spendingNames.entries()) {
      const error = Math.log(fit.parameters[name] / truth[name]);
      expect(Math.abs(error)).toBeLessThan(3 * Math.sqrt(fit.covariance?.[i]?.[i] ?? 0) + 0.05);
    }
    expect(fit.agreeing).toBe(fit.starts);
  });

  it('is the same in another currency', () => {
    const customers = customersOf('bg-nbd');
    const dear = customers.map((customer) => ({ ...customer, meanValue: customer.meanValue * 15_000 }));
    const [fit, other] = [fitted(fitSpending(customers)), fitted(fitSpending(dear))];
    expect(other.parameters.v / fit.parameters.v).toBeCloseTo(15_000, 0);
    expect(other.parameters.p).toBeCloseTo(fit.parameters.p, 5);
  });

  it('lies between a customer and all, by the published estimates for CDNOW', () => {
    // lifetimes' documentation: customers 1 and 6.
    const cdnow = { p: 6.248802, q: 3.744588, v: 15.447748 };
    expect(expectedSpending(cdnow, { frequency: 2, meanValue: 22.35 })).toBeCloseTo(24.6586, 3);
    expect(expectedSpending(cdnow, { frequency: 0, meanValue: 0 })).toBeCloseTo((6.248802 * 15.447748) / 2.744588, 6);
  });

  it('of values of which no mean exists is none', () => {
    expect(expectedSpending({ p: 1, q: 0.8, v: 3 }, { frequency: 0, meanValue: 0 })).toBeNull();
  });

  it('is a number where all pay the same, and refused where nobody paid', () => {
    const same = fitSpending(many(300, (i) => one(1 + (i % 4), 5, 30, 19.99)));
    expect(JSON.stringify(same)).not.toMatch(/NaN|Infinity/);
    if (!isRefusal(same)) expect(expectedSpending(same.parameters, { frequency: 2, meanValue: 19.99 })).toBeCloseTo(19.99, 0);
    expect(fitSpending(many(300, () => one(2, 5, 30, 0)))).toHaveProperty('refused');
  });
});
