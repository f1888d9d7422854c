/**
 * What comes next in a series, how sure is that, and what was the same forecast worth before? Pure: no clock, no randomness, no store; the
 * same question has the same answer. How it works: docs/02-implementation/forecasts.md.
 */
import { type Backtest, backtest } from './backtest.ts';
import type { CalendarEffect, KnownFuture } from './calendar.ts';
import { type Level, type Score, widthsOf } from './intervals.ts';
import { fullDefault, hotDefault, leastValues } from './ladder.ts';
import type { Values } from './metrics.ts';
import { predict, type Question } from './predict.ts';

/** Raised whenever the same history would get other numbers. */
export const forecastVersion = 1;

export interface ForecastQuestion {
  /** Equidistant, oldest first, in one unit; null where a value is not known. A day without sales is 0, not null. */
  values: Values;
  /** How many values a season lasts: [7] for days, [24, 168] for hours, [12] for months, [] for none. */
  periods: readonly number[];
  /** How many values ahead. */
  horizon: number;
  /** Columns of history and horizon: campaigns, holidays, working days. */
  knownFuture?: readonly KnownFuture[];
  /** `full` for what is computed ahead of time; `hot` (Theta alone) for what somebody waits for. */
  mode?: 'full' | 'hot';
  /** How many origins the back-test asks at; 0 for none. 6 unless said, 4 if hot. */
  origins?: number;
}

export interface Interval {
  lower: number[];
  upper: number[];
}

export interface Forecast {
  /** Members of the mean, such as `theta+ets+damped`. */
  method: string;
  version: number;
  /** One for each period ahead. */
  mean: number[];
  interval80: Interval;
  interval95: Interval;
  /**
   * Of all periods up to each together: what a month brings, what is sold until a delivery arrives. Its intervals are its own:
   * errors of neighbours go the same way, so limits of single periods do not add up to them.
   */
  total: { mean: number[]; interval80: Interval; interval95: Interval };
  /** Null where the history is too short for one, or none was asked for. */
  backtest: Backtest | null;
  effects: CalendarEffect[];
  /** What was done to the history before models saw it: counts of values. */
  filled: number;
  spikes: number;
  /** Nothing below zero is forecast, because the history never was below zero. */
  isClamped: boolean;
}

export interface Refusal {
  /** A sentence for a reader. */
  refused: string;
}

const usualOrigins = { full: 6, hot: 4 } as const;
/** Amounts beyond it are none; what is closer to zero than its inverse is zero. */
const largestAmount = 1e300;
/** Longer histories say nothing more about the next weeks, and cost. */
export const mostValues = 5000;

function refusalOf({ values, horizon, periods, knownFuture = [] }: ForecastQuestion): string | undefined {
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > mostValues)
    return `A horizon of ${horizon} can not be forecast: ask for 1 to ${mostValues} periods.`;
  const odd = periods.find((period) => !Number.isInteger(period) || period < 1);
  if (odd !== undefined) return `A season of ${odd} values can not be: give whole numbers from 1 on.`;
  const short = knownFuture.find(
    (column) => column.values.length < values.length + horizon || !column.values.every(Number.isFinite),
  );
  if (short)
    return `The calendar column "${short.name}" must have a number for each of the ${values.length} values and ${horizon} periods ahead.`;
  const large = values.findIndex((value) => value !== null && Number.isFinite(value) && Math.abs(value) > largestAmount);
  if (large >= 0) return `Value ${large + 1} of the history, ${values[large]}, is no amount: leave it out or correct it.`;
  const known = values.filter((value) => value !== null && Number.isFinite(value)).length;
  if (known === 0) return 'There is no history yet, so there is nothing to forecast from.';
  if (known < leastValues)
    return `A forecast takes ${leastValues} known values at least; here ${known === 1 ? 'is one' : `are ${known}`}.`;
  return undefined;
}

/** The power of two next to the largest value: dividing by it loses no digit and keeps squares finite. */
function unitOf(history: Values): number {
  const largest = history.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  return largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1;
}

/** Answers a forecast, or why there is none. Never throws for what values say. */
export function forecast(asked: ForecastQuestion): Forecast | Refusal {
  const refused = refusalOf(asked);
  if (refused) return { refused };
  const { horizon, mode = 'full', origins = usualOrigins[mode] } = asked;
  const known = asked.values.slice(-mostValues).map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    return Math.abs(value) < 1 / largestAmount ? 0 : value;
  });
  const unit = unitOf(known);
  const history = known.map((value) => (value === null ? null : value / unit));
  const skipped = asked.values.length - history.length;
  const question: Question = {
    history,
    periods: [...new Set(asked.periods.filter((period) => period > 1))].toSorted((a, b) => a - b),
    horizon,
    knownFuture: (asked.knownFuture ?? []).map(({ name, values }) => ({ name, values: values.slice(skipped) })),
    choose: mode === 'hot' ? hotDefault : fullDefault,
  };
  const predicted = predict(question);
  const { record, scores, sumScores } = backtest(question, origins);
  const isClamped = history.every((value) => value === null || value >= 0);
  const finish = (value: number): number => (isClamped ? Math.max(0, value * unit) : value * unit);
  // A mean below zero of what never was is zero before its interval is laid around it.
  const means = predicted.means.map((value) => (isClamped ? Math.max(0, value) : value));
  const intervalsOf = (centre: readonly number[], deviations: readonly number[], of: readonly Score[]) => {
    const intervalOf = (level: Level): Interval => {
      const widths = widthsOf(of, level, deviations, predicted.length - 2);
      const halves = deviations.map((deviation, step) => deviation * (widths[step] ?? 0));
      return {
        lower: centre.map((value, step) => finish(value - (halves[step] ?? 0))),
        upper: centre.map((value, step) => finish(value + (halves[step] ?? 0))),
      };
    };
    return { mean: centre.map(finish), interval80: intervalOf(0.8), interval95: intervalOf(0.95) };
  };
  let sum = 0;
  const sums = means.map((mean) => {
    sum += mean;
    return sum;
  });
  const { method, filled, spikes } = predicted;
  const effects = predicted.effects.map((one) => (one.isFactor ? one : { ...one, effect: one.effect * unit }));
  return {
    method,
    version: forecastVersion,
    ...intervalsOf(means, predicted.deviations, scores),
    total: intervalsOf(sums, predicted.sumDeviations, sumScores),
    backtest: record,
    effects,
    filled,
    spikes,
    isClamped,
  };
}
