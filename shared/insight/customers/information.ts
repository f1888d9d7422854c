/** How well are parameters known? Their covariance by the observed information: the inverse of the curvature of the cost at its minimum. */

/** A function to be made small, such as a negative log-likelihood; puts its derivatives into `slope` where one is given. */
export type Cost = (at: readonly number[], slope?: number[]) => number;

const step = 1e-4;

/** The same function with derivatives by central differences. */
export const withSlope =
  (value: (at: readonly number[]) => number): Cost =>
  (at, slope) => {
    if (slope)
      for (let i = 0; i < at.length; i++) {
        const moved = [1, -1].map((sign) => value(at.map((each, j) => (i === j ? each + sign * step : each))));
        slope[i] = ((moved[0] ?? 0) - (moved[1] ?? 0)) / (2 * step);
      }
    return value(at);
  };

/** The lower triangle of Cholesky's decomposition; null where the matrix is not positive definite. */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length;
  const lower = matrix.map(() => Array<number>(n).fill(0));
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]?.[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (lower[i]?.[k] ?? 0) * (lower[j]?.[k] ?? 0);
      if (i === j && !(sum > 1e-12)) return null;
      (lower[i] as number[])[j] = i === j ? Math.sqrt(sum) : sum / (lower[j]?.[j] ?? 1);
    }
  return lower;
}

/** The inverse of a positive definite matrix by its decomposition. */
function inverse(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower = cholesky(matrix);
  if (!lower) return null;
  const n = matrix.length;
  const columns = matrix.map((_, column) => {
    const y = Array<number>(n).fill(0);
    for (let i = 0; i < n; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= (lower[i]?.[k] ?? 0) * (y[k] ?? 0);
      y[i] = sum / (lower[i]?.[i] ?? 1);
    }
    const x = Array<number>(n).fill(0);
    for (let i = n - 1; i >= 0; i--) {
      let sum = y[i] ?? 0;
      for (let k = i + 1; k < n; k++) sum -= (lower[k]?.[i] ?? 0) * (x[k] ?? 0);
      x[i] = sum / (lower[i]?.[i] ?? 1);
    }
    return x;
  });
  return columns;
}

const symmetric = (rows: number[][]): number[][] =>
  rows.map((row, i) => row.map((value, j) => (value + (rows[j]?.[i] ?? 0)) / 2));

const slopeAt = (cost: Cost, at: readonly number[], place?: number, by = 0): number[] => {
  const slope: number[] = [];
  cost(
    at.map((value, i) => (i === place ? value + by : value)),
    slope,
  );
  return slope;
};

/**
 * Answers where a step of Newton's method leads from a point, and how much lower that is if the function is a parabola. `damping` adds that
 * share of the largest curvature to every direction, for shorter steps that go down where the function is not curved upwards yet (Levenberg
 * and Marquardt); null where it still is not.
 */
export function newtonSteps(cost: Cost, at: readonly number[], isHeld: readonly boolean[]) {
  const free = at.flatMap((_, i) => (isHeld[i] ? [] : [i]));
  const slope = slopeAt(cost, at);
  const curvature = symmetric(
    free.map((i) => {
      const ahead = slopeAt(cost, at, i, step);
      return free.map((j) => ((ahead[j] ?? 0) - (slope[j] ?? 0)) / step);
    }),
  );
  const largest = Math.max(...curvature.map((row, i) => Math.abs(row[i] ?? 0)));
  return (damping: number): { to: number[]; gain: number } | null => {
    const damped = curvature.map((row, i) => row.map((value, j) => (i === j ? value + damping * largest : value)));
    const found = free.length ? inverse(damped) : null;
    if (!found) return null;
    const move = found.map((row) => -row.reduce((sum, value, j) => sum + value * (slope[free[j] ?? 0] ?? 0), 0));
    const to = [...at];
    for (const [i, place] of free.entries()) to[place] = (to[place] ?? 0) + (move[i] ?? 0);
    return { to, gain: -move.reduce((sum, value, i) => sum + value * (slope[free[i] ?? 0] ?? 0), 0) / 2 };
  };
}

/** Covariance of the parameters of a negative log-likelihood at its minimum; those that are held have none. Null where it has no curvature. */
export function covarianceOf(cost: Cost, at: readonly number[], isHeld: readonly boolean[]): number[][] | null {
  const free = at.flatMap((_, i) => (isHeld[i] ? [] : [i]));
  if (!free.length) return null;
  const curvature = free.map((i) => {
    const [up, down] = [slopeAt(cost, at, i, step), slopeAt(cost, at, i, -step)];
    return free.map((j) => ((up[j] ?? 0) - (down[j] ?? 0)) / (2 * step));
  });
  const found = inverse(symmetric(curvature));
  if (!found?.every((row) => row.every(Number.isFinite))) return null;
  return at.map((_, i) =>
    at.map((__, j) => {
      const [row, column] = [free.indexOf(i), free.indexOf(j)];
      return row < 0 || column < 0 ? 0 : (found[row]?.[column] ?? 0);
    }),
  );
}
