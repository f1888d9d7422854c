/**
 * How far is a forecast from what happened? Errors by the definitions of the M competitions. A value that is not known (null) is left out.
 * What has no denominator is null, never Infinity or NaN.
 */

export type Values = ReadonlyArray<number | null>;

/** Pairs of a known value and its forecast. */
function pairsOf(actual: Values, forecast: readonly number[]): [number, number][] {
  return actual.flatMap((value, i) => {
    const mean = forecast[i];
    return value === null || mean === undefined ? [] : [[value, mean] as [number, number]];
  });
}

const meanOf = (numbers: readonly number[]): number | null =>
  numbers.length ? numbers.reduce((sum, number) => sum + number, 0) / numbers.length : null;

/** Symmetric mean absolute percentage error, 0 to 200 (Makridakis and Hibon 2000); a pair of two zeros has none. */
export function smapeOf(actual: Values, forecast: readonly number[]): number | null {
  return meanOf(
    pairsOf(actual, forecast).map(([value, mean]) => {
      const size = Math.abs(value) + Math.abs(mean);
      return size === 0 ? 0 : (200 * Math.abs(value - mean)) / size;
    }),
  );
}

/** Mean absolute step from one period before, of a history: the denominator of MASE; null where it is zero or there is none. */
export function scaleOf(history: Values, period: number): number | null {
  const steps = history.flatMap((value, i) => {
    const before = i < period ? null : (history[i - period] ?? null);
    return value === null || before === null ? [] : [Math.abs(value - before)];
  });
  const scale = meanOf(steps);
  return scale === 0 ? null : scale;
}

/** Mean absolute scaled error (Hyndman and Koehler 2006), by the seasonal naive error of the history. */
export function maseOf(actual: Values, forecast: readonly number[], history: Values, period: number): number | null {
  const scale = scaleOf(history, period);
  const error = meanOf(pairsOf(actual, forecast).map(([value, mean]) => Math.abs(value - mean)));
  return scale === null || error === null ? null : error / scale;
}

/** Weighted absolute percentage error: all absolute errors over all absolute values, 0 to …; null where nothing was sold. */
export function wapeOf(actual: Values, forecast: readonly number[]): number | null {
  const pairs = pairsOf(actual, forecast);
  const size = pairs.reduce((sum, [value]) => sum + Math.abs(value), 0);
  return size === 0 ? null : pairs.reduce((sum, [value, mean]) => sum + Math.abs(value - mean), 0) / size;
}

/** The share of values that lie within their interval, bounds included. */
export function coverageOf(actual: Values, lower: readonly number[], upper: readonly number[]): number | null {
  return meanOf(
    actual.flatMap((value, i) => {
      const [from, to] = [lower[i], upper[i]];
      return value === null || from === undefined || to === undefined ? [] : [value >= from && value <= to ? 1 : 0];
    }),
  );
}

/** Mean scaled interval score (Gneiting and Raftery 2007, as M4 scaled it): width, and 2/(1 − level) times what lies outside. */
export function msisOf(
  actual: Values,
  { lower, upper, level }: { lower: readonly number[]; upper: readonly number[]; level: number },
  history: Values,
  period: number,
): number | null {
  const scale = scaleOf(history, period);
  const scores = actual.flatMap((value, i) => {
    const [from, to] = [lower[i], upper[i]];
    if (value === null || from === undefined || to === undefined) return [];
    return [to - from + (2 / (1 - level)) * (Math.max(0, from - value) + Math.max(0, value - to))];
  });
  const score = meanOf(scores);
  return scale === null || score === null ? null : score / scale;
}
