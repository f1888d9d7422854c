/** Are likelihood, chance and expectation those of the papers, also where their own formulas break? Published figures, and simulation. */
import { describe, expect, it } from 'vitest';
import { logGamma } from '../../../shared/insight/customers/log-gamma.ts';
import {
  expectation,
  logLikelihood,
  type PurchaseModel,
  type PurchaseParameters,
  probabilityAlive,
  purchaseModels,
} from '../../../shared/insight/customers/purchase-model.ts';
import { randomOf } from '../../../shared/insight/customers/random.ts';
import { compress, type History } from '../../../shared/insight/customers/summary.ts';

/** Published estimates for CDNOW, weeks (CLVTools). */
const cdnow: PurchaseParameters = { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 };
const history = (frequency: number, recency: number, age: number): History => ({ frequency, recency, age });

/** As printed in the papers, by log-gammas. */
function printed(model: PurchaseModel, { r, alpha, a, b }: PurchaseParameters, { frequency: x, recency, age }: History): number {
  const beta = (m: number, n: number): number => logGamma(m) + logGamma(n) - logGamma(m + n);
  const early = model === 'mbg-nbd' ? 1 : 0;
  const shared = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
  const alive = Math.exp(beta(a, b + x + early) - beta(a, b)) * (alpha + age) ** -(r + x);
  const gone = x + early > 0 ? Math.exp(beta(a + 1, b + x + early - 1) - beta(a, b)) * (alpha + recency) ** -(r + x) : 0;
  return shared + Math.log(alive + gone);
}

const histories = [
  history(0, 0, 30),
  history(0, 0, 12.3),
  history(1, 3, 20),
  history(2, 30.43, 38.86),
  history(7, 9, 11),
  history(29, 30, 38),
];

describe.each(purchaseModels)('%s', (model) => {
  it('has the likelihood that is printed', () => {
    for (const parameters of [cdnow, { r: 2, alpha: 11, a: 1, b: 1 }, { r: 0.1, alpha: 0.3, a: 4, b: 0.2 }]) {
      const expected = histories.reduce((sum, one) => sum + 3 * printed(model, parameters, one), 0);
      expect(logLikelihood(model, compress([...histories, ...histories, ...histories]))(parameters)).toBeCloseTo(expected, 9);
    }
  });

  it('makes up no likelihood where log-gammas cancel', () => {
    const value = logLikelihood(model, compress(histories))({ r: 0.5, alpha: 5, a: 1, b: 1e17 });
    expect(value).toBeLessThan(0);
    expect(Math.abs(value)).toBeLessThan(1000);
  });

  it('has its slope', () => {
    const of = logLikelihood(model, compress(histories));
    const slope: number[] = [];
    of(cdnow, slope);
    for (const [i, name] of (['r', 'alpha', 'a', 'b'] as const).entries()) {
      const [up, down] = [1, -1].map((sign) => of({ ...cdnow, [name]: cdnow[name] + sign * 1e-5 })) as [number, number];
      expect(slope[i]).toBeCloseTo((up - down) / 2e-5, 4);
    }
  });

  it('expects what a simulation of the posterior brings', () => {
    const random = randomOf(42);
    const [x, span, parameters] = [3, 39, { r: 0.8, alpha: 6, a: 1, b: 2.5 }];
    const one = history(x, 20, 30);
    const chances = model === 'bg-nbd' ? x : x + 1;
    let bought = 0;
    const futures = 200_000;
    for (let future = 0; future < futures; future++) {
      if (random.uniform() > probabilityAlive(model, parameters, one)) continue;
      const rate = random.gamma(parameters.r + x) / (parameters.alpha + one.age);
      const dropOut = random.beta(parameters.a, parameters.b + chances);
      for (let time = -Math.log(random.uniform()) / rate; time < span; time += -Math.log(random.uniform()) / rate) {
        bought++;
        if (random.uniform() < dropOut) break;
      }
    }
    const found = expectation(model, parameters)(one, span);
    expect(Math.abs(bought / futures / found - 1)).toBeLessThan(0.01);
  });

  it('goes through a = 1, where the printed expectation divides by zero, without a step', () => {
    const at = (a: number): number => expectation(model, { ...cdnow, a })(history(2, 30, 38), 39);
    expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 8);
  });

  it('is a number for the most extreme parameters and histories', () => {
    for (const r of [1e-4, 1, 1e3])
      for (const a of [1e-4, 1, 1e4])
        for (const b of [1e-4, 1, 1e4])
          for (const one of [history(0, 0, 0), history(0, 0, 500), history(900, 899, 900)]) {
            const parameters = { r, alpha: 3, a, b };
            const found = expectation(model, parameters)(one, 5000);
            const alive = probabilityAlive(model, parameters, one);
            expect(Number.isFinite(found) && found >= 0).toBe(true);
            expect(alive).toBeGreaterThanOrEqual(0);
            expect(alive).toBeLessThanOrEqual(1);
          }
  });
});

describe('BG/NBD under the published estimates', () => {
  const expected = expectation('bg-nbd', cdnow);

  it('expects 1.444 purchases a year of a new customer, and 25.76 of one with 26 in 31 weeks', () => {
    expect(expected(history(0, 0, 0), 52)).toBeCloseTo(1.444, 3);
    expect(expected(history(26, 30.86, 31), 52)).toBeCloseTo(25.76, 2);
  });

  it('takes one who bought once for alive for ever; MBG/NBD does not', () => {
    expect(probabilityAlive('bg-nbd', cdnow, history(0, 0, 500))).toBe(1);
    const chances = [0, 10, 50, 500].map((age) => probabilityAlive('mbg-nbd', cdnow, history(0, 0, age)));
    expect(chances[0]).toBeCloseTo(cdnow.b / (cdnow.a + cdnow.b), 12);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(chances[3]).toBeLessThan(0.6);
  });
});
