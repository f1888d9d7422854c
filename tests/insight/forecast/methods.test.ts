/** Do the methods come to what other programs of the same models come to? Figures of statsforecast 2.1.1, worked out once. */
import { describe, expect, it } from 'vitest';
import { fitEts } from '../../../shared/insight/forecast/ets.ts';
import { mstl, prepare, seasonalNaive, theta } from '../../../shared/insight/forecast/forecaster.ts';
import { isSeasonal, seasonOf, strengthOf } from '../../../shared/insight/forecast/season.ts';
import { fitDamped, fitHolt, fitRelative, fitSes, growthOf, smoothingMeans } from '../../../shared/insight/forecast/smoothing.ts';
import { mstlOf, stlOf } from '../../../shared/insight/forecast/stl.ts';
import { fitTheta, lineOf, thetaMeans } from '../../../shared/insight/forecast/theta.ts';
import { nile, passengers, seriesOf } from './series.ts';

/** Largest difference as share of the known figure. */
const apart = (ours: readonly number[], known: readonly number[]): number =>
  Math.max(...known.map((figure, i) => Math.abs((ours[i] ?? Number.NaN) - figure) / Math.abs(figure)));

describe('exponential smoothing', () => {
  it('of the Nile comes to the known alpha and level', () => {
    const { alpha, level } = fitSes(nile);
    expect(alpha).toBeCloseTo(0.2452, 2);
    expect(apart([level], [805.479])).toBeLessThan(0.0005);
  });

  it('with a trend comes to the known forecasts of the airline', () => {
    expect(apart(smoothingMeans(fitHolt(passengers), 3), [434.2388, 436.4816, 438.7244])).toBeLessThan(0.0005);
    expect(apart(smoothingMeans(fitDamped(passengers), 3), [432.228, 432.461, 432.689])).toBeLessThan(0.002);
  });

  it('with relative errors comes to them too', () =>
    expect(apart(smoothingMeans(fitRelative(passengers, fitHolt(passengers)), 3), [436.1567, 440.3171, 444.4776])).toBeLessThan(
      0.0005,
    ));

  it('prefers relative errors where noise grows with the level, as the likelihood of the models has it', () => {
    const growing = seriesOf(120, 5, (i, noise) => (50 + 5 * i) * (1 + 0.1 * noise));
    expect(fitRelative(growing, fitHolt(growing)).aicc).toBeLessThan(fitHolt(growing).aicc);
  });

  it('weighs models by Akaike: together 1, the right one most', () => {
    const line = seriesOf(60, 3, (i, noise) => 100 + 4 * i + noise);
    const models = fitEts(line);
    expect(models.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(models.reduce((best, model) => (model.weight > best.weight ? model : best)).fit.name).toBe('holt');
  });

  it('of few values is the simplest model', () => expect(fitEts([3, 5, 4, 6]).map(({ fit }) => fit.name)).toEqual(['ses']));

  it('grows uncertain as the models say: by alpha² a step, more with a trend', () => {
    const { steps, sums } = growthOf({ alpha: 0.5, beta: 0, phi: 1 }, 3);
    expect(steps).toEqual([1, Math.sqrt(1.25), Math.sqrt(1.5)]);
    // A shock of the first day is in the level of both others.
    expect(sums).toEqual([1, Math.sqrt(1 + 1.5 ** 2), Math.sqrt(1 + 1.5 ** 2 + 2 ** 2)]);
    expect(growthOf({ alpha: 0.5, beta: 0.1, phi: 1 }, 2).steps[1]).toBeCloseTo(Math.sqrt(1 + 0.6 ** 2), 10);
  });
});

describe('Theta', () => {
  it('comes to the known forecasts of the airline, season and all', () => {
    const known = [440.969, 429.249, 490.693, 476.66, 480.631, 546.456, 603.953, 602.295, 524.99, 457.529, 398.738, 448.525];
    expect(apart(theta.forecast(prepare(passengers, [12]), 12).means, known)).toBeLessThan(0.0005);
  });

  it('is simple smoothing with half the slope of the line as drift (Hyndman and Billah 2003)', () => {
    const fit = fitTheta(nile);
    const [first = 0, second = 0] = thetaMeans(fit, 2);
    expect(second - first).toBeCloseTo(lineOf(nile).step / 2, 10);
  });

  it('goes on with a straight line, more slowly', () => {
    const means = thetaMeans(fitTheta(Array.from({ length: 20 }, (_, i) => 10 + 3 * i)), 2);
    expect(apart(means, [70, 73])).toBeLessThan(0.05);
  });
});

describe('seasons', () => {
  const week = [5, -3, 0, 2, -6, 1, 1];
  const planted = seriesOf(70, 9, (i, noise) => 50 + 0.2 * i + (week[i % 7] ?? 0) + 0.3 * noise);

  it('are found where they are, and not in noise', () => {
    expect(isSeasonal(planted, 7)).toBe(true);
    const found = Array.from({ length: 200 }, (_, seed) =>
      isSeasonal(
        seriesOf(70, seed * 7919 + 1, (_, noise) => noise),
        7,
      ),
    );
    expect(found.filter(Boolean).length / 200).toBeLessThan(0.15);
    expect(isSeasonal(planted.slice(0, 20), 7)).toBe(false);
  });

  it('have the planted indices, by classical decomposition and by STL', () => {
    const { indices, isMultiplicative } = seasonOf(
      [...planted, -1].slice(0, 70).map((value) => value - 60),
      7,
    );
    expect(isMultiplicative).toBe(false);
    for (const [place, value] of week.entries()) expect(indices[place]).toBeCloseTo(value, 0);
    const { seasonal, trend } = stlOf(planted, 7);
    for (const [place, value] of week.entries()) expect(seasonal[35 + place]).toBeCloseTo(value, 0);
    expect((trend[50] ?? 0) - (trend[20] ?? 0)).toBeCloseTo(6, 0);
  });

  it('are strong near 1 and absent near 0', () => {
    expect(strengthOf(planted, 7)).toBeGreaterThan(0.9);
    expect(
      strengthOf(
        seriesOf(140, 4, (_, noise) => noise),
        7,
      ),
    ).toBeLessThan(0.5);
  });

  it('of a day and a week are told apart, and both continue', () => {
    const day = (i: number): number => 10 * Math.sin((2 * Math.PI * i) / 24);
    const weekend = (i: number): number => (i % 168 >= 120 ? 20 : 0);
    const hours = seriesOf(24 * 7 * 4, 8, (i, noise) => 100 + day(i) + weekend(i) + noise);
    const { adjusted } = mstlOf(hours, [24, 168]);
    expect(Math.max(...adjusted) - Math.min(...adjusted)).toBeLessThan(15);
    const { means } = mstl.forecast(prepare(hours, [24, 168]), 168);
    const errors = means.map((mean, i) => Math.abs(mean - 100 - day(i) - weekend(i)));
    expect(errors.reduce((sum, error) => sum + error, 0) / 168).toBeLessThan(2);
    // The yardstick of one day knows no weekend.
    const naive = seasonalNaive(24).forecast(prepare(hours, [24, 168]), 168).means;
    expect(Math.abs((naive[100] ?? 0) - 100 - day(100))).toBeGreaterThan(10);
  });
});
