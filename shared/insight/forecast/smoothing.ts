/**
 * What do exponential smoothing models say of a series without season? Simple (A,N,N), Holt's (A,A,N) and damped trend (A,Ad,N) of Hyndman
 * et al., Forecasting with Exponential Smoothing (2008). First states are solved in closed form, since errors are linear in them; only the
 * one to three smoothing parameters are searched.
 */
import { minimiseMany, minimiseOne } from './minimise.ts';

export interface Smoothing {
  name: 'ses' | 'holt' | 'damped';
  /** Smoothing of the level. */
  alpha: number;
  /** Smoothing of the slope, as in the error-correction form; 0 where there is none. */
  beta: number;
  /** How much of the slope is left after a period; 1 for Holt's. */
  phi: number;
  /** Level and slope after the last value. */
  level: number;
  slope: number;
  /** Sum of squared errors one step ahead. */
  sse: number;
  /** n ln(SSE/n), or its like for relative errors, with Akaike's corrected penalty; Infinity where there are too few values for the model. */
  aicc: number;
}

/** Smoothing parameters, first states and the variance. */
export const parametersOf = { ses: 3, holt: 5, damped: 6 } as const;

export const alphaBounds = { lower: 0.0001, upper: 0.9999 };
/** As share of alpha. */
export const betaBounds = { lower: 0.0001, upper: 0.9999 };
export const phiBounds = { lower: 0.8, upper: 0.98 };

/** n ln(SSE/n); a perfect fit has no logarithm, and any two of them are alike. */
export const fitOf = (sse: number, n: number): number => n * Math.log(Math.max(sse / n, Number.MIN_VALUE));

/** A fit with the penalty of Hurvich and Tsai (1989); `parameters` counts smoothing parameters, first states and the variance. */
export function aiccOf(fit: number, n: number, parameters: number): number {
  if (n - parameters - 1 <= 0) return Number.POSITIVE_INFINITY;
  return fit + 2 * parameters + (2 * parameters * (parameters + 1)) / (n - parameters - 1);
}

/** Level after the last value and squared errors of simple smoothing, with the first level that makes them least. */
function smoothed(values: readonly number[], alpha: number): { sse: number; level: number } {
  const origin = values[0] ?? 0;
  // What the level is with a first level of `origin`, and what one more of a first level adds to it.
  let level = 0;
  let share = 1;
  let [squares, products, shares] = [0, 0, 0];
  for (const value of values) {
    const error = value - origin - level;
    squares += error * error;
    products += error * share;
    shares += share * share;
    level += alpha * error;
    share *= 1 - alpha;
  }
  const first = products / shares;
  return { sse: Math.max(0, squares - first * products), level: origin + level + share * first };
}

/** Simple exponential smoothing, alpha by least squares. */
export function fitSes(values: readonly number[]): Smoothing {
  const alpha = minimiseOne((candidate) => smoothed(values, candidate).sse, alphaBounds);
  const { sse, level } = smoothed(values, alpha);
  return {
    name: 'ses',
    alpha,
    beta: 0,
    phi: 1,
    level,
    slope: 0,
    sse,
    aicc: aiccOf(fitOf(sse, values.length), values.length, parametersOf.ses),
  };
}

/** The same for a model with slope; `beta` is the product of alpha and its share. */
function smoothedWithSlope(values: readonly number[], alpha: number, beta: number, phi: number) {
  const origin = values[0] ?? 0;
  let [level, slope] = [0, 0];
  // What one more of the first level, and one more of the first slope, add to level and slope.
  let [levelOfLevel, slopeOfLevel, levelOfSlope, slopeOfSlope] = [1, 0, 0, 1];
  let [squares, byLevel, bySlope, levels, slopes, both] = [0, 0, 0, 0, 0, 0];
  for (const value of values) {
    const fall = phi * slope;
    const fallOfLevel = phi * slopeOfLevel;
    const fallOfSlope = phi * slopeOfSlope;
    const error = value - origin - level - fall;
    const errorOfLevel = levelOfLevel + fallOfLevel;
    const errorOfSlope = levelOfSlope + fallOfSlope;
    squares += error * error;
    byLevel += error * errorOfLevel;
    bySlope += error * errorOfSlope;
    levels += errorOfLevel * errorOfLevel;
    slopes += errorOfSlope * errorOfSlope;
    both += errorOfLevel * errorOfSlope;
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
  return {
    sse: Math.max(0, squares - firstLevel * byLevel - firstSlope * bySlope),
    level: origin + level + firstLevel * levelOfLevel + firstSlope * levelOfSlope,
    slope: slope + firstLevel * slopeOfLevel + firstSlope * slopeOfSlope,
  };
}

const slopeStarts = [0.1, 0.4, 0.8].flatMap((alpha) => [0.02, 0.3].map((share) => [alpha, share]));

/** Holt's linear trend. */
export function fitHolt(values: readonly number[]): Smoothing {
  const [alpha = 0, share = 0] = minimiseMany(
    ([a = 0, s = 0]) => smoothedWithSlope(values, a, a * s, 1).sse,
    [alphaBounds, betaBounds],
    slopeStarts,
  );
  const beta = alpha * share;
  const fit = smoothedWithSlope(values, alpha, beta, 1);
  return {
    name: 'holt',
    alpha,
    beta,
    phi: 1,
    ...fit,
    aicc: aiccOf(fitOf(fit.sse, values.length), values.length, parametersOf.holt),
  };
}

/** Damped trend (Gardner and McKenzie 1985). */
export function fitDamped(values: readonly number[]): Smoothing {
  const [alpha = 0, share = 0, phi = 1] = minimiseMany(
    ([a = 0, s = 0, p = 1]) => smoothedWithSlope(values, a, a * s, p).sse,
    [alphaBounds, betaBounds, phiBounds],
    slopeStarts.map((start) => [...start, 0.92]),
  );
  const beta = alpha * share;
  const fit = smoothedWithSlope(values, alpha, beta, phi);
  return {
    name: 'damped',
    alpha,
    beta,
    phi,
    ...fit,
    aicc: aiccOf(fitOf(fit.sse, values.length), values.length, parametersOf.damped),
  };
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

/** How much wider than one step ahead the error is so many steps ahead: square roots of 1 + Σ c², c = alpha + beta (φ + … + φ^j) (ibid., ch. 6). */
export function growthOf({ alpha, beta, phi }: Pick<Smoothing, 'alpha' | 'beta' | 'phi'>, horizon: number): number[] {
  let [variance, sum, power] = [1, 0, 1];
  return Array.from({ length: horizon }, (_, step) => {
    if (step > 0) {
      power *= phi;
      sum += power;
      variance += (alpha + beta * sum) ** 2;
    }
    return Math.sqrt(variance);
  });
}
