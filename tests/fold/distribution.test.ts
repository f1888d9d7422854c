/** Are percentiles within one percent of what they stand for? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, quantile, representativeOf } from '../../shared/fold/distribution.ts';

const seconds = fc.double({ min: 1, max: 1e9, noNaN: true });
const counted = (values: number[]): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
  return counts;
};

describe('a distribution', () => {
  it('represents every value within 1 %', () => {
    fc.assert(
      fc.property(seconds, (value) => {
        expect(Math.abs(representativeOf(bucketOf(value)) - value) / value).toBeLessThan(0.010_001);
      }),
    );
  });

  it('keeps the order of values', () => {
    fc.assert(fc.property(seconds, seconds, (a, b) => bucketOf(Math.min(a, b)) <= bucketOf(Math.max(a, b))));
  });

  it('answers each quantile within 1 % of the value of that rank', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] as number;
        expect(Math.abs((quantile(counted(values), q) as number) - exact) / exact).toBeLessThan(0.010_001);
      }),
    );
  });

  it('says null of nothing, and zero of what is below one', () => {
    expect(quantile(new Map(), 0.5)).toBeNull();
    expect(quantile(counted([0, 0.5, -30]), 0.9)).toBe(0);
  });
});
