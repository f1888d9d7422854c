/**
 * What was a forecaster worth so far? It is asked at several origins of the past, each time with nothing but what was known then, and its
 * answers are held against what came; the intervals too are those that the errors known by then would have given.
 */
import { type Score, widthsOf } from './intervals.ts';
import { leastForTrend } from './ladder.ts';
import { wapeOf } from './metrics.ts';
import { naiveMeans, predict, type Question } from './predict.ts';

export interface Backtest {
  /** Origins that were asked at, and values that were compared. */
  origins: number;
  points: number;
  /** Periods ahead that were compared at most. */
  horizon: number;
  /** All absolute errors over all absolute values; null where nothing was sold. */
  wape: number | null;
  /** The same of the seasonal naive forecast. */
  naiveWape: number | null;
  /** Share of values within the intervals of 80 and 95 %. */
  coverage80: number;
  coverage95: number;
}

/** Origins from the earliest on: no forecast is asked of less than half the history, or of fewer values than find its seasons. */
export function originsOf(length: number, periods: readonly number[], horizon: number, count: number): number[] {
  const forSeasons = periods.map((period) => 3 * period).filter((least) => least + Math.max(2, horizon / 2) <= length);
  const least = Math.max(leastForTrend, Math.ceil(length / 2), ...forSeasons);
  const reach = Math.min(length - least, 2 * horizon);
  const wanted = Math.min(count, reach);
  const offsets = Array.from({ length: Math.max(0, wanted) }, (_, i) => Math.ceil((reach * (wanted - i)) / wanted));
  return [...new Set(offsets)].map((offset) => length - offset);
}

interface Asked {
  origin: number;
  means: number[];
  naive: number[];
  deviations: number[];
  sumDeviations: number[];
  freedom: number;
}

/** Scores of the sums of all steps up to each; a value that is not known ends them. */
function sumScoresOf({ origin, means, sumDeviations }: Asked, history: Question['history']): Score[] {
  const scores: Score[] = [];
  let sum = 0;
  for (const [step, mean] of means.entries()) {
    const value = history[origin + step] ?? null;
    if (value === null) break;
    sum += value - mean;
    scores.push({ origin, step, error: Math.abs(sum), deviation: sumDeviations[step] ?? 1 });
  }
  return scores;
}

/** The record, and the scores that the next intervals are made from; no record where the history is too short for one. */
export function backtest(question: Question, count: number): { record: Backtest | null; scores: Score[]; sumScores: Score[] } {
  const { history, horizon, knownFuture } = question;
  const asked: Asked[] = originsOf(history.length, question.periods, horizon, count).flatMap((origin) => {
    const past = history.slice(0, origin);
    if (past.filter((value) => value !== null).length < leastForTrend) return [];
    const ahead = Math.min(horizon, history.length - origin);
    const columns = knownFuture.map(({ name, values }) => ({ name, values: values.slice(0, origin + ahead) }));
    const then = { ...question, history: past, horizon: ahead, knownFuture: columns };
    const { means, deviations, sumDeviations, length } = predict(then);
    return [{ origin, means, deviations, sumDeviations, naive: naiveMeans(then), freedom: length - 2 }];
  });
  const scores = asked.flatMap(({ origin, means, deviations }) =>
    means.flatMap((mean, step) => {
      const value = history[origin + step] ?? null;
      return value === null ? [] : [{ origin, step, error: Math.abs(value - mean), deviation: deviations[step] ?? 1 }];
    }),
  );
  const actual = asked.flatMap(({ origin, means }) => means.map((_, step) => history[origin + step] ?? null));
  const points = actual.filter((value) => value !== null).length;
  const sumScores = asked.flatMap((one) => sumScoresOf(one, history));
  if (!points) return { record: null, scores, sumScores };
  const held = (level: 0.8 | 0.95): number => {
    let within = 0;
    for (const { origin, deviations, freedom } of asked) {
      const known = scores.filter((score) => score.origin < origin && score.origin + score.step < origin);
      const widths = widthsOf(known, level, deviations, freedom);
      for (const { error, deviation, step } of scores.filter((one) => one.origin === origin))
        within += error <= (widths[step] ?? 0) * deviation ? 1 : 0;
    }
    return within / points;
  };
  const record = {
    origins: asked.length,
    points,
    horizon: Math.max(...asked.map(({ means }) => means.length)),
    wape: wapeOf(
      actual,
      asked.flatMap(({ means }) => means),
    ),
    naiveWape: wapeOf(
      actual,
      asked.flatMap(({ naive }) => naive),
    ),
    coverage80: held(0.8),
    coverage95: held(0.95),
  };
  return { record, scores, sumScores };
}
