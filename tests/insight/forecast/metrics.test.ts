/** Do the measures of error say what their definitions say? Vectors worked out by hand. */
import { expect, test } from 'vitest';
import { coverageOf, maseOf, msisOf, scaleOf, smapeOf, wapeOf } from '../../../shared/insight/forecast/metrics.ts';

test('sMAPE is 200 |y − f| / (|y| + |f|), and 0 for two zeros', () => {
  expect(smapeOf([100, 0], [50, 0])).toBeCloseTo(200 / 3 / 2, 10);
  expect(smapeOf([0, 0], [0, 0])).toBe(0);
  expect(smapeOf([0], [5])).toBe(200);
});

test('MASE is the error over the seasonal naive error of the history, and null where that is zero or not known', () => {
  expect(scaleOf([1, 3, 2, 6], 1)).toBeCloseTo(7 / 3, 10);
  expect(maseOf([10, 10], [8, 13], [1, 3, 2, 6], 2)).toBeCloseTo(2.5 / 2, 10);
  expect(maseOf([10], [8], [4, 4, 4], 1)).toBeNull();
  expect(maseOf([10], [8], [4], 7)).toBeNull();
});

test('WAPE is all errors over all values, and null where nothing was sold', () => {
  expect(wapeOf([10, 0, 30], [8, 2, 24])).toBe(0.25);
  expect(wapeOf([0, 0], [1, 2])).toBeNull();
});

test('coverage counts bounds as within', () => expect(coverageOf([1, 2, 3, 4], [1, 3, 0, 0], [1, 4, 9, 3])).toBe(0.5));

test('the interval score adds 40 times what lies outside an interval of 95 %', () => {
  const interval = { lower: [0, 0], upper: [10, 10], level: 0.95 };
  expect(msisOf([5, 12], interval, [1, 3, 5], 1)).toBeCloseTo((10 + 10 + 40 * 2) / 2 / 2, 10);
});

test('values that are not known are left out of every measure', () => {
  expect(smapeOf([null, 100], [1, 50])).toBeCloseTo(200 / 3, 10);
  expect(maseOf([null, 4], [0, 2], [1, null, 3, 5], 1)).toBe(1);
  expect(wapeOf([null, 4], [9, 2])).toBe(0.5);
  expect(coverageOf([null, 4], [0, 5], [1, 6])).toBe(0);
  expect(smapeOf([null], [1])).toBeNull();
});
