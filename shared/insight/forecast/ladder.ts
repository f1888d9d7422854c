/** Which forecaster answers for a series? Fixed by its length, its season and how often it is zero; never by trying which one fits best. */
import {
  damped,
  ets,
  type Forecaster,
  meanOf,
  mstl,
  type Prepared,
  prepare,
  seasonalNaive,
  ses,
  strengthIn,
  theta,
} from './forecaster.ts';
import { lineOf } from './theta.ts';

/** Fewer known values say nothing of what comes next. */
export const leastValues = 4;
/** Trends of fewer values are noise: three parameters and two first states would be fitted to them. */
export const leastForTrend = 10;
/** Above it a season is strong (Wang, Smith and Hyndman's measure, as Hyndman's `nsdiffs` cuts it off: .64 there). */
const strong = 0.6;
/** A sale only every so many periods, on average, is intermittent (Syntetos, Boylan and Croston 2005). */
const intermittentInterval = 1.32;

export interface Rung {
  series: Prepared;
  forecaster: Forecaster;
}

function isIntermittent(values: readonly number[]): boolean {
  const sold = values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  return values.length >= intermittentInterval * sold;
}

/** Two periods that look alike (the correlation is larger than chance, 90 %) but are too few for indices: half of the mean repeats the last. */
function hasTwoAlike(values: readonly number[], period: number): boolean {
  if (values.length < 2 * period || values.length >= 3 * period) return false;
  const { step } = lineOf(values);
  const recent = values.slice(-2 * period).map((value, i) => value - step * i);
  const [first, second] = [recent.slice(0, period), recent.slice(period)];
  const centred = (part: readonly number[]): number[] => {
    const mean = part.reduce((sum, value) => sum + value, 0) / period;
    return part.map((value) => value - mean);
  };
  const [a, b] = [centred(first), centred(second)];
  const product = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  const size = Math.sqrt(product(a, a) * product(b, b));
  return size > 0 && product(a, b) / size > 1.645 / Math.sqrt(period);
}

/** The full default: for what is computed ahead of time. */
export function fullDefault(values: readonly number[], periods: readonly number[]): Rung {
  const series = prepare(values, periods);
  const shortest = Math.min(...periods, Number.POSITIVE_INFINITY);
  if (values.length < leastForTrend) return { series, forecaster: meanOf([theta, ses]) };
  if (series.periods.length > 1) return { series, forecaster: mstl };
  const period = series.periods[0];
  if (period && strengthIn(series) > strong) return { series, forecaster: meanOf([theta, ets, mstl], seasonalNaive(period)) };
  if (isIntermittent(values)) return { series, forecaster: ses };
  if (hasTwoAlike(values, shortest)) return { series, forecaster: meanOf([theta], seasonalNaive(shortest)) };
  return { series, forecaster: meanOf([theta, ets, damped]) };
}

/** The hot default: Theta alone, for what somebody waits for. */
export function hotDefault(values: readonly number[], periods: readonly number[]): Rung {
  const series = prepare(values, periods);
  return { series, forecaster: values.length >= leastForTrend && isIntermittent(values) && !series.season ? ses : theta };
}
