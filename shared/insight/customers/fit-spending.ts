/**
 * What does a customer spend at a time? Gamma-Gamma (Fader and Hardie 2013): values of a customer's transactions are gamma (p, ν) around a
 * mean of his own, ν is gamma (q, v) over customers, and how much one spends has nothing to do with how often.
 */
import type { Refusal } from './fit-purchases.ts';
import { covarianceOf, withSlope } from './information.ts';
import { logGamma } from './log-gamma.ts';
import { type Bounds, minimize } from './minimize.ts';
import type { CustomerSummary } from './summary.ts';

export type Spending = Pick<CustomerSummary, 'frequency' | 'meanValue'>;

export interface SpendingParameters {
  p: number;
  q: number;
  /** In money. */
  v: number;
}

export const spendingNames = ['p', 'q', 'v'] as const;

export interface SpendingFit {
  parameters: SpendingParameters;
  logLikelihood: number;
  /** Customers with repeats that brought something; the others are not asked. */
  customers: number;
  /** Repeat customers whose repeats brought nothing. */
  withoutValue: number;
  /** Pearson's, of how often and how much; the model takes it to be none. */
  correlation: number | null;
  /** Mean over these customers of what a repeat brought each. */
  observedMean: number;
  atBound: (typeof spendingNames)[number][];
  covariance: number[][] | null;
  starts: number;
  agreeing: number;
}

export const leastSpenders = 10;

const bounds: Bounds[] = [
  { lower: Math.log(1e-2), upper: Math.log(1e3) },
  { lower: Math.log(1e-2), upper: Math.log(1e3) },
  { lower: Math.log(1e-4), upper: Math.log(1e4) },
];

/** p, q, and v in mean values. TRICKY: from (1, 1, 1) alone a simplex gets stuck at a large p. */
const starts = [
  [6, 4, 0.5],
  [1, 2, 1],
  [20, 3, 0.1],
  [2, 6, 2.5],
].map((start) => start.map((value) => Math.log(value)));

const parametersOf = ([p = 0, q = 0, v = 0]: readonly number[]): SpendingParameters => ({
  p: Math.exp(p),
  q: Math.exp(q),
  v: Math.exp(v),
});

/** Answers the log-likelihood of mean values. Customers of one frequency share all but a product. */
export function spendingLikelihood(customers: readonly Spending[]) {
  const groups = [...Map.groupBy(customers, ({ frequency }) => frequency)].map(([x, some]) => ({
    x,
    sums: Float64Array.from(some, ({ meanValue }) => x * meanValue),
    logs: some.reduce((sum, { meanValue }) => sum + Math.log(meanValue), 0),
  }));
  return ({ p, q, v }: SpendingParameters): number => {
    const ofAll = q * Math.log(v) - logGamma(q);
    let total = 0;
    for (const { x, sums, logs } of groups) {
      let spent = 0;
      let product = 1;
      for (let i = 0; i < sums.length; i++) {
        product *= v + (sums[i] as number);
        if (product > 1e200 || product < 1e-200) {
          spent += Math.log(product);
          product = 1;
        }
      }
      spent += Math.log(product);
      const each = logGamma(p * x + q) - logGamma(p * x) + p * x * Math.log(x) + ofAll;
      total += sums.length * each + (p * x - 1) * logs - (p * x + q) * spent;
    }
    return total;
  };
}

/** Pearson's correlation; null where one of both does not vary. */
export function correlationOf(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length;
  const mean = (place: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[place], 0) / n;
  const [x, y] = [mean(0), mean(1)];
  const product = (of: (pair: readonly [number, number]) => number): number => pairs.reduce((sum, pair) => sum + of(pair), 0);
  const varied = product(([a]) => (a - x) ** 2) * product(([, b]) => (b - y) ** 2);
  return varied > 0 ? product(([a, b]) => (a - x) * (b - y)) / Math.sqrt(varied) : null;
}

/** The fit to customers who came back; those who did not are passed over. */
export function fitSpending(all: readonly Spending[]): SpendingFit | Refusal {
  const repeaters = all.filter(({ frequency }) => frequency > 0);
  const customers = repeaters.filter(({ meanValue }) => meanValue > 0);
  if (customers.length < leastSpenders)
    return {
      refused: `${customers.length} customers came back and brought something; a forecast of what they spend takes ${leastSpenders}.`,
    };
  const scale = customers.reduce((sum, { meanValue }) => sum + meanValue, 0) / customers.length;
  const likelihood = spendingLikelihood(
    customers.map(({ frequency, meanValue }) => ({ frequency, meanValue: meanValue / scale })),
  );
  const cost = withSlope((logs) => -likelihood(parametersOf(logs)));
  const { best, atBound, agreeing, starts: of } = minimize(cost, starts, bounds);
  if (agreeing < 2)
    return { refused: `The search for what customers spend did not arrive: ${of} starts ended in different places.` };
  const scaled = parametersOf(best.at);
  return {
    parameters: { ...scaled, v: scaled.v * scale },
    // A density of money: in another currency it is another number.
    logLikelihood: -best.value - customers.length * Math.log(scale),
    customers: customers.length,
    withoutValue: repeaters.length - customers.length,
    correlation: correlationOf(customers.map(({ frequency, meanValue }) => [frequency, meanValue])),
    observedMean: scale,
    atBound: spendingNames.filter((_, i) => atBound[i]),
    covariance: covarianceOf(cost, best.at, atBound),
    starts: of,
    agreeing,
  };
}

/**
 * What a customer is expected to spend at a time: between his own mean and that of all, the nearer to his own the oftener he bought. Null
 * where values differ so wildly that no mean exists (px + q ≤ 1).
 */
export function expectedSpending({ p, q, v }: SpendingParameters, { frequency, meanValue }: Spending): number | null {
  const x = meanValue > 0 ? frequency : 0;
  const weight = p * x + q - 1;
  return weight > 0 ? (p * (v + x * meanValue)) / weight : null;
}
