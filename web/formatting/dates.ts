/** How is a day or an instant told? In the reader's language, in the creator's zone; days are plain dates and have none. */
import type { Grain } from '../../shared/kpis/grains.ts';
import type { WeekStart } from '../../shared/time.ts';
import { remembered } from './formats.ts';
import { say } from './say.ts';

const formatOf = remembered((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));

const noon = (day: string): Date => new Date(`${day.slice(0, 10)}T12:00:00Z`);
/** An address may name a day that is none: it is shown as it stands. */
const ofDay = (options: Intl.DateTimeFormatOptions, day: string): string =>
  Number.isNaN(noon(day).getTime()) ? day : formatOf({ ...options, timeZone: 'UTC' }).format(noon(day));

/** A day: 3 Mar 2026. */
export const formatDay = (day: string): string => ofDay({ day: 'numeric', month: 'short', year: 'numeric' }, day);
/** A day with its weekday: Tue, 3 Mar. */
export const formatWeekday = (day: string): string => ofDay({ weekday: 'short', day: 'numeric', month: 'short' }, day);

/** The days of a range, told once where they are one. */
export function formatRange(from: string, to: string): string {
  if (from === to) return formatDay(from);
  return formatOf({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(noon(from), noon(to));
}

/** The days that a comparison covers, and until when of the last one. */
export function formatCovered({ from, to, until }: { from: string; to: string; until?: string | undefined }): string {
  const range = formatRange(from, to);
  return until === undefined ? range : say('compare.covered', { range, time: until });
}

/** Where a point stands, by grain; an hour is told by its own clock, as the creator read it. A part of a week or month tells its days. */
export function formatBucket(at: string, grain: Grain, part?: { to?: string | undefined; isCut?: true | undefined }): string {
  if (part?.isCut && part.to && grain !== 'hour' && grain !== 'day') return formatRange(at, part.to);
  if (grain === 'hour') return `${formatWeekday(at)}, ${at.slice(11, 13)}:00`;
  if (grain === 'week') return say('bucket.weekOf', { day: formatDay(at) });
  return grain === 'month' ? ofDay({ month: 'long', year: 'numeric' }, at) : formatWeekday(at);
}

/** Days without their year: 1 – 10 Nov. */
const formatShortRange = (from: string, to: string, options: Intl.DateTimeFormatOptions): string =>
  from === to ? ofDay(options, from) : formatOf({ ...options, timeZone: 'UTC' }).formatRange(noon(from), noon(to));

/** The same for an axis: with its year where that is another one than that of the label before it. */
export function formatTick(
  at: string,
  grain: Grain,
  part?: { to?: string | undefined; isCut?: true | undefined },
  before?: string,
): string {
  if (grain === 'hour') return `${at.slice(11, 13)}:00`;
  const isNewYear = before !== undefined && before.slice(0, 4) !== at.slice(0, 4);
  const year = isNewYear ? ({ year: 'numeric' } as const) : {};
  const date = { day: 'numeric', month: 'short', ...year } as const;
  if (part?.isCut && part.to && grain !== 'day') return formatShortRange(at, part.to, date);
  return ofDay(grain === 'month' ? { month: 'short', ...year } : date, at);
}

/** An instant in a zone: 3 Mar 2026, 14:03. */
export const formatInstant = (instant: string, timeZone: string): string =>
  say('instant', {
    day: formatOf({ dateStyle: 'medium', timeZone }).format(new Date(instant)),
    time: formatClock(instant, timeZone),
  });

/** The one way in which the page writes a time of day: 14:03, in every language. */
function formatClock(instant: string, timeZone: string): string {
  const parts = formatOf({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).formatToParts(new Date(instant));
  const two = (type: string): string => (parts.find((part) => part.type === type)?.value ?? '').padStart(2, '0');
  return `${two('hour')}:${two('minute')}`;
}

/** A weekday by its name alone; 2 March 2026 was a Monday. */
export const formatWeekdayName = (weekday: WeekStart): string =>
  ofDay({ weekday: 'long' }, { monday: '2026-03-02', saturday: '2026-03-07', sunday: '2026-03-01' }[weekday]);

/** A month (1 to 12) by its name alone. */
export const formatMonthName = (month: number): string => ofDay({ month: 'long' }, `2026-${String(month).padStart(2, '0')}-01`);
