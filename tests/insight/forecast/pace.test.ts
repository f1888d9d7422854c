/** Does the pace against a goal add up, and does it say only what the intervals allow? */
import { expect, it } from 'vitest';
import { type Forecast, forecast } from '../../../shared/insight/forecast/forecast.ts';
import { paceOf } from '../../../shared/insight/forecast/pace.ts';
import { shopDays } from './series.ts';

const days = forecast({ values: shopDays(120, 3), periods: [7], horizon: 14 }) as Forecast;
const ahead = days.total.mean[9] ?? 0;

it('adds what is left of the month to what is there', () => {
  const { expected, interval80, neededADay } = paceOf(days, 2000, 3000, 10);
  expect(expected).toBeCloseTo(2000 + ahead, 8);
  expect(interval80.lower).toBeLessThan(expected);
  expect(interval80.upper).toBeGreaterThan(expected);
  expect(neededADay).toBe(100);
});

it('says likely and unlikely only where the interval lies on one side', () => {
  const outlookOf = (target: number): string => paceOf(days, 2000, target, 10).outlook;
  expect(outlookOf(1999)).toBe('reached');
  expect(outlookOf(2000 + 0.5 * ahead)).toBe('likely');
  expect(outlookOf(2000 + ahead)).toBe('open');
  expect(outlookOf(2000 + 1.5 * ahead)).toBe('unlikely');
});

it('has nothing to add on the last day, and no day to catch up', () => {
  expect(paceOf(days, 2000, 3000, 0)).toMatchObject({ expected: 2000, outlook: 'unlikely', neededADay: null });
  expect(paceOf(days, 3000, 3000, 0)).toMatchObject({ outlook: 'reached', neededADay: 0 });
});

it('refuses a forecast that ends before the month', () =>
  expect(() => paceOf(days, 0, 1, 15)).toThrow('ask for a horizon of 15'));
