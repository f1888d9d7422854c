/**
 * How wide is an interval? As many of the model's deviations as held the past errors of back-tests: split-conformal quantiles (Lei et al.
 * 2018) of errors over deviations. Few back-tests are believed as far as they go, and for the rest Student's t.
 */

/** An error of a back-test. */
export interface Score {
  /** Place of the origin in the history. */
  origin: number;
  /** 0 for the first period after the origin. */
  step: number;
  /** Absolute. */
  error: number;
  /** What the model claimed for it then. */
  deviation: number;
}

export const levels = [0.8, 0.95] as const;
export type Level = (typeof levels)[number];

/** Standard normal quantiles of two-sided levels. */
const z = { 0.8: 1.281552, 0.95: 1.959964 } as const;

/** As many origins as Student's t weighs. */
const priorOrigins = 4;
/** Less scores than this have no tail to read a quantile from. */
const leastInBand = 40;

/** Quantile of Student's t (expansion of Cornish and Fisher; Abramowitz and Stegun 26.7.5). */
export function studentQuantile(level: Level, freedom: number): number {
  const x = z[level];
  const d = Math.max(2, freedom);
  return x + (x ** 3 + x) / (4 * d) + (5 * x ** 5 + 16 * x ** 3 + 3 * x) / (96 * d * d);
}

interface Ratio {
  origin: number;
  step: number;
  score: number;
}

/** A model that claims so many times what it claimed then has met a shock and learnt from it. */
const shock = 2;

/** Errors over the deviations that were claimed for them. An error that a model has learnt from since does not count in full once more. */
const ratiosOf = (scores: readonly Score[], deviations: readonly number[]): Ratio[] =>
  scores.map(({ origin, step, error, deviation }) => ({
    origin,
    step,
    score: error / Math.max(deviation, (deviations[step] ?? 0) / shock),
  }));

/** The finite-sample conformal quantile: the ⌈(n + 1) level⌉-th smallest, or the largest. */
function conformal(scores: readonly Ratio[], level: Level): number {
  const sorted = Float64Array.from(scores, ({ score }) => score).sort();
  return sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * level)) - 1] ?? 0;
}

/** Without what no interval promises to hold: a viral day is so far off that one of it would make every interval useless. */
function withoutSpikes(scores: readonly Ratio[]): readonly Ratio[] {
  const sorted = Float64Array.from(scores, ({ score }) => score).sort();
  const limit = 15 * Math.max(1, sorted[sorted.length >> 1] ?? 0);
  const kept = scores.filter(({ score }) => score <= limit);
  return scores.length - kept.length <= 0.1 * scores.length ? kept : scores;
}

/**
 * Deviations on each side, for each step of the horizon: for its own third of the horizon where there are enough scores in each, otherwise
 * the same for all. `freedom` is the count of values the model was fitted to, less what it fitted.
 */
export function widthsOf(scores: readonly Score[], level: Level, deviations: readonly number[], freedom: number): number[] {
  const horizon = deviations.length;
  const prior = studentQuantile(level, freedom);
  const kept = withoutSpikes(ratiosOf(scores, deviations));
  const bandOf = (step: number): number => Math.min(2, Math.floor((3 * step) / horizon));
  const bands = [0, 1, 2].map((band) => kept.filter(({ step }) => bandOf(step) === band));
  const isBanded = bands.every((band) => band.length >= leastInBand);
  const widthOf = (own: readonly Ratio[]): number => {
    const origins = new Set(own.map(({ origin }) => origin)).size;
    return (origins * conformal(own, level) + priorOrigins * prior) / (origins + priorOrigins);
  };
  const widths = isBanded ? bands.map(widthOf) : [widthOf(kept)];
  return Array.from({ length: horizon }, (_, step) => widths[isBanded ? bandOf(step) : 0] ?? prior);
}
