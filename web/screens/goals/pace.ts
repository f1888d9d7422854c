/** Where does a month lead? A count or an amount at the pace of the days that have ended; a rate as it stands. */
import { daysBetween, lastDayOfMonth } from '../../../shared/time.ts';
import type { Unit } from '../../formatting/numbers.ts';

export interface Pace {
  state: 'ahead' | 'running' | 'over';
  /** What the month comes to at this pace; of a month that is over what it came to. Null before anything is known. */
  leadsTo: number | null;
}

/** `soFar` is of the days of the month up to today; `today` is a local day. */
export function paceOf(month: string, today: string, soFar: number | null, unit: Unit): Pace {
  const [first, last] = [`${month}-01`, lastDayOfMonth(month)];
  if (today < first) return { state: 'ahead', leadsTo: null };
  if (today > last) return { state: 'over', leadsTo: soFar };
  if (soFar === null || unit === 'ratio') return { state: 'running', leadsTo: soFar };
  // Today counts as a whole day: on its first morning a month leads to little, and to no more than it has sold.
  const days = daysBetween(first, today) + 1;
  return { state: 'running', leadsTo: (soFar / days) * (daysBetween(first, last) + 1) };
}
