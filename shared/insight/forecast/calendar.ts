/**
 * What do promotions, holidays and working days do to a series? Columns known for past and future, each value's distance from its column's
 * usual one (the median) has an effect: by so many percent where all values are positive, by so many units elsewhere. Series and columns go
 * through the same filter (level and season taken out), then least squares with a small ridge (Frisch-Waugh-Lovell theorem).
 */
import { medianOf } from './clean.ts';
import type { Values } from './metrics.ts';

export interface KnownFuture {
  /** What a reader calls it: "campaign", "holiday", "working days". */
  name: string;
  /** One for each place of the history and of the horizon: 1 and 0 for events, or an amount such as a count of working days. */
  values: readonly number[];
}

export interface CalendarEffect {
  name: string;
  /** Of one more of the column: a factor where `isFactor`, otherwise in the unit of the series. */
  effect: number;
  isFactor: boolean;
}

/** As if a quarter of an event without any effect had been seen: one event alone is believed by four fifths. */
const ridge = 0.25;

/** What is left of a series when its level (a moving mean of two periods) and its places' means are taken out: linear in the series. */
function filtered(values: readonly number[], period: number): number[] {
  const n = values.length;
  const half = Math.max(7, period);
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  const rest = values.map((value, i) => {
    const [from, to] = [Math.max(0, i - half), Math.min(n, i + half + 1)];
    return value - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
  if (period < 2 || n < 3 * period) return rest;
  const means = Array.from({ length: period }, (_, place) => {
    const own = rest.filter((_, i) => i % period === place);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  return rest.map((value, i) => value - (means[i % period] ?? 0));
}

/** Solves symmetric positive definite equations by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = rows.length;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [row, pivot] = [rows[j], rows[i]];
      if (i === j || !row || !pivot) continue;
      const share = (row[i] ?? 0) / (pivot[i] ?? 1);
      for (let k = i; k <= n; k++) row[k] = (row[k] ?? 0) - share * (pivot[k] ?? 0);
    }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

export interface Calendar {
  effects: CalendarEffect[];
  /** The history without what the calendar did to it. */
  without: (number | null)[];
  /** A mean or a deviation of the horizon's place, with what the calendar will do to it. */
  withEffect: (mean: number, step: number) => number;
  /** For widths: factors apply, amounts do not. */
  widthFactor: (step: number) => number;
}

/** `full` is the history without gaps, as long as it. Columns that never changed in the history have no effect. */
export function calendarOf(history: Values, full: readonly number[], columns: readonly KnownFuture[], period: number): Calendar {
  const n = history.length;
  const isFactor = full.length > 0 && full.every((value) => value > 0);
  const usual = columns.map(({ values }) => medianOf(values.slice(0, n)));
  const distances = columns.map(({ values }, c) => values.map((value) => value - (usual[c] ?? 0)));
  const ranges = columns.map(({ values }) => {
    const past = values.slice(0, n);
    return (
      past.reduce((most, value) => Math.max(most, value), -Infinity) -
      past.reduce((least, value) => Math.min(least, value), Infinity)
    );
  });
  const seen = columns.flatMap((_, c) => ((ranges[c] ?? 0) > 0 ? [c] : []));
  const series = filtered(isFactor ? full.map(Math.log) : full, period);
  const isUsual = series.map((_, i) => seen.every((c) => distances[c]?.[i] === 0));
  // A spike on a usual day is no evidence of an event elsewhere.
  const limit = 3 * 1.4826 * medianOf(series.map(Math.abs));
  const response = series.map((value, i) => (isUsual[i] ? Math.max(-limit, Math.min(limit, value)) : value));
  const designs = seen.map((c) => filtered((distances[c] ?? []).slice(0, n), period));
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + (history[i] === null ? 0 : value * (b[i] ?? 0)), 0);
  const found = solve(
    designs.map((a, i) => designs.map((b, j) => product(a, b) + (i === j ? ridge * (ranges[seen[i] ?? 0] ?? 0) ** 2 : 0))),
    designs.map((design) => product(design, response)),
  );
  const effects = columns.map((_, c) => (seen.includes(c) ? (found[seen.indexOf(c)] ?? 0) : 0));
  const sumAt = (i: number): number => effects.reduce((sum, effect, c) => sum + effect * (distances[c]?.[i] ?? 0), 0);
  return {
    effects: columns.map(({ name }, c) => ({ name, isFactor, effect: isFactor ? Math.exp(effects[c] ?? 0) : (effects[c] ?? 0) })),
    without: history.map((value, i) => (value === null ? null : isFactor ? value / Math.exp(sumAt(i)) : value - sumAt(i))),
    withEffect: (mean, step) => (isFactor ? mean * Math.exp(sumAt(n + step)) : mean + sumAt(n + step)),
    widthFactor: (step) => (isFactor ? Math.exp(sumAt(n + step)) : 1),
  };
}
