/** Against which earlier range is a range compared? */
import { addDays, daysBetween, lastDayOfMonth, monthOf } from '../time.ts';
import type { Range } from './buckets.ts';

export type Comparison = 'previous' | 'previous_year' | 'previous_weekday_aligned';

const addMonths = (month: string, n: number): string => {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
};

/** Number of months of a range that is a calendar month (1), quarter (3) or year (12); undefined for any other. */
function calendarMonths({ from, to }: Range): 1 | 3 | 12 | undefined {
  if (!from.endsWith('-01') || to !== lastDayOfMonth(monthOf(to))) return undefined;
  const first = Number(from.slice(5, 7));
  for (const months of [1, 3, 12] as const)
    if ((first - 1) % months === 0 && monthOf(to) === addMonths(monthOf(from), months - 1)) return months;
  return undefined;
}

const monthsBack = ({ from, to }: Range, n: number): Range => ({
  from: `${addMonths(monthOf(from), -n)}-01`,
  to: lastDayOfMonth(addMonths(monthOf(to), -n)),
});

/** The day a year earlier; of 29 February the 28th. */
function yearBack(day: string): string {
  const month = addMonths(monthOf(day), -12);
  const same = `${month}${day.slice(7)}`;
  const last = lastDayOfMonth(month);
  return same < last ? same : last;
}

/**
 * The range compared with. `previous`: the calendar month, quarter or year before, where the range is one, else as many days just
 * before. `previous_year`: the same days a year earlier, whole months staying whole. `previous_weekday_aligned`: as many days, moved
 * back by the fewest whole weeks that clear the range, so that each day meets its own weekday.
 */
export function comparedRange(range: Range, comparison: Comparison): Range {
  const { from, to } = range;
  const days = daysBetween(from, to) + 1;
  const back = (n: number): Range => ({ from: addDays(from, -n), to: addDays(to, -n) });
  if (comparison === 'previous_weekday_aligned') return back(Math.ceil(days / 7) * 7);
  if (comparison === 'previous') {
    const months = calendarMonths(range);
    return months ? monthsBack(range, months) : back(days);
  }
  const isWholeMonths = from.endsWith('-01') && to === lastDayOfMonth(monthOf(to));
  return isWholeMonths ? monthsBack(range, 12) : { from: yearBack(from), to: yearBack(to) };
}

/** (now − then) ÷ |then| to four digits; null where there is nothing to divide by. */
export function changeOf(now: number | null, then: number | null): number | null {
  if (now === null || then === null || then === 0) return null;
  return Math.round(((now - then) / Math.abs(then)) * 10_000) / 10_000;
}
