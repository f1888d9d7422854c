/** Is a range of five calendar years taken as a whole, leap years included, and not a day more? */
import { expect, it } from 'vitest';
import { earliestWith, latestWith } from '../shared/most-years.ts';
import { addDays } from '../shared/time.ts';
import { allDays } from '../web/view/data-days.ts';
import { isRange } from '../web/view/view.ts';

it('ends on the eve of the same date, five years on', () => {
  expect(latestWith('2021-01-01')).toBe('2025-12-31');
  expect(latestWith('2024-02-29')).toBe('2029-02-28');
  expect(earliestWith('2025-12-31')).toBe('2021-01-01');
});

it('is the longest that the dashboard asks for, from every day of two leap years', () => {
  for (let day = '2023-06-01'; day < '2025-06-01'; day = addDays(day, 1)) {
    expect(isRange({ from: day, to: latestWith(day) })).toBe(true);
    expect(isRange({ from: day, to: addDays(latestWith(day), 1) })).toBe(false);
    // The first day for a last one still reaches it.
    expect(latestWith(earliestWith(day)) >= day).toBe(true);
  }
});

it('keeps the newest five years of a shop that is older', () => {
  expect(allDays({ dataFrom: '2010-05-01', dataTo: '2026-11-27', newestSale: null })).toEqual({
    from: '2021-11-28',
    to: '2026-11-27',
  });
  expect(allDays({ dataFrom: '2021-11-28', dataTo: '2026-11-27', newestSale: null })?.from).toBe('2021-11-28');
});
