/** How do a creator's campaigns, holidays and working days become columns of a forecast? From local days, past and future alike. */
import { addDays, daysOf, lastDayOfMonth } from '../../time.ts';
import type { KnownFuture } from './calendar.ts';

/** First and last local day, both included. */
export interface DayRange {
  from: string;
  to: string;
}

/** 1 on each day that lies in one of the ranges, 0 on others: `length` days from `start` on (history and horizon). */
export function eventColumn(name: string, start: string, length: number, ranges: readonly DayRange[]): KnownFuture {
  const values = Array.from({ length }, (_, i) => {
    const day = addDays(start, i);
    return ranges.some(({ from, to }) => day >= from && day <= to) ? 1 : 0;
  });
  return { name, values };
}

/** How many days of each month are neither Saturday, Sunday nor a holiday: `length` months from the one of `start` (2026-11) on. */
export function workingDaysColumn(name: string, start: string, length: number, holidays: readonly string[]): KnownFuture {
  const closed = new Set(holidays);
  let first = `${start.slice(0, 7)}-01`;
  const values = Array.from({ length }, () => {
    const last = lastDayOfMonth(first.slice(0, 7));
    const days = daysOf(first, last);
    first = addDays(last, 1);
    return days.filter((day) => new Date(day).getUTCDay() % 6 !== 0 && !closed.has(day)).length;
  });
  return { name, values };
}
