/**
 * Where does a daily number stand, where does it go, and when did it change? Medians and ranks throughout, so that one viral day moves
 * nothing: the weekday's part is taken out first, level, slope and changes are of what is left. Values are in the unit of the number.
 */

export interface Interval {
  value: number;
  /** 95 %, without an assumption of how values are distributed. */
  lower: number;
  upper: number;
}

export interface ChangePoint {
  /** Place in the series of the first day after the change. */
  at: number;
  before: number;
  after: number;
}

export interface Trend {
  /** Median of the last four weeks. */
  level: Interval;
  /** A day; by ranks of all pairs of days. */
  slope: Interval;
  /** What a weekday has beyond the others, Monday first; null where there are less than eight weeks. */
  weekdays: number[] | null;
  changes: ChangePoint[];
}

/** Days that a trend takes at least, and those that its weekdays take. */
export const leastDays = 28;
export const leastDaysOfWeekdays = 56;

/** Two-sided 95 % of the normal distribution. */
const z = 1.959964;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Median of the week around each day; at both ends of the nearest whole one. */
function around(values: readonly number[]): number[] {
  const last = values.length - 7;
  return values.map((_, i) => {
    const from = Math.max(0, Math.min(last, i - 3));
    return median(values.slice(from, from + 7));
  });
}

/** What each weekday has beyond the week around it; together nothing. `first` is the weekday of the first value, 0 for Monday. */
export function weekdaysOf(values: readonly number[], first: number): number[] {
  const base = around(values);
  const parts = Array.from({ length: 7 }, (_, weekday) =>
    median(values.flatMap((value, i) => ((i + first) % 7 === weekday ? [value - (base[i] ?? 0)] : []))),
  );
  const mean = parts.reduce((sum, part) => sum + part, 0) / 7;
  return parts.map((part) => part - mean);
}

/** The median with its interval by order statistics (Conover, Practical Nonparametric Statistics, 3rd ed., 3.2). */
function medianWithin(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const half = (z * Math.sqrt(n)) / 2;
  const at = (place: number): number => sorted[Math.max(0, Math.min(n - 1, place))] ?? 0;
  return { value: median(values), lower: at(Math.floor(n / 2 - half)), upper: at(Math.ceil(n / 2 + half) - 1) };
}

/** Median of the slopes of all pairs of days, with Sen's interval (Sen 1968; Hollander and Wolfe, Nonparametric Statistical Methods, 9.3). */
function slopeOf(values: readonly number[]): Interval {
  const n = values.length;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / (j - i));
  slopes.sort((a, b) => a - b);
  const spread = z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (place: number): number => slopes[Math.max(0, Math.min(slopes.length - 1, Math.round(place)))] ?? 0;
  const middle = slopes.length / 2;
  return { value: median(slopes), lower: at(middle - spread / 2), upper: at(middle + spread / 2 - 1) };
}

/** A segment of less days than two weeks is no new level. */
const leastSegment = 14;

/**
 * Where the level changes: the segments that cost least, each its squared distance from its mean and a penalty of 3 ln n (optimal
 * partitioning, Jackson et al. 2005), over values that are cut off at three deviations, in units of the deviation of day to day.
 */
function changesOf(values: readonly number[]): ChangePoint[] {
  const n = values.length;
  const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? 0)));
  // Of the difference of two days, so by √2 larger than that of a day; 1.4826 makes it a deviation.
  const scale = (1.4826 * median(steps)) / Math.SQRT2;
  if (scale === 0) return [];
  const base = around(values);
  const cut = values.map((value, i) => {
    const middle = base[i] ?? 0;
    return Math.max(middle - 3 * scale, Math.min(middle + 3 * scale, value)) / scale;
  });
  const sums = [0];
  const squares = [0];
  for (const value of cut) {
    sums.push((sums.at(-1) ?? 0) + value);
    squares.push((squares.at(-1) ?? 0) + value * value);
  }
  const costOf = (from: number, to: number): number => {
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0);
    return (squares[to] ?? 0) - (squares[from] ?? 0) - (sum * sum) / (to - from);
  };
  const penalty = 3 * Math.log(n);
  const best = [-penalty];
  const cameFrom = [0];
  for (let to = 1; to <= n; to++) {
    best[to] = Number.POSITIVE_INFINITY;
    for (let from = 0; from + leastSegment <= to; from++) {
      const cost = (best[from] ?? Number.POSITIVE_INFINITY) + costOf(from, to) + penalty;
      if (cost < (best[to] ?? 0)) [best[to], cameFrom[to]] = [cost, from];
    }
  }
  const edges: number[] = [];
  for (let at = cameFrom[n] ?? 0; at > 0; at = cameFrom[at] ?? 0) edges.unshift(at);
  const bounds = [0, ...edges, n];
  return edges.map((at, i) => ({
    at,
    before: median(values.slice(bounds[i] ?? 0, at)),
    after: median(values.slice(at, bounds[i + 2] ?? n)),
  }));
}

/**
 * The trend of a series of days; undefined where it is shorter than `leastDays`. `first` is the weekday of its first day, 0 for Monday;
 * undefined where days are left out, so that nobody knows which is which: then there are no weekdays.
 */
export function trendOf(values: readonly number[], first: number | undefined): Trend | undefined {
  if (values.length < leastDays) return undefined;
  const weekdays = first !== undefined && values.length >= leastDaysOfWeekdays ? weekdaysOf(values, first) : null;
  const rest = weekdays ? values.map((value, i) => value - (weekdays[(i + (first ?? 0)) % 7] ?? 0)) : values;
  return { level: medianWithin(rest.slice(-leastDays)), slope: slopeOf(rest), weekdays, changes: changesOf(rest) };
}
