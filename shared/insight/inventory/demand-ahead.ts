/** How much will be asked for until a day? Any forecast, by day, as mean and variance of the sum; and the chance that it is so much or more. */
import { chanceBelow, quantile } from './normal.ts';

/** From tomorrow on, a value for each day. */
export interface DailyForecast {
  mean: readonly number[];
  sd: readonly number[];
  /** Between the errors of two days (0…1): 0, each day errs for itself; 1, all err alike. Back-tests tell; a level that is off is off on all days. */
  errorCorrelation?: number;
}

/** The same from a forecast that says lower and upper limits of a share (0.8) of its days. */
export function forecastFromLimits(
  mean: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
  share: number,
  errorCorrelation?: number,
): DailyForecast {
  const width = 2 * quantile((1 + share) / 2);
  return { mean, sd: mean.map((_, i) => Math.max(0, (upper[i] ?? 0) - (lower[i] ?? 0)) / width), errorCorrelation };
}

export interface Ahead {
  mean: number;
  variance: number;
}

/**
 * Demand of the first n days, for n from 0 to the end of the forecast. Units are sold one by one: never surer than Poisson. Throws RangeError
 * where a day of the forecast has no number.
 */
export function demandUntil({ mean, sd, errorCorrelation = 0 }: DailyForecast): Ahead[] {
  const sums: Ahead[] = [{ mean: 0, variance: 0 }];
  let [total, squares, deviations] = [0, 0, 0];
  for (let i = 0; i < mean.length; i++) {
    if (!Number.isFinite(mean[i]) || !Number.isFinite(sd[i])) throw new RangeError(`day ${i + 1} of the forecast has no number`);
    const deviation = Math.max(0, sd[i] ?? 0);
    total += Math.max(0, mean[i] ?? 0);
    squares += deviation ** 2;
    deviations += deviation;
    const variance = (1 - errorCorrelation) * squares + errorCorrelation * deviations ** 2;
    sums.push({ mean: total, variance: Math.max(variance, total) });
  }
  return sums;
}

/** Above so many units the normal distribution is as good as counting. */
const countedUpTo = 500;

/**
 * The chance of a demand of `units` or more: negative binomial, Poisson where the variance is the mean, which fits few and lumpy sales; normal
 * with half a unit of continuity where there are many.
 */
export function chanceOfAtLeast(units: number, { mean, variance }: Ahead): number {
  if (units <= 0) return 1;
  if (!(mean > 0)) return 0;
  const whole = Math.ceil(units);
  if (whole > countedUpTo) return chanceBelow((mean - whole + 0.5) / Math.sqrt(variance));
  const excess = variance - mean;
  // Negative binomial of size n and success p = n / (n + mean).
  const size = excess > 1e-9 * mean ? mean ** 2 / excess : Number.POSITIVE_INFINITY;
  const share = size === Number.POSITIVE_INFINITY ? 0 : mean / (size + mean);
  // In logarithms: the first term of a large mean underflows.
  let log = share === 0 ? -mean : size * Math.log1p(-share);
  let below = 0;
  for (let n = 0; n < whole; n++) {
    below += Math.exp(log);
    log += share === 0 ? Math.log(mean / (n + 1)) : Math.log(((size + n) / (n + 1)) * share);
  }
  return Math.max(0, Math.min(1, 1 - below));
}
