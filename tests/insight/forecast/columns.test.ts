/** Do days of a calendar stand at their places in the columns? */
import { expect, it } from 'vitest';
import { eventColumn, workingDaysColumn } from '../../../shared/insight/forecast/columns.ts';

it('an event is 1 from its first day to its last, over the end of a month and of the history', () => {
  const ranges = [
    { from: '2026-02-27', to: '2026-03-01' },
    { from: '2026-03-04', to: '2026-03-04' },
  ];
  expect(eventColumn('campaign', '2026-02-26', 8, ranges)).toEqual({ name: 'campaign', values: [0, 1, 1, 1, 0, 0, 1, 0] });
});

it('working days are counted month by month, leap years and holidays too', () => {
  const { values } = workingDaysColumn('working days', '2027-12', 3, ['2028-01-03', '2028-01-01']);
  expect(values).toEqual([23, 20, 21]);
});
