/**
 * What does the Theta method say of a series without season? The straight line through it and simple smoothing of what is left when its
 * curvature is doubled, half each (Assimakopoulos and Nikolopoulos 2000), as M4's benchmark has it.
 */
import { fitSes } from './smoothing.ts';

export interface Theta {
  /** The line's value at the last period, and a period's step. */
  end: number;
  step: number;
  /** Level and alpha of the second theta line. */
  level: number;
  alpha: number;
  /** Sum of squared errors one step ahead, of the mean of both lines. */
  sse: number;
}

/** Intercept at the first period and step of the least squares line. */
export function lineOf(values: readonly number[]): { start: number; step: number } {
  const n = values.length;
  const middle = (n - 1) / 2;
  let [sum, products] = [0, 0];
  for (const [i, value] of values.entries()) {
    sum += value;
    products += (i - middle) * value;
  }
  const step = n > 1 ? products / ((n * (n * n - 1)) / 12) : 0;
  return { start: n ? sum / n - step * middle : 0, step };
}

export function fitTheta(values: readonly number[]): Theta {
  const { start, step } = lineOf(values);
  const doubled = values.map((value, i) => 2 * value - (start + step * i));
  // The error of the mean of both lines is half that of the second one.
  const { level, alpha, sse } = fitSes(doubled);
  return { end: start + step * (values.length - 1), step, level, alpha, sse: sse / 4 };
}

/** Means of the next periods. */
export const thetaMeans = ({ end, step, level }: Theta, horizon: number): number[] =>
  Array.from({ length: horizon }, (_, i) => (end + step * (i + 1) + level) / 2);
