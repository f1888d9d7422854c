/** Which days come before or after a range, as many as it has? Whole months stay whole months. */
import { addDays, daysBetween, lastDayOfMonth, monthOf } from '../../shared/time.ts';
import type { Days } from './presets.ts';

const isWholeMonths = ({ from, to }: Days): boolean => from.endsWith('-01') && to === lastDayOfMonth(monthOf(to));

function addMonths(month: string, n: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** The range just before (-1) or just after (1); undefined where it would begin after today. */
export function shiftDays(days: Days, direction: 1 | -1, today: string): Days | undefined {
  const { from, to } = days;
  let shifted: Days;
  if (isWholeMonths(days)) {
    const months =
      (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1;
    const first = addMonths(monthOf(from), direction * months);
    shifted = { from: `${first}-01`, to: lastDayOfMonth(addMonths(first, months - 1)) };
  } else {
    const length = direction * (daysBetween(from, to) + 1);
    shifted = { from: addDays(from, length), to: addDays(to, length) };
  }
  if (shifted.from > today) return undefined;
  return shifted.to > today ? { ...shifted, to: today } : shifted;
}
