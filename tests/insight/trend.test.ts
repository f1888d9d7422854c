/** Does a trend find what was put into a series, and nothing where nothing was? */
import { describe, expect, it } from 'vitest';
import { leastDays, trendOf, weekdaysOf } from '../../shared/insight/trend/trend.ts';

/** Repeatable noise, about normal, with deviation 1. */
function noiseOf(seed: number): () => number {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, 0) - 6;
}
const series = (days: number, seed: number, of: (day: number, noise: number) => number): number[] => {
  const noise = noiseOf(seed);
  return Array.from({ length: days }, (_, day) => of(day, noise()));
};
const weekend = (day: number): number => (day % 7 >= 5 ? 30 : 0);

describe('a trend', () => {
  it('finds slope and weekdays, whatever one viral day does', () => {
    const values = series(120, 1, (day, noise) => 100 + 0.5 * day + weekend(day) + 4 * noise);
    values[60] = 20_000;
    const trend = trendOf(values, 0);
    expect(trend?.slope.value).toBeCloseTo(0.5, 1);
    expect(trend?.slope.lower).toBeGreaterThan(0.4);
    expect(trend?.slope.upper).toBeLessThan(0.6);
    const [monday = 0, , , , , saturday = 0] = trend?.weekdays ?? [];
    expect(saturday - monday).toBeGreaterThan(25);
    expect(saturday - monday).toBeLessThan(35);
  });

  it('finds the day of a change and both levels', () => {
    const values = series(120, 2, (day, noise) => (day < 70 ? 100 : 60) + weekend(day) + 5 * noise);
    const changes = trendOf(values, 0)?.changes ?? [];
    expect(changes).toHaveLength(1);
    expect(Math.abs((changes[0]?.at ?? 0) - 70)).toBeLessThanOrEqual(2);
    expect((changes[0]?.before ?? 0) - (changes[0]?.after ?? 0)).toBeGreaterThan(30);
  });

  it('has a slope whose interval holds nothing in about 95 of 100 series without one, and few changes', () => {
    const rounds = 200;
    let [held, changed] = [0, 0];
    for (let seed = 1; seed <= rounds; seed++) {
      const trend = trendOf(
        series(90, seed * 7919, (_, noise) => 50 + 5 * noise),
        3,
      );
      if (trend && trend.slope.lower <= 0 && trend.slope.upper >= 0) held++;
      if (trend?.changes.length) changed++;
    }
    expect(held / rounds).toBeGreaterThan(0.9);
    expect(changed / rounds).toBeLessThan(0.05);
  });

  it('of a constant, of zeros and of one day that sold is told without a number that is none', () => {
    for (const values of [Array(90).fill(7), Array(90).fill(0), Array.from({ length: 90 }, (_, i) => (i === 40 ? 900 : 0))]) {
      const trend = trendOf(values, 0);
      expect(trend?.changes).toEqual([]);
      expect(JSON.stringify(trend)).not.toMatch(/null|NaN|Infinity/);
      expect(trend?.slope.value).toBe(0);
    }
  });

  it('needs four weeks, and eight for weekdays', () => {
    expect(trendOf(Array(leastDays - 1).fill(1), 0)).toBeUndefined();
    expect(trendOf(Array(leastDays).fill(1), 0)?.weekdays).toBeNull();
  });

  it('is red where the weekdays are taken for the days of the series', () => {
    const values = series(84, 3, (day, noise) => 100 + weekend(day) + noise);
    const largest = (parts: number[]) => parts.indexOf(Math.max(...parts));
    expect([5, 6]).toContain(largest(weekdaysOf(values, 0)));
    expect([5, 6]).not.toContain(largest(weekdaysOf(values, 3)));
  });
});
