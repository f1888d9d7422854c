/** Which parameters explain how customers bought? By maximum likelihood; refused in words where a log cannot say it. */
import { type Cost, covarianceOf } from './information.ts';
import { type Bounds, minimize } from './minimize.ts';
import { logLikelihood, type PurchaseModel, type PurchaseParameters } from './purchase-model.ts';
import { compress, type History } from './summary.ts';
import type { TimeUnit } from './time-unit.ts';

export const parameterNames = ['r', 'alpha', 'a', 'b'] as const;

export interface PurchaseFit {
  model: PurchaseModel;
  unit: TimeUnit;
  parameters: PurchaseParameters;
  logLikelihood: number;
  customers: number;
  /** Customers who bought again. */
  repeaters: number;
  /** Parameters that ran to the end of what is searched: the log says "no more than so", and the model is its own limit there. */
  atBound: (typeof parameterNames)[number][];
  /** Of the logarithms of the parameters, by the observed information; rows of those at a bound are 0. Null where it is no covariance. */
  covariance: number[][] | null;
  starts: number;
  agreeing: number;
}

export interface Refusal {
  refused: string;
}

export const isRefusal = (answer: object): answer is Refusal => 'refused' in answer;

/** Fewer say nothing about four parameters. A convention; intervals say how little a few more know. */
export const leastCustomers = 30;
export const leastRepeaters = 10;

/** Of the logarithms; time is counted in the longest age, so that bounds mean the same whatever the unit. */
const bounds: Bounds[] = [
  { lower: Math.log(1e-4), upper: Math.log(1e3) },
  { lower: Math.log(1e-5), upper: Math.log(1e4) },
  { lower: Math.log(1e-4), upper: Math.log(1e4) },
  { lower: Math.log(1e-4), upper: Math.log(1e4) },
];

/** r, α, a, b: few and many purchases, all alike and very different, drop-out seldom and often. */
const starts = [
  [1, 0.5, 1, 1],
  [0.25, 0.1, 0.5, 2],
  [0.1, 0.2, 5, 5],
  [3, 1, 0.2, 2],
].map((start) => start.map((value) => Math.log(value)));

const parametersOf = (logs: readonly number[]): PurchaseParameters => {
  const [r = 0, alpha = 0, a = 0, b = 0] = logs;
  return { r: Math.exp(r), alpha: Math.exp(alpha), a: Math.exp(a), b: Math.exp(b) };
};

function problemOf(customers: readonly History[]): string | undefined {
  const repeaters = customers.filter(({ frequency }) => frequency > 0).length;
  if (customers.length < leastCustomers)
    return `${customers.length} customers bought up to then; a forecast of what customers will buy takes ${leastCustomers}.`;
  if (repeaters === 0)
    return `None of ${customers.length} customers bought on a second day: nothing says how often anybody comes back.`;
  if (repeaters < leastRepeaters)
    return `${repeaters} of ${customers.length} customers bought on a second day; a forecast of what customers will buy takes ${leastRepeaters}.`;
  return undefined;
}

/** The fit of a model to customers whose times are in `unit`. */
export function fitPurchases(model: PurchaseModel, customers: readonly History[], unit: TimeUnit): PurchaseFit | Refusal {
  const problem = problemOf(customers);
  if (problem) return { refused: problem };
  const longest = Math.max(...customers.map(({ age }) => age));
  const rows = compress(customers).map((row) => ({ ...row, recency: row.recency / longest, age: row.age / longest }));
  const likelihood = logLikelihood(model, rows);
  const cost: Cost = (logs, slope) => {
    const parameters = parametersOf(logs);
    const value = likelihood(parameters, slope);
    // By the logarithms, of the negative.
    if (slope) for (const [i, name] of parameterNames.entries()) slope[i] = -(slope[i] ?? 0) * parameters[name];
    return -value;
  };
  const { best, atBound, agreeing, starts: of } = minimize(cost, starts, bounds);
  if (agreeing < 2)
    return {
      refused: `The search for the model's parameters did not arrive: ${of} starts ended in different places, and the best one stands alone.`,
    };
  const scaled = parametersOf(best.at);
  const repeats = customers.reduce((sum, { frequency }) => sum + frequency, 0);
  return {
    model,
    unit,
    parameters: { ...scaled, alpha: scaled.alpha * longest },
    // A density of the repeats' times: in another unit of time it is another number.
    logLikelihood: -best.value - repeats * Math.log(longest),
    customers: customers.length,
    repeaters: customers.filter(({ frequency }) => frequency > 0).length,
    atBound: parameterNames.filter((_, i) => atBound[i]),
    covariance: covarianceOf(cost, best.at, atBound),
    starts: of,
    agreeing,
  };
}
