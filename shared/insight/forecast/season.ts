/** Does a series repeat itself, how strongly, and what is left without it? */
import { stlOf } from './stl.ts';

/** Normal quantile of M4's test: 90 % two-sided. */
const z = 1.645;

/** The autocorrelation at a lag is larger than chance (M4's test, with Bartlett's variance); false under three whole periods. */
export function isSeasonal(values: readonly number[], period: number): boolean {
  const n = values.length;
  if (period < 2 || n < 3 * period) return false;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const rest = values.map((value) => value - mean);
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (rest[i] as number) * (rest[i - lag] as number);
    return sum;
  };
  const variance = covariance(0);
  if (variance === 0) return false;
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += (covariance(lag) / variance) ** 2;
  return Math.abs(covariance(period) / variance) > (z / Math.sqrt(n)) * Math.sqrt(1 + 2 * squares);
}

export interface Season {
  isMultiplicative: boolean;
  /** One for each place of the period, the first for the first value; they average 1 (multiplicative) or 0 (additive). */
  indices: number[];
}

/** Classical decomposition (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3.4): multiplicative where all values are positive. */
export function seasonOf(values: readonly number[], period: number): Season {
  const n = values.length;
  const isMultiplicative = values.every((value) => value > 0);
  const sums = Array<number>(period).fill(0);
  const counts = Array<number>(period).fill(0);
  const half = period >> 1;
  const isEven = period % 2 === 0;
  // The moving sum of a whole period around each value; an even period takes half of both ends.
  let total = 0;
  for (let i = 0; i < Math.min(n, 2 * half + 1); i++) total += values[i] as number;
  for (let at = half; at + half < n; at++) {
    const first = values[at - half] as number;
    const last = values[at + half] as number;
    const trend = (isEven ? total - (first + last) / 2 : total) / period;
    const value = values[at] as number;
    const place = at % period;
    sums[place] = (sums[place] as number) + (isMultiplicative ? value / trend : value - trend);
    counts[place] = (counts[place] as number) + 1;
    total += (values[at + half + 1] ?? 0) - first;
  }
  const means = sums.map((sum, place) => (counts[place] ? sum / (counts[place] as number) : isMultiplicative ? 1 : 0));
  const mean = means.reduce((sum, value) => sum + value, 0) / period;
  return { isMultiplicative, indices: means.map((value) => (isMultiplicative ? value / mean : value - mean)) };
}

/** The index of a place in time; places after the history go on. */
export const indexAt = ({ indices }: Season, at: number): number => indices[at % indices.length] ?? 0;

export const withoutSeason = (values: readonly number[], season: Season): number[] =>
  values.map((value, i) => (season.isMultiplicative ? value / indexAt(season, i) : value - indexAt(season, i)));

/** Means of the periods after a history of `length`, with its season again. */
export const withSeason = (means: readonly number[], season: Season, length: number): number[] =>
  means.map((mean, i) => (season.isMultiplicative ? mean * indexAt(season, length + i) : mean + indexAt(season, length + i)));

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** Seasonal strength, 0 to 1: 1 − var(remainder) / var(season + remainder) of an STL decomposition (Wang, Smith and Hyndman 2006). */
export function strengthOf(values: readonly number[], period: number): number {
  if (values.length < 2 * period) return 0;
  const { seasonal, remainder } = stlOf(values, period);
  const both = varianceOf(seasonal.map((value, i) => value + (remainder[i] ?? 0)));
  return both === 0 ? 0 : Math.max(0, 1 - varianceOf(remainder) / both);
}
