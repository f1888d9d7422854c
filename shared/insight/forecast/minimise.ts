/** Where is a function of one to three bounded parameters least? Without randomness, so that the same series gets the same forecast. */

export interface Bounds {
  lower: number;
  upper: number;
}

const golden = (Math.sqrt(5) - 1) / 2;

/** Golden-section search after a coarse grid, so that one dip beside a deeper one does not hold it. */
export function minimiseOne(cost: (parameter: number) => number, { lower, upper }: Bounds, grid = 8, tolerance = 1e-4): number {
  const step = (upper - lower) / grid;
  let best = lower;
  let least = cost(lower);
  for (let i = 1; i <= grid; i++) {
    const here = cost(lower + i * step);
    if (here < least) [best, least] = [lower + i * step, here];
  }
  let [from, to] = [Math.max(lower, best - step), Math.min(upper, best + step)];
  let [a, b] = [to - golden * (to - from), from + golden * (to - from)];
  let [atA, atB] = [cost(a), cost(b)];
  while (to - from > tolerance) {
    if (atA <= atB) {
      [to, b, atB] = [b, a, atA];
      a = to - golden * (to - from);
      atA = cost(a);
    } else {
      [from, a, atA] = [a, b, atB];
      b = from + golden * (to - from);
      atB = cost(b);
    }
  }
  const [found, at] = atA <= atB ? [a, atA] : [b, atB];
  return at <= least ? found : best;
}

interface Corner {
  at: number[];
  cost: number;
}

const clamped = (point: readonly number[], bounds: readonly Bounds[]): number[] =>
  bounds.map(({ lower, upper }, i) => Math.min(upper, Math.max(lower, point[i] ?? lower)));

/**
 * Nelder and Mead's simplex (1965) within bounds, from the best of some starts. Ends where the corners' costs differ by less than
 * `tolerance` of the least or by less than `within`, or after `most` evaluations.
 */
export function minimiseMany(
  cost: (parameters: number[]) => number,
  bounds: readonly Bounds[],
  starts: readonly number[][],
  { tolerance = 1e-5, within: close = 0, most = 120 } = {},
): number[] {
  let used = 0;
  const cornerAt = (point: readonly number[]): Corner => {
    used++;
    const at = clamped(point, bounds);
    const value = cost(at);
    return { at, cost: Number.isFinite(value) ? value : Number.MAX_VALUE };
  };
  const start = starts.map(cornerAt).reduce((best, corner) => (corner.cost < best.cost ? corner : best));
  const corners = [
    start,
    ...bounds.map(({ lower, upper }, i) => {
      const step = (upper - lower) / 8;
      const here = start.at[i] ?? lower;
      return cornerAt(start.at.with(i, here + step > upper ? here - step : here + step));
    }),
  ];
  const last = corners.length - 1;
  for (;;) {
    corners.sort((a, b) => a.cost - b.cost);
    const [least, second, worst] = [corners[0], corners[last - 1], corners[last]];
    if (!least || !second || !worst) return start.at;
    if (used >= most || worst.cost - least.cost <= close + tolerance * Math.abs(least.cost)) return least.at;
    const middle = bounds.map((_, i) => corners.slice(0, last).reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / last);
    const along = (share: number): Corner => cornerAt(middle.map((value, i) => value + share * ((worst.at[i] ?? 0) - value)));
    const reflected = along(-1);
    if (reflected.cost < least.cost) {
      const expanded = along(-2);
      corners[last] = expanded.cost < reflected.cost ? expanded : reflected;
    } else if (reflected.cost < second.cost) corners[last] = reflected;
    else {
      const contracted = along(reflected.cost < worst.cost ? -0.5 : 0.5);
      if (contracted.cost < Math.min(reflected.cost, worst.cost)) corners[last] = contracted;
      else
        for (let i = 1; i <= last; i++)
          corners[i] = cornerAt((corners[i]?.at ?? []).map((value, j) => ((least.at[j] ?? 0) + value) / 2));
    }
  }
}
