/** What is a forecaster? A name and a function from a prepared series to means and deviations. These are the members of the defaults. */
import { etsDeviations, etsMeans, fitEts, type Weighed } from './ets.ts';
import { indexAt, isSeasonal, type Season, seasonOf, strengthOf, withoutSeason, withSeason } from './season.ts';
import { fitDamped, fitSes, growthOf, type Smoothing, smoothingMeans } from './smoothing.ts';
import { mstlOf } from './stl.ts';
import { fitTheta, thetaMeans } from './theta.ts';

/** A series as all members see it. Fits that several need are made once. */
export interface Prepared {
  /** Without gaps. */
  values: readonly number[];
  /** Periods that the series repeats itself by, shortest first; none where no test found one. */
  periods: readonly number[];
  season: Season | undefined;
  /** Without season. */
  adjusted: readonly number[];
  damped: () => Smoothing;
}

export interface Prediction {
  /** One for each period ahead, in the unit of the values. */
  means: number[];
  /** Standard deviations that the model itself claims; back-tests tell what they are worth. */
  deviations: number[];
  /** The same of the sum of all steps up to each. */
  sumDeviations: number[];
}

export interface Forecaster {
  name: string;
  forecast: (series: Prepared, horizon: number) => Prediction;
}

/** A series with the seasons that it was found to have; the longest one is taken out. */
export function prepare(values: readonly number[], candidates: readonly number[]): Prepared {
  const periods = candidates.filter((period) => isSeasonal(values, period)).toSorted((a, b) => a - b);
  const longest = periods.at(-1);
  const season = longest ? seasonOf(values, longest) : undefined;
  const adjusted = season ? withoutSeason(values, season) : values;
  let damped: Smoothing | undefined;
  return {
    values,
    periods,
    season,
    adjusted,
    damped: () => {
      damped ??= fitDamped(adjusted);
      return damped;
    },
  };
}

/** Seasonal strength of the longest season; 0 without one. */
export const strengthIn = ({ values, periods }: Prepared): number => strengthOf(values, periods.at(-1) ?? 0);

/** Means of the numbers up to each. */
export function runningMeans(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((number, i) => {
    sum += number;
    return sum / (i + 1);
  });
}

/** A prediction of the adjusted series, with its season again: a multiplicative one widens and narrows what is uncertain. */
function seasoned({ season, values }: Prepared, prediction: Prediction): Prediction {
  if (!season) return prediction;
  const means = withSeason(prediction.means, season, values.length);
  if (!season.isMultiplicative) return { ...prediction, means };
  const factors = means.map((_, i) => indexAt(season, values.length + i));
  const average = runningMeans(factors);
  return {
    means,
    deviations: prediction.deviations.map((deviation, i) => deviation * (factors[i] ?? 1)),
    sumDeviations: prediction.sumDeviations.map((deviation, i) => deviation * (average[i] ?? 1)),
  };
}

/** Deviations of a model with these smoothing parameters whose squared errors one step ahead are `sse`. */
function deviationsOf(parameters: Parameters<typeof growthOf>[0], sse: number, length: number, horizon: number) {
  const deviation = Math.sqrt(sse / Math.max(1, length - 2));
  const { steps, sums } = growthOf(parameters, horizon);
  return { deviations: steps.map((growth) => growth * deviation), sumDeviations: sums.map((growth) => growth * deviation) };
}

/** Of one smoothing model. */
const smoothingPrediction = (fit: Smoothing, length: number, horizon: number): Prediction => ({
  means: smoothingMeans(fit, horizon),
  ...deviationsOf(fit, fit.sse, length, horizon),
});

const etsPrediction = (models: readonly Weighed[], length: number, horizon: number): Prediction => ({
  means: etsMeans(models, horizon),
  ...etsDeviations(models, horizon, length),
});

export const theta: Forecaster = {
  name: 'theta',
  forecast: (series, horizon) => {
    const { adjusted } = series;
    const fit = fitTheta(adjusted);
    const deviations = deviationsOf({ alpha: fit.alpha, beta: 0, phi: 1 }, fit.sse, adjusted.length, horizon);
    return seasoned(series, { means: thetaMeans(fit, horizon), ...deviations });
  },
};

export const ses: Forecaster = {
  name: 'ses',
  forecast: (series, horizon) => seasoned(series, smoothingPrediction(fitSes(series.adjusted), series.adjusted.length, horizon)),
};

export const damped: Forecaster = {
  name: 'damped',
  forecast: (series, horizon) => seasoned(series, smoothingPrediction(series.damped(), series.adjusted.length, horizon)),
};

export const ets: Forecaster = {
  name: 'ets',
  forecast: (series, horizon) => {
    const { adjusted } = series;
    return seasoned(series, etsPrediction(fitEts(adjusted, series.damped()), adjusted.length, horizon));
  },
};

/** Exponential smoothing of what MSTL leaves without seasons, and each season's last period again. */
export const mstl: Forecaster = {
  name: 'mstl',
  forecast: ({ values, periods }, horizon) => {
    const { adjusted, seasons } = mstlOf(values, periods);
    const { means, ...deviations } = etsPrediction(fitEts(adjusted), adjusted.length, horizon);
    const seasonAt = (i: number): number => seasons.reduce((sum, { period, last }) => sum + (last[i % period] ?? 0), 0);
    return { means: means.map((mean, i) => mean + seasonAt(i)), ...deviations };
  },
};

/** The same place of the period before: the yardstick of all others. Of a period of 1 it is the last value. */
export function seasonalNaive(period: number): Forecaster {
  return {
    name: 'seasonal-naive',
    forecast: ({ values }, horizon) => {
      const n = values.length;
      const by = n >= period ? period : 1;
      let squares = 0;
      for (let i = by; i < n; i++) squares += ((values[i] as number) - (values[i - by] as number)) ** 2;
      const deviation = Math.sqrt(squares / Math.max(1, n - by));
      return {
        means: Array.from({ length: horizon }, (_, i) => values[n - by + (i % by)] ?? 0),
        deviations: Array.from({ length: horizon }, (_, i) => deviation * Math.sqrt(Math.floor(i / by) + 1)),
        sumDeviations: Array.from({ length: horizon }, (_, i) => deviation * Math.sqrt(i + 1) * (Math.floor(i / by) + 1)),
      };
    },
  };
}

/** The plain mean of several. Its deviations are those that the models among them claim: a naive forecast's own noise doubles its errors. */
export function meanOf(models: readonly Forecaster[], naive?: Forecaster): Forecaster {
  const members = naive ? [...models, naive] : models;
  return {
    name: members.map(({ name }) => name).join('+'),
    forecast: (series, horizon) => {
      const predictions = members.map((member) => member.forecast(series, horizon));
      const mean = (of: keyof Prediction, count: number): number[] =>
        Array.from(
          { length: horizon },
          (_, i) => predictions.slice(0, count).reduce((sum, one) => sum + (one[of][i] ?? 0), 0) / count,
        );
      const of = models.length;
      return {
        means: mean('means', members.length),
        deviations: mean('deviations', of),
        sumDeviations: mean('sumDeviations', of),
      };
    },
  };
}
