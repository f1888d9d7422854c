/** Against which earlier range is a range compared, and which day of it meets which day of the range? */
import { type Calendar, usualCalendar } from '../calendar.ts';
import { addDays, daysBetween, lastDayOfMonth, monthOf } from '../time.ts';
import type { Range } from './buckets.ts';

export const comparisons = [
  'previous',
  'previous_days',
  'previous_month',
  'previous_quarter',
  'previous_year',
  'previous_weekday_aligned',
  'previous_52_weeks',
  'custom',
] as const;
export type Comparison = (typeof comparisons)[number];

/** An earlier range, and the day in it that meets a day of the range; undefined where there is none, such as a 29 February. */
export interface Compared extends Range {
  /** Its days were chosen one by one: they may be more or fewer. */
  isCustom?: true;
  meets: (day: string) => string | undefined;
}

const addMonths = (month: string, n: number): string => {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
};

const isWholeMonths = ({ from, to }: Range): boolean => from.endsWith('-01') && to === lastDayOfMonth(monthOf(to));
const monthsOf = ({ from, to }: Range): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1;

/** Is a range one month, or one quarter or year of the creator's own calendar? */
function isCalendarPeriod(range: Range, { fiscalYearStart }: Calendar): boolean {
  if (!isWholeMonths(range)) return false;
  const months = monthsOf(range);
  const place = (Number(range.from.slice(5, 7)) - fiscalYearStart + 12) % 12;
  return months === 1 || (months === 3 && place % 3 === 0) || (months === 12 && place === 0);
}

/** The same date n months earlier; undefined where that month is too short. */
function dateBack(day: string, n: number): string | undefined {
  const month = addMonths(monthOf(day), -n);
  const same = `${month}${day.slice(7)}`;
  return same <= lastDayOfMonth(month) ? same : undefined;
}

/** The same dates n months earlier: whole months stay whole, a date that the month does not have becomes its last day. */
function monthsBack(range: Range, n: number): Compared {
  const last = (day: string): string => dateBack(day, n) ?? lastDayOfMonth(addMonths(monthOf(day), -n));
  const to = isWholeMonths(range) ? lastDayOfMonth(addMonths(monthOf(range.to), -n)) : last(range.to);
  // A range of one day meets one day, whatever the months are like.
  const meets = (day: string) => (range.from === range.to ? to : dateBack(day, n));
  return { from: last(range.from), to, meets };
}

const daysBack = ({ from, to }: Range, n: number): Compared => ({
  from: addDays(from, -n),
  to: addDays(to, -n),
  meets: (day) => addDays(day, -n),
});

/**
 * The range compared with.
 * - `previous`: the month, quarter or year before, where the range is one (quarters and years as the calendar says), else as many days
 *   just before.
 * - `previous_days`: as many days just before, whatever month they make.
 * - `previous_month`: the same dates in the month before; of a range that touches n months, n months before.
 * - `previous_quarter`: the same dates three months before, or the fewest whole quarters that clear the range.
 * - `previous_year`: the same dates a year earlier, whole months staying whole.
 * - `previous_weekday_aligned`: as many days, moved back by the fewest whole weeks that clear the range: each day meets its own weekday.
 * - `previous_52_weeks`: 364 days earlier, so that each day meets its own weekday of about a year before.
 * - `custom`: the days of `custom`, in their order.
 */
export function comparedRange(
  range: Range,
  comparison: Comparison,
  { calendar = usualCalendar, custom }: { calendar?: Calendar; custom?: Range | undefined } = {},
): Compared {
  const days = daysBetween(range.from, range.to) + 1;
  switch (comparison) {
    case 'previous':
      return isCalendarPeriod(range, calendar) ? monthsBack(range, monthsOf(range)) : daysBack(range, days);
    case 'previous_days':
      return daysBack(range, days);
    case 'previous_month':
      return monthsBack(range, monthsOf(range));
    case 'previous_quarter':
      return monthsBack(range, Math.ceil(monthsOf(range) / 3) * 3);
    case 'previous_year':
      return monthsBack(range, 12);
    case 'previous_weekday_aligned':
      return daysBack(range, Math.ceil(days / 7) * 7);
    case 'previous_52_weeks':
      return daysBack(range, Math.ceil(days / 364) * 364);
    case 'custom': {
      if (!custom) throw new RangeError('a custom comparison needs its days');
      const { from, to } = custom;
      const meets = (day: string) => {
        const met = addDays(from, daysBetween(range.from, day));
        return met <= to ? met : undefined;
      };
      return { from, to, meets, isCustom: true };
    }
  }
}

/**
 * Why nothing is said of a change: there is no data that early; no part of the range has gone by; the days compared with are not over;
 * there are more or fewer of them; there is no number on one side; the earlier number is zero, or below it (a difference is told then).
 */
export const reasonsForNoChange = ['no_data', 'ahead', 'not_over', 'other_length', 'no_number', 'zero', 'negative'] as const;
export type ReasonForNoChange = (typeof reasonsForNoChange)[number];

/** (now − then) ÷ then to four digits; null where there is nothing to divide by, or where a share of it would say nothing (below zero). */
export function changeOf(now: number | null, then: number | null): number | null {
  if (now === null || then === null || then <= 0) return null;
  return Math.round(((now - then) / then) * 10_000) / 10_000;
}
