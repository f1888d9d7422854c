/** Does every history get numbers with a reason, or an honest refusal? Bad input, the laws of forecasts, and whether they would be seen broken. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Forecast, type ForecastQuestion, forecast } from '../../../shared/insight/forecast/forecast.ts';
import type { Prepared } from '../../../shared/insight/forecast/forecaster.ts';
import { fullDefault, hotDefault } from '../../../shared/insight/forecast/ladder.ts';
import { type Ask, faultsOf, isBlindToFuture, isEquivariant } from './laws.ts';
import { passengers, seriesOf, shopDays } from './series.ts';

const given = (question: ForecastQuestion): Forecast => {
  const answer = forecast(question);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};
const spiked = shopDays(120, 3).with(100, 5000);
const gapped = shopDays(120, 4).map((value, i) => (i % 9 === 4 || (i > 50 && i < 70) ? null : value));
/** Hours of local time around a clock change: one is missing in March, so it is not known. */
const hours = seriesOf(24 * 21, 6, (i, noise) => 50 + 30 * Math.sin((2 * Math.PI * i) / 24) + noise).map((value, i) =>
  i === 242 ? null : value,
);

const histories: [string, (number | null)[], number[]][] = [
  ['a viral day of fifty times the usual', spiked, [7]],
  ['a viral day as the last one', shopDays(120, 3).with(119, 5000), [7]],
  ['nothing but zeros', Array(90).fill(0), [7]],
  ['zeros and one sale', Array(90).fill(0).with(40, 3), [7]],
  ['a constant', Array(90).fill(7), [7]],
  ['a constant below zero', Array(90).fill(-7), [7]],
  ['gaps', gapped, [7]],
  ['gaps at both ends', [null, null, ...shopDays(60, 5), null, null], [7]],
  ['negative values', shopDays(90, 6).map((value) => value - 100), [7]],
  ['exactly two periods', shopDays(14, 7), [7]],
  ['exactly two identical periods', [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7], [7]],
  ['a straight line', Array.from({ length: 50 }, (_, i) => i), []],
  ['a perfect week', Array.from({ length: 70 }, (_, i) => 1 + (i % 7)), [7]],
  ['a shop closed on Sundays', shopDays(90, 8).map((value, i) => (i % 7 === 6 ? 0 : value)), [7]],
  ['a product that ended', shopDays(90, 9).map((value, i) => (i > 45 ? 0 : value)), [7]],
  ['hours over a change of clocks', hours, [24, 168]],
  ['numbers near the largest there are', shopDays(60, 2).map((value) => value * 1e297), [7]],
  ['numbers near the smallest there are', shopDays(60, 2).map((value) => value * 1e-310), [7]],
  ['a fall to zero', Array.from({ length: 40 }, (_, i) => Math.max(0, 100 - 4 * i)), []],
];

describe.each(['full', 'hot'] as const)('the %s default', (mode) => {
  it.each(histories)('of %s answers numbers of some width', (_, values, periods) => {
    const question = { values, periods, horizon: 21, mode };
    expect(faultsOf(question, given(question))).toEqual([]);
  });

  it.each([0, 1, 2, 3])('of %s values refuses in words', (count) => {
    const answer = forecast({
      values: [5, null, 6, 7].filter((value) => value !== null).slice(0, count),
      periods: [7],
      horizon: 5,
      mode,
    });
    expect(answer).toEqual({ refused: expect.stringMatching(count ? /takes 4 known values at least; here/ : /no history yet/) });
  });

  it.each([4, 5, 9, 10, 13, 14, 20, 21])('of %s values answers', (count) => {
    const question = { values: shopDays(count, 12), periods: [7], horizon: 14, mode };
    expect(faultsOf(question, given(question))).toEqual([]);
  });

  it('answers anything at all without a fault', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.constant(0),
      fc.integer({ min: -1000, max: 1000 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const question = fc.record({
      values: fc.array(value, { maxLength: 70 }),
      periods: fc.constantFrom([], [1], [7], [12], [4, 8]),
      horizon: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(question, (asked) => faultsOf(asked, forecast({ ...asked, mode })).length === 0),
      { numRuns: 300 },
    );
  });

  it('answers the same again', () => {
    const question = { values: passengers, periods: [12], horizon: 12, mode };
    expect(JSON.stringify(forecast(question))).toBe(JSON.stringify(forecast(question)));
  });

  it('answers in the unit that it was asked in', () => {
    for (const values of [passengers, shopDays(90, 4), spiked, gapped])
      for (const factor of [2 ** -30, 0.01, 1000, 2 ** 40])
        expect(isEquivariant(forecast, { values, periods: [7], horizon: 14, mode }, factor)).toBe(true);
  });
});

describe('a forecast', () => {
  it('refuses what can not be asked, and says what to ask', () => {
    const values = shopDays(30, 1);
    const refused = (question: Partial<ForecastQuestion>) => forecast({ values, periods: [7], horizon: 7, ...question });
    expect(refused({ horizon: 0 })).toEqual({ refused: expect.stringContaining('ask for 1 to') });
    expect(refused({ horizon: 1.5 })).toEqual({ refused: expect.stringContaining('ask for 1 to') });
    expect(refused({ values: [1, 2, 3, 1e301] })).toEqual({ refused: expect.stringContaining('Value 4') });
    expect(refused({ periods: [0.5] })).toEqual({ refused: expect.stringContaining('whole numbers') });
    expect(refused({ knownFuture: [{ name: 'sale', values: [1, 0] }] })).toEqual({ refused: expect.stringContaining('"sale"') });
  });

  it('takes what is no number for not known', () => {
    const values = shopDays(60, 2);
    const answer = given({ values: values.with(30, Number.NaN), periods: [7], horizon: 7 });
    expect(answer).toEqual(given({ values: (values as (number | null)[]).with(30, null), periods: [7], horizon: 7 }));
    expect(answer.filled).toBe(1);
  });

  it('hardly moves for one viral day, and its intervals do not explode', () => {
    const [calm, viral] = [shopDays(120, 3), spiked].map((values) => given({ values, periods: [7], horizon: 14 }));
    expect(viral?.spikes).toBe(1);
    for (const [i, mean] of (calm?.mean ?? []).entries()) {
      expect(Math.abs((viral?.mean[i] ?? 0) / mean - 1)).toBeLessThan(0.05);
      expect((viral?.interval95.upper[i] ?? 0) / (calm?.interval95.upper[i] ?? 1)).toBeLessThan(1.3);
    }
  });

  it('follows a shop that trebled, and its intervals have learnt from it', () => {
    const trebled = shopDays(140, 8).map((value, i) => (i < 120 ? value : 3 * value));
    const { mean, interval95 } = given({ values: trebled, periods: [7], horizon: 14 });
    const total = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0);
    expect(total(mean) / (14 * 3 * 105)).toBeGreaterThan(0.8);
    expect(total(mean) / (14 * 3 * 105)).toBeLessThan(1.2);
    expect(total(interval95.upper) / total(mean)).toBeLessThan(3.5);
  });

  it('says that it never goes below zero only of what never did', () => {
    expect(given({ values: shopDays(60, 1), periods: [7], horizon: 7 }).isClamped).toBe(true);
    expect(given({ values: shopDays(60, 1).with(3, -1), periods: [7], horizon: 7 }).isClamped).toBe(false);
  });

  it('says how it came about: members by season, length and zeros', () => {
    const methodOf = (values: number[], periods: number[]): string => given({ values, periods, horizon: 7 }).method;
    expect(methodOf(shopDays(120, 1), [7])).toBe('theta+ets+mstl+seasonal-naive');
    expect(
      methodOf(
        seriesOf(120, 1, (_, noise) => 50 + noise),
        [7],
      ),
    ).toBe('theta+ets+damped');
    expect(methodOf(shopDays(8, 1), [7])).toBe('theta+ses');
    expect(
      methodOf(
        Array(60)
          .fill(0)
          .map((_, i) => (i % 5 ? 0 : 3 + (i % 4))),
        [],
      ),
    ).toBe('ses');
    expect(methodOf([1, 2, 3, 4, 9, 30, 20, 1, 3, 3, 5, 8, 31, 22], [7])).toBe('theta+seasonal-naive');
    const hourly = seriesOf(
      24 * 7 * 4,
      8,
      (i, noise) => 100 + 20 * Math.sin((2 * Math.PI * i) / 24) + (i % 168 >= 120 ? 20 : 0) + noise,
    );
    expect(methodOf(hourly, [24, 168])).toBe('mstl');
  });

  it('holds what comes about as often as its intervals say', () => {
    let [within80, within95, count] = [0, 0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const all = shopDays(134, seed * 104729);
      const { interval80, interval95 } = given({ values: all.slice(0, 120), periods: [7], horizon: 14 });
      for (const [i, value] of all.slice(120).entries()) {
        count++;
        if (value >= (interval80.lower[i] ?? 0) && value <= (interval80.upper[i] ?? 0)) within80++;
        if (value >= (interval95.lower[i] ?? 0) && value <= (interval95.upper[i] ?? 0)) within95++;
      }
    }
    expect(within80 / count).toBeGreaterThan(0.74);
    expect(within80 / count).toBeLessThan(0.9);
    expect(within95 / count).toBeGreaterThan(0.91);
    expect(within95 / count).toBeLessThan(0.99);
  });

  it('holds sums of days as often as it says, which their limits added up would not', () => {
    // A level that wanders: errors of neighbouring days go the same way.
    const wandering = (seed: number): number[] => {
      let level = 1000;
      return seriesOf(148, seed, (_, noise) => {
        level += 15 * noise;
        return level;
      });
    };
    let [within80, within95, count] = [0, 0, 0];
    for (let seed = 1; seed <= 80; seed++) {
      const all = wandering(seed * 104729);
      const { mean, interval80, interval95 } = given({ values: all.slice(0, 120), periods: [], horizon: 28 }).total;
      const sold = all.slice(120).reduce((sum, value) => sum + value, 0);
      count++;
      if (sold >= (interval80.lower[27] ?? 0) && sold <= (interval80.upper[27] ?? 0)) within80++;
      if (sold >= (interval95.lower[27] ?? 0) && sold <= (interval95.upper[27] ?? 0)) within95++;
      expect(mean[27]).toBeGreaterThan(mean[26] ?? 0);
    }
    expect(within80 / count).toBeGreaterThan(0.65);
    expect(within95 / count).toBeGreaterThan(0.86);
    expect(within80 / count).toBeLessThan(0.95);
  });

  it('has a back-test that knows its yardstick', () => {
    const { backtest: record } = given({ values: shopDays(120, 5), periods: [7], horizon: 14 });
    expect(record?.origins).toBe(6);
    expect(record?.wape ?? 1).toBeLessThan(record?.naiveWape ?? 0);
    expect(given({ values: shopDays(11, 5), periods: [7], horizon: 7 }).backtest?.points ?? 0).toBeLessThanOrEqual(1);
    expect(given({ values: shopDays(6, 5), periods: [7], horizon: 7 }).backtest).toBeNull();
  });
});

describe('the back-test', () => {
  const question = (history: (number | null)[]) => ({ history, periods: [7], horizon: 14, knownFuture: [] });

  it('knows nothing of what came later', () => {
    for (const choose of [fullDefault, hotDefault])
      for (const values of [shopDays(90, 3), spiked, gapped, passengers])
        for (const from of [values.length - 3, values.length - 9, values.length - 20])
          expect(isBlindToFuture(question(values), () => choose, from)).toBe(true);
  });

  it('that peeks would be seen', () => {
    const peeking = (world: readonly (number | null)[]): typeof fullDefault => {
      const level = Math.max(...world.map((value) => value ?? 0));
      const forecaster = {
        name: 'peeks',
        forecast: (_: Prepared, horizon: number) => ({
          means: Array(horizon).fill(level),
          deviations: Array(horizon).fill(1),
          sumDeviations: Array(horizon).fill(1),
        }),
      };
      return (values, periods) => ({ series: fullDefault(values, periods).series, forecaster });
    };
    expect(isBlindToFuture(question(shopDays(90, 3)), peeking, 80)).toBe(false);
  });
});

describe('a planted bug is seen', () => {
  const question = { values: shopDays(60, 2), periods: [7], horizon: 7 };
  const bugs: [string, (answer: Forecast) => Forecast][] = [
    ['no width', (answer) => ({ ...answer, interval80: { lower: answer.mean, upper: answer.mean } })],
    ['no number', (answer) => ({ ...answer, mean: answer.mean.with(3, Number.NaN) })],
    ['below zero', (answer) => ({ ...answer, interval95: { ...answer.interval95, lower: answer.mean.map(() => -1) } })],
    ['out of order', (answer) => ({ ...answer, interval80: answer.interval95, interval95: answer.interval80 })],
    ['another length than asked', (answer) => ({ ...answer, mean: answer.mean.slice(1) })],
  ];
  it.each(bugs)('%s', (fault, plant) => expect(faultsOf(question, plant(given(question)))).toContain(fault));

  it('a width that does not know the unit', () => {
    const broken: Ask = (asked) => {
      const answer = given(asked);
      return { ...answer, interval95: { ...answer.interval95, upper: answer.interval95.upper.map((value) => value + 1) } };
    };
    expect(isEquivariant(broken, question, 1000)).toBe(false);
  });
});
