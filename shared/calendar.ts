/** How does a creator cut time? Where their weeks begin, and in which month their financial year does. */
import { monthOf, type WeekStart } from './time.ts';

export const weekStarts = ['monday', 'sunday', 'saturday'] as const satisfies WeekStart[];

export interface Calendar {
  weekStart: WeekStart;
  /** 1 to 12. */
  fiscalYearStart: number;
}

export const usualCalendar: Calendar = { weekStart: 'monday', fiscalYearStart: 1 };

/** The calendar that the preferences of a profile say; what they do not say, or say wrongly, is as usual. */
export function readCalendar(preferences: unknown): Calendar {
  const { weekStart, fiscalYearStart } = (preferences ?? {}) as Partial<Record<keyof Calendar, unknown>>;
  const month = Number(fiscalYearStart);
  const isMonth = typeof fiscalYearStart === 'number' && Number.isInteger(month) && month >= 1 && month <= 12;
  return {
    weekStart: weekStarts.find((known) => known === weekStart) ?? usualCalendar.weekStart,
    fiscalYearStart: isMonth ? month : usualCalendar.fiscalYearStart,
  };
}

/** The first day of the period of so many months that a day is in; the periods are counted from the month that the year starts in. */
function startOfMonths(day: string, months: number, { fiscalYearStart }: Calendar): string {
  const month = monthOf(day);
  const sinceStart = (Number(month.slice(5)) - fiscalYearStart + 12) % months;
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - sinceStart;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}-01`;
}

export const startOfQuarter = (day: string, calendar: Calendar = usualCalendar): string => startOfMonths(day, 3, calendar);
export const startOfYear = (day: string, calendar: Calendar = usualCalendar): string => startOfMonths(day, 12, calendar);
