/** What comes after a history, by one of the defaults? The whole way from raw values to means and deviations, with nothing but the past. */
import { type CalendarEffect, calendarOf, type KnownFuture } from './calendar.ts';
import { clean, filledOf } from './clean.ts';
import { type Forecaster, type Prediction, prepare, runningMeans, seasonalNaive } from './forecaster.ts';
import type { Rung } from './ladder.ts';
import type { Values } from './metrics.ts';

export interface Question {
  /** Equidistant; null where a value is not known. */
  history: Values;
  /** Candidates of seasons, in values; empty for none. */
  periods: readonly number[];
  horizon: number;
  knownFuture: readonly KnownFuture[];
  choose: (values: readonly number[], periods: readonly number[]) => Rung;
}

export interface Predicted extends Prediction {
  method: string;
  effects: CalendarEffect[];
  /** Values that the models saw; fewer than the history where it begins with gaps. */
  length: number;
  /** How many values were unknown and filled, and how many were cut down. */
  filled: number;
  spikes: number;
}

/** The least deviation as share of the mean size: no history proves that the next value is exact. */
const leastShare = 1e-3;

/** Of a history of zeros alone: the mean is no larger than 3/n with 95 % (rule of three, Hanley and Lippman-Hand 1983); as a deviation. */
const zeroDeviation = (length: number): number => 3 / length / 1.959964;

function leastDeviation(values: readonly number[]): number {
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
  return size > 0 ? Math.max(leastShare * size, Number.MIN_VALUE) : zeroDeviation(values.length);
}

/** Takes one known value at least. */
export function predict({ history, periods, horizon, knownFuture, choose }: Question): Predicted {
  const shortest = Math.min(...periods.filter((period) => period > 1), history.length);
  const period = periods.length ? shortest : 1;
  const calendar = knownFuture.length ? calendarOf(history, filledOf(history, period), knownFuture, period) : undefined;
  const { values, filled, spikes } = clean(calendar?.without ?? history, period);
  const { series, forecaster } = choose(values, periods);
  const { means, deviations, sumDeviations } = forecaster.forecast(series, horizon);
  const least = leastDeviation(values);
  const factors = means.map((_, step) => calendar?.widthFactor(step) ?? 1);
  const average = runningMeans(factors);
  return {
    method: forecaster.name,
    means: calendar ? means.map(calendar.withEffect) : means,
    deviations: deviations.map((deviation, step) => Math.max(deviation, least) * (factors[step] ?? 1)),
    sumDeviations: sumDeviations.map((deviation, step) => Math.max(deviation, least * (step + 1)) * (average[step] ?? 1)),
    effects: calendar?.effects ?? [],
    length: values.length,
    filled: filled.length,
    spikes: spikes.length,
  };
}

/** The yardstick for the same question: the seasonal naive of the raw history, gaps filled. */
export function naiveMeans({ history, periods, horizon }: Pick<Question, 'history' | 'periods' | 'horizon'>): number[] {
  const usable = periods.filter((period) => period > 1 && history.length >= period);
  const longest = usable.at(-1) ?? 1;
  const values = filledOf(history, usable[0] ?? 1);
  const naive: Forecaster = seasonalNaive(longest);
  return naive.forecast(prepare(values, []), horizon).means;
}
