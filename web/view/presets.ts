/** Which ranges of days have a name? They slide: a bookmark of "last 30 days" is of the last 30 days when it is opened. */
import { addDays, lastDayOfMonth, mondayOf, monthOf } from '../../shared/time.ts';

export interface Days {
  from: string;
  to: string;
}

interface Preset {
  title: string;
  /** `today` is the creator's local day. */
  days(today: string): Days;
}

const firstOf = (month: string): string => `${month}-01`;
const monthBefore = (day: string): string => monthOf(addDays(firstOf(monthOf(day)), -1));
const quarterOf = (day: string): string => {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
};
const lastDays =
  (n: number) =>
  (today: string): Days => ({ from: addDays(today, -n), to: addDays(today, -1) });

export const presets = {
  today: { title: 'Today', days: (today) => ({ from: today, to: today }) },
  yesterday: { title: 'Yesterday', days: lastDays(1) },
  last7: { title: 'Last 7 days', days: lastDays(7) },
  last30: { title: 'Last 30 days', days: lastDays(30) },
  last90: { title: 'Last 90 days', days: lastDays(90) },
  week: { title: 'This week', days: (today) => ({ from: mondayOf(today), to: today }) },
  month: { title: 'This month', days: (today) => ({ from: firstOf(monthOf(today)), to: today }) },
  lastMonth: {
    title: 'Last month',
    days: (today) => ({ from: firstOf(monthBefore(today)), to: lastDayOfMonth(monthBefore(today)) }),
  },
  quarter: { title: 'This quarter', days: (today) => ({ from: quarterOf(today), to: today }) },
  year: { title: 'This year', days: (today) => ({ from: `${today.slice(0, 4)}-01-01`, to: today }) },
  last365: { title: 'Last 365 days', days: lastDays(365) },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;

export const isPreset = (name: string): name is PresetName => Object.hasOwn(presets, name);
