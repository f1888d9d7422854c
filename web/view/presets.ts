/** Which ranges of days have a name? They slide: a bookmark of "last 30 days" is of the last 30 days when it is opened. */
import { type Calendar, startOfQuarter, startOfYear, usualCalendar } from '../../shared/calendar.ts';
import type { Comparison } from '../../shared/reports/compare.ts';
import { addDays, lastDayOfMonth, monthOf, weekStartOf } from '../../shared/time.ts';
import type { MessageId } from '../formatting/say.ts';

export interface Days {
  from: string;
  to: string;
}

interface Preset {
  title: MessageId;
  /** What "the period before" is: the same weekdays of a week, the same dates of a month, as many days of any other. */
  before: Comparison;
  /** `today` is the creator's local day. */
  days(today: string, calendar?: Calendar): Days;
}

const firstOf = (month: string): string => `${month}-01`;
const monthBefore = (day: string): string => monthOf(addDays(firstOf(monthOf(day)), -1));
const lastDays =
  (n: number) =>
  (today: string): Days => ({ from: addDays(today, -n), to: addDays(today, -1) });

export const presets = {
  today: { title: 'range.today', before: 'previous_days', days: (today) => ({ from: today, to: today }) },
  yesterday: { title: 'range.yesterday', before: 'previous_days', days: lastDays(1) },
  last7: { title: 'range.last7', before: 'previous_days', days: lastDays(7) },
  last30: { title: 'range.last30', before: 'previous_days', days: lastDays(30) },
  last90: { title: 'range.last90', before: 'previous_days', days: lastDays(90) },
  week: {
    title: 'range.week',
    before: 'previous_weekday_aligned',
    days: (today, { weekStart } = usualCalendar) => ({ from: weekStartOf(today, weekStart), to: today }),
  },
  month: { title: 'range.month', before: 'previous_month', days: (today) => ({ from: firstOf(monthOf(today)), to: today }) },
  lastMonth: {
    title: 'range.lastMonth',
    before: 'previous',
    days: (today) => ({ from: firstOf(monthBefore(today)), to: lastDayOfMonth(monthBefore(today)) }),
  },
  quarter: { title: 'range.quarter', before: 'previous_quarter', days: (today) => ({ from: startOfQuarter(today), to: today }) },
  year: { title: 'range.year', before: 'previous_year', days: (today) => ({ from: startOfYear(today), to: today }) },
  fiscalQuarter: {
    title: 'range.fiscalQuarter',
    before: 'previous_quarter',
    days: (today, calendar = usualCalendar) => ({ from: startOfQuarter(today, calendar), to: today }),
  },
  fiscalYear: {
    title: 'range.fiscalYear',
    before: 'previous_year',
    days: (today, calendar = usualCalendar) => ({ from: startOfYear(today, calendar), to: today }),
  },
  last365: { title: 'range.last365', before: 'previous_days', days: lastDays(365) },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

export const isPreset = (name: string): name is PresetName => Object.hasOwn(presets, name);

/** The ranges that are offered: those of a financial year only where it is not the calendar's. */
export const presetsFor = ({ fiscalYearStart }: Calendar): PresetName[] =>
  (Object.keys(presets) as PresetName[]).filter((name) => fiscalYearStart !== 1 || !name.startsWith('fiscal'));
