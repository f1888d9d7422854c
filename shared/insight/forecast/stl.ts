/**
 * How is a series split into trend, one or more seasons and a remainder? STL by loess (Cleveland et al. 1990) and, for several periods,
 * MSTL (Bandara, Hyndman and Bergmeir 2021), with the windows of R's `mstl`. Additive.
 */

export interface Decomposition {
  trend: number[];
  seasonal: number[];
  remainder: number[];
}

const nextOdd = (value: number): number => {
  const whole = Math.ceil(value);
  return whole % 2 ? whole : whole + 1;
};

/** Tricube weights by distance 0, 1, …; beyond 0.999 of `reach` nothing. */
const tricube = (distance: number, reach: number): number =>
  distance > 0.999 * reach ? 0 : distance <= 0.001 * reach ? 1 : (1 - (distance / reach) ** 3) ** 3;

/** The local fit at a place, which may lie one before or after the values. `degree` 0 is a weighted mean, 1 a weighted line. */
function fitAt(values: readonly number[], at: number, window: number, degree: 0 | 1): number {
  const n = values.length;
  const wide = Math.min(window, n);
  const left = Math.max(0, Math.min(n - wide, Math.round(at) - ((wide - 1) >> 1)));
  const right = left + wide - 1;
  const reach = Math.max(at - left, right - at) + (window > n ? (window - n) >> 1 : 0);
  let [weights, places, sum] = [0, 0, 0];
  for (let i = left; i <= right; i++) {
    const weight = tricube(Math.abs(i - at), reach);
    weights += weight;
    places += weight * i;
    sum += weight * (values[i] as number);
  }
  if (weights <= 0) return values[Math.max(0, Math.min(n - 1, Math.round(at)))] ?? 0;
  if (degree === 0) return sum / weights;
  const middle = places / weights;
  let [squares, products] = [0, 0];
  for (let i = left; i <= right; i++) {
    const weight = tricube(Math.abs(i - at), reach);
    squares += weight * (i - middle) ** 2;
    products += weight * (i - middle) * (values[i] as number);
  }
  const isFlat = Math.sqrt(squares / weights) <= 0.001 * (n - 1);
  return sum / weights + (isFlat ? 0 : (at - middle) * (products / squares));
}

/** Loess of equidistant values. Inside, a symmetric window's line has the value of its weighted mean in the middle: one kernel does. */
function loess(values: readonly number[], window: number, degree: 0 | 1): number[] {
  const n = values.length;
  const half = (window - 1) >> 1;
  const fits = new Array<number>(n);
  if (window > n) {
    for (let at = 0; at < n; at++) fits[at] = fitAt(values, at, window, degree);
    return fits;
  }
  const kernel = Array.from({ length: half + 1 }, (_, distance) => tricube(distance, half));
  const weights = kernel.reduce((sum, weight) => sum + 2 * weight, -(kernel[0] ?? 0));
  for (let at = 0; at < n; at++) {
    if (at < half || at >= n - half) fits[at] = fitAt(values, at, window, degree);
    else {
      let sum = (kernel[0] as number) * (values[at] as number);
      for (let d = 1; d <= half; d++) sum += (kernel[d] as number) * ((values[at - d] as number) + (values[at + d] as number));
      fits[at] = sum / weights;
    }
  }
  return fits;
}

/** Means of `width` values each; so many less one shorter. */
function movingMeans(values: readonly number[], width: number): number[] {
  let sum = 0;
  const means: number[] = [];
  for (const [i, value] of values.entries()) {
    sum += value - (i >= width ? (values[i - width] as number) : 0);
    if (i >= width - 1) means.push(sum / width);
  }
  return means;
}

/** Two turns of the inner loop, no robust weights. Takes two whole periods at least. */
export function stlOf(values: readonly number[], period: number, seasonWindow = 11): Decomposition {
  const n = values.length;
  const trendWindow = nextOdd((1.5 * period) / (1 - 1.5 / seasonWindow));
  const lowWindow = nextOdd(period);
  let trend = new Array<number>(n).fill(0);
  let seasonal = new Array<number>(n).fill(0);
  for (let turn = 0; turn < 2; turn++) {
    // Each place of the period smoothed for itself, and a period longer at both ends.
    const cycle = new Array<number>(n + 2 * period).fill(0);
    for (let place = 0; place < period; place++) {
      const own: number[] = [];
      for (let i = place; i < n; i += period) own.push((values[i] as number) - (trend[i] as number));
      const smooth = loess(own, seasonWindow, 0);
      cycle[place] = fitAt(own, -1, seasonWindow, 0);
      for (let i = 0; i < own.length; i++) cycle[place + (i + 1) * period] = smooth[i] as number;
      cycle[place + (own.length + 1) * period] = fitAt(own, own.length, seasonWindow, 0);
    }
    // What of it is trend: it goes to the trend.
    const low = loess(movingMeans(movingMeans(movingMeans(cycle, period), period), 3), lowWindow, 1);
    seasonal = values.map((_, i) => (cycle[i + period] as number) - (low[i] as number));
    trend = loess(
      values.map((value, i) => value - (seasonal[i] as number)),
      trendWindow,
      1,
    );
  }
  return { trend, seasonal, remainder: values.map((value, i) => value - (trend[i] as number) - (seasonal[i] as number)) };
}

/** Values without seasons, and each season's last whole period, to be repeated. Periods that are not twice in the values are left out. */
export function mstlOf(values: readonly number[], periods: readonly number[]) {
  const usable = periods.filter((period) => period > 1 && values.length >= 2 * period).toSorted((a, b) => a - b);
  const seasons = usable.map(() => values.map(() => 0));
  let rest = [...values];
  for (let turn = 0; turn < (usable.length > 1 ? 2 : 1); turn++)
    for (const [i, period] of usable.entries()) {
      const before = seasons[i] ?? [];
      const withOwn = rest.map((value, at) => value + (before[at] as number));
      const { seasonal } = stlOf(withOwn, period, 11 + 4 * i);
      seasons[i] = seasonal;
      rest = withOwn.map((value, at) => value - (seasonal[at] as number));
    }
  return { adjusted: rest, seasons: usable.map((period, i) => ({ period, last: (seasons[i] ?? []).slice(-period) })) };
}
