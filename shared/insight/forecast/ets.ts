/**
 * What do all six exponential smoothing models without season say together? Each weighs by its Akaike weight (Kolassa 2011): picking the
 * best one makes short series jump from model to model.
 */
import { fitDamped, fitHolt, fitRelative, fitSes, growthOf, type Smoothing, smoothingMeans } from './smoothing.ts';

export interface Weighed {
  fit: Smoothing;
  /** Together 1. */
  weight: number;
}

/** Models that weigh less are left out. */
const leastWeight = 1e-3;

/** Relative errors are tried where all values are positive. `damped` may be given where it is fitted already. */
export function fitEts(values: readonly number[], damped = fitDamped(values)): Weighed[] {
  const absolute = [fitSes(values), fitHolt(values), damped];
  const isPositive = values.every((value) => value > 0);
  const fits = isPositive ? [...absolute, ...absolute.map((fit) => fitRelative(values, fit))] : absolute;
  const least = Math.min(...fits.map(({ aicc }) => aicc));
  // Too few values for any of them: the simplest one.
  if (!Number.isFinite(least)) return fits.slice(0, 1).map((fit) => ({ fit, weight: 1 }));
  const weighed = fits
    .map((fit) => ({ fit, weight: Math.exp((least - fit.aicc) / 2) }))
    .filter(({ weight }) => weight >= leastWeight);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed.map(({ fit, weight }) => ({ fit, weight: weight / total }));
}

export function etsMeans(models: readonly Weighed[], horizon: number): number[] {
  const means = Array<number>(horizon).fill(0);
  for (const { fit, weight } of models)
    for (const [i, mean] of smoothingMeans(fit, horizon).entries()) means[i] = (means[i] ?? 0) + weight * mean;
  return means;
}

/** Standard deviations of the errors so many periods ahead, and of their sums up to there, of a history of `length`. */
export function etsDeviations(models: readonly Weighed[], horizon: number, length: number) {
  const deviationsOf = (of: 'steps' | 'sums'): number[] => {
    const variances = Array<number>(horizon).fill(0);
    for (const { fit, weight } of models) {
      const variance = fit.sse / Math.max(1, length - 2);
      for (const [i, growth] of growthOf(fit, horizon)[of].entries())
        variances[i] = (variances[i] ?? 0) + weight * variance * growth * growth;
    }
    return variances.map(Math.sqrt);
  };
  return { deviations: deviationsOf('steps'), sumDeviations: deviationsOf('sums') };
}
