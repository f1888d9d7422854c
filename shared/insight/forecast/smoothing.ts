/**
 * What do exponential smoothing models say of a series without season? Simple, Holt's and damped trend, with absolute errors (A,N,N),
 * (A,A,N), (A,Ad,N) or errors relative to the level (M,N,N), (M,A,N), (M,Ad,N), of Hyndman et al., Forecasting with Exponential Smoothing
 * (2008). Errors are linear in the first states, so those are solved in closed form; only one to three smoothing parameters are searched.
 */
import { minimiseMany, minimiseOne } from './minimise.ts';

type Name = 'ses' | 'holt' | 'damped';

interface Parameters {
  /** Smoothing of the level. */
  alpha: number;
  /** Smoothing of the slope, as in the error-correction form; 0 where there is none. */
  beta: number;
  /** How much of the slope is left after a period; 1 for Holt's. */
  phi: number;
}

export interface Smoothing extends Parameters {
  name: Name;
  /** Level and slope after the last value. */
  level: number;
  slope: number;
  /** Sum of squared errors one step ahead. */
  sse: number;
  /** Corrected Akaike criterion; Infinity where there are too few values for the model. */
  aicc: number;
}

interface States {
  level: number;
  slope: number;
}

const alphaBounds = { lower: 0.0001, upper: 0.9999 };
/** Of the slope's smoothing as share of alpha. */
const betaBounds = { lower: 0.0001, upper: 0.9999 };
const phiBounds = { lower: 0.8, upper: 0.98 };

/** Smoothing parameters, first states and the variance. */
const parametersOf = { ses: 3, holt: 5, damped: 6 } as const;

/** Twice the negative log-likelihood with the penalty of Hurvich and Tsai (1989). */
function aiccOf(fit: number, n: number, name: Name): number {
  const parameters = parametersOf[name];
  if (n - parameters - 1 <= 0) return Number.POSITIVE_INFINITY;
  return fit + 2 * parameters + (2 * parameters * (parameters + 1)) / (n - parameters - 1);
}

/** n ln of a mean square; a perfect fit has no logarithm, and any two of them are alike. */
const logOf = (squares: number, n: number): number => n * Math.log(Math.max(squares / n, Number.MIN_VALUE));

type Weights = readonly number[] | undefined;

/** The first level that makes weighted squared errors of simple smoothing least, and those squares. */
function firstLevel(values: readonly number[], alpha: number, weights: Weights): { squares: number; first: States } {
  const origin = values[0] ?? 0;
  // What the level is with a first level of `origin`, and what one more of a first level adds to it.
  let level = 0;
  let share = 1;
  let [squares, products, shares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    const error = (values[i] as number) - origin - level;
    squares += weight * error * error;
    products += weight * error * share;
    shares += weight * share * share;
    level += alpha * error;
    share *= 1 - alpha;
  }
  const first = products / shares;
  return { squares: Math.max(0, squares - first * products), first: { level: origin + first, slope: 0 } };
}

/** The same with a slope: two normal equations. */
function firstStates(
  values: readonly number[],
  { alpha, beta, phi }: Parameters,
  weights: Weights,
): { squares: number; first: States } {
  const origin = values[0] ?? 0;
  let [level, slope] = [0, 0];
  // What one more of the first level, and one more of the first slope, add to level and slope.
  let [levelOfLevel, slopeOfLevel, levelOfSlope, slopeOfSlope] = [1, 0, 0, 1];
  let [squares, byLevel, bySlope, levels, slopes, both] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    const fall = phi * slope;
    const fallOfLevel = phi * slopeOfLevel;
    const fallOfSlope = phi * slopeOfSlope;
    const error = (values[i] as number) - origin - level - fall;
    const errorOfLevel = levelOfLevel + fallOfLevel;
    const errorOfSlope = levelOfSlope + fallOfSlope;
    squares += weight * error * error;
    byLevel += weight * error * errorOfLevel;
    bySlope += weight * error * errorOfSlope;
    levels += weight * errorOfLevel * errorOfLevel;
    slopes += weight * errorOfSlope * errorOfSlope;
    both += weight * errorOfLevel * errorOfSlope;
    level += fall + alpha * error;
    slope = fall + beta * error;
    levelOfLevel = errorOfLevel * (1 - alpha);
    slopeOfLevel = fallOfLevel - beta * errorOfLevel;
    levelOfSlope = errorOfSlope * (1 - alpha);
    slopeOfSlope = fallOfSlope - beta * errorOfSlope;
  }
  const determinant = levels * slopes - both * both;
  const isSolved = determinant > 1e-12 * levels * slopes;
  const firstLevel = isSolved ? (byLevel * slopes - bySlope * both) / determinant : byLevel / levels;
  const firstSlope = isSolved ? (bySlope * levels - byLevel * both) / determinant : 0;
  const left = Math.max(0, squares - firstLevel * byLevel - firstSlope * bySlope);
  return { squares: left, first: { level: origin + firstLevel, slope: firstSlope } };
}

const slopeStarts = [0.1, 0.4, 0.8].flatMap((alpha) => [0.02, 0.3].map((share) => [alpha, share, 0.92]));

/** The parameters with the least weighted squared errors, searched from some starts. */
function search(values: readonly number[], name: Name, weights: Weights, starts = slopeStarts): Parameters {
  if (name === 'ses')
    return { alpha: minimiseOne((alpha) => firstLevel(values, alpha, weights).squares, alphaBounds), beta: 0, phi: 1 };
  const bounds = name === 'damped' ? [alphaBounds, betaBounds, phiBounds] : [alphaBounds, betaBounds];
  const read = ([alpha = 0, share = 0, phi = 1]: number[]): Parameters => ({ alpha, beta: alpha * share, phi });
  // A hundredth in n ln SSE is no difference between models.
  const tolerance = 0.01 / values.length;
  return read(minimiseMany((at) => firstStates(values, read(at), weights).squares, bounds, starts, { tolerance }));
}

const firstOf = (values: readonly number[], name: Name, parameters: Parameters, weights: Weights): States =>
  (name === 'ses' ? firstLevel(values, parameters.alpha, weights) : firstStates(values, parameters, weights)).first;

/** A model run over a history from its first states: the value that it gave for each period before that came, and the states after all. */
function run(values: readonly number[], { alpha, beta, phi }: Parameters, first: States) {
  let { level, slope } = first;
  let sse = 0;
  const means = values.map((value) => {
    const mean = level + phi * slope;
    const error = value - mean;
    sse += error * error;
    level = mean + alpha * error;
    slope = phi * slope + beta * error;
    return mean;
  });
  return { means, level, slope, sse };
}

function fitAbsolute(values: readonly number[], name: Name): Smoothing {
  const parameters = search(values, name, undefined);
  const { level, slope, sse } = run(values, parameters, firstOf(values, name, parameters, undefined));
  return { name, ...parameters, level, slope, sse, aicc: aiccOf(logOf(sse, values.length), values.length, name) };
}

/** Simple exponential smoothing. */
export const fitSes = (values: readonly number[]): Smoothing => fitAbsolute(values, 'ses');
/** Holt's linear trend. */
export const fitHolt = (values: readonly number[]): Smoothing => fitAbsolute(values, 'holt');
/** Damped trend (Gardner and McKenzie 1985). */
export const fitDamped = (values: readonly number[]): Smoothing => fitAbsolute(values, 'damped');

/**
 * The model of an absolute fit with relative errors: the recursions of states are the same, the likelihood is another, n ln Σ(e/μ)² + 2 Σ ln μ
 * (ibid., 5.1). Fitted by least squares weighted by 1/μ², with the μ of the absolute fit. For positive values only.
 */
export function fitRelative(values: readonly number[], absolute: Smoothing): Smoothing {
  const { name } = absolute;
  const n = values.length;
  const before = run(values, absolute, firstOf(values, name, absolute, undefined)).means;
  // A value near zero would outweigh all others.
  const weights = before.map((mean, i) => 1 / Math.max(mean * mean, 0.01 * (values[i] as number) ** 2));
  const starts = [
    [absolute.alpha, absolute.beta / absolute.alpha, absolute.phi],
    [0.1, 0.02, 0.92],
  ];
  const parameters = search(values, name, weights, starts);
  const { means, level, slope, sse } = run(values, parameters, firstOf(values, name, parameters, weights));
  let [relative, logs] = [0, 0];
  for (const [i, mean] of means.entries()) {
    if (!(mean > 0)) return { name, ...parameters, level, slope, sse, aicc: Number.POSITIVE_INFINITY };
    relative += (((values[i] as number) - mean) / mean) ** 2;
    logs += Math.log(mean);
  }
  return { name, ...parameters, level, slope, sse, aicc: aiccOf(logOf(relative, n) + 2 * logs, n, name) };
}

/** Means of the next periods. */
export function smoothingMeans({ level, slope, phi }: Smoothing, horizon: number): number[] {
  let [sum, power] = [0, 1];
  return Array.from({ length: horizon }, () => {
    power *= phi;
    sum += power;
    return level + sum * slope;
  });
}

/**
 * How much wider than one step ahead the error is so many steps ahead: √(1 + Σ c²) with c = alpha + beta (φ + … + φ^j) (ibid., ch. 6); and
 * of the sum of all steps up to there: √Σ C² with C = 1 + Σ c, since a shock moves all later steps (lead-time demand, ibid., 6.4).
 */
export function growthOf({ alpha, beta, phi }: Parameters, horizon: number): { steps: number[]; sums: number[] } {
  let [variance, sumVariance, slopes, power, effect] = [0, 0, 0, 1, 0];
  const steps: number[] = [];
  const sums: number[] = [];
  for (let step = 0; step < horizon; step++) {
    if (step > 0) {
      power *= phi;
      slopes += power;
    }
    const shock = step > 0 ? alpha + beta * slopes : 1;
    effect += shock;
    variance += shock * shock;
    sumVariance += effect * effect;
    steps.push(Math.sqrt(variance));
    sums.push(Math.sqrt(sumVariance));
  }
  return { steps, sums };
}
