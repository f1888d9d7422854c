/** How is a day or an instant told? In the reader's locale, in the creator's zone; days are plain dates and have none. */
import { remembered } from './formats.ts';

const formatOf = remembered((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options));

const noon = (day: string): Date => new Date(`${day.slice(0, 10)}T12:00:00Z`);
/** An address may name a day that is none: it is shown as it stands. */
const ofDay = (options: Intl.DateTimeFormatOptions, day: string): string =>
  Number.isNaN(noon(day).getTime()) ? day : formatOf({ ...options, timeZone: 'UTC' }).format(noon(day));

export type Grain = 'hour' | 'day' | 'week' | 'month' | 'total';

/** A day: 3 Mar 2026. */
export const tellDay = (day: string): string => ofDay({ day: 'numeric', month: 'short', year: 'numeric' }, day);
/** A day with its weekday: Tue, 3 Mar. */
export const tellWeekday = (day: string): string => ofDay({ weekday: 'short', day: 'numeric', month: 'short' }, day);

/** The days of a range, told once where they are one. */
export function tellRange(from: string, to: string): string {
  if (from === to) return tellDay(from);
  return formatOf({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(noon(from), noon(to));
}

/** Where a point stands, by grain; an hour is told by its own clock, as the creator read it. */
export function tellBucket(at: string, grain: Grain): string {
  if (grain === 'hour') return `${tellWeekday(at)}, ${at.slice(11, 13)}:00`;
  if (grain === 'week') return `week of ${tellDay(at)}`;
  return grain === 'month' ? ofDay({ month: 'long', year: 'numeric' }, at) : tellWeekday(at);
}

/** The same for an axis. */
export function tellTick(at: string, grain: Grain): string {
  if (grain === 'hour') return `${at.slice(11, 13)}:00`;
  return grain === 'month' ? ofDay({ month: 'short' }, at) : ofDay({ day: 'numeric', month: 'short' }, at);
}

/** An instant in a zone: 3 Mar 2026, 14:03. */
export const tellInstant = (instant: string, timeZone: string): string =>
  formatOf({ dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(instant));
