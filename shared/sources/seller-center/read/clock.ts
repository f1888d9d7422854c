/** Which wall clock is written there? `2026-11-30 14:05:00` for whatever order of day and month and whatever clock the file writes. */
import type { DateOrder } from '../rules/markets.ts';
import { isNone } from '../rules/words.ts';
import { type Cell, digits, trimmed } from './cell.ts';

const pattern = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AP]\.?M\.?)?)?$/i;

interface Written {
  parts: [first: number, second: number, third: number];
  /** The year stands first: there is nothing to decide. */
  isYearFirst: boolean;
  clock: string | undefined;
}

const padded = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const two = (value: number): string => padded[value] ?? String(value);

function clockOf(hours: string | undefined, minutes = '00', seconds = '00', half?: string): string | undefined {
  if (hours === undefined) return '00:00:00';
  const hour = Number(hours);
  const isValid = half ? hour >= 1 && hour <= 12 : hour <= 23;
  if (!isValid || minutes > '59' || seconds > '59') return undefined;
  const inDay = half ? (hour % 12) + (/^p/i.test(half) ? 12 : 0) : hour;
  return `${two(inDay)}:${minutes}:${seconds}`;
}

const [slash, blank, colon] = [0x2f, 0x20, 0x3a];
/** The form `20/11/2026 19:13:47`, as nearly all cells are written. */
const isInFull = (text: string): boolean =>
  text.length === 19 &&
  text.charCodeAt(2) === slash &&
  text.charCodeAt(5) === slash &&
  text.charCodeAt(10) === blank &&
  text.charCodeAt(13) === colon &&
  text.charCodeAt(16) === colon;

/** A clock in that form, without a pattern; undefined for any other form. */
function writtenInFull(text: string): Written | undefined {
  if (!isInFull(text)) return undefined;
  const parts: Written['parts'] = [digits(text, 0, 2), digits(text, 3, 5), digits(text, 6, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  const sum = parts[0] + parts[1] + parts[2] + hour + minute + second;
  if (Number.isNaN(sum)) return undefined;
  return { parts, isYearFirst: false, clock: hour <= 23 && minute <= 59 && second <= 59 ? text.slice(11) : undefined };
}

function written(text: string): Written | undefined {
  const inFull = writtenInFull(text);
  if (inFull) return inFull;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, first = '', second = '', third = '', hours, minutes, seconds, half] = match;
  const isYearFirst = first.length === 4;
  if (!isYearFirst && third.length !== 4) return undefined;
  return { parts: [Number(first), Number(second), Number(third)], isYearFirst, clock: clockOf(hours, minutes, seconds, half) };
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

const aDay = 86_400_000;
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** Days since 1970 of a day that the calendar has; undefined for any other. */
function dayNumberOf(year: number, month: number, day: number): number | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1 && year >= 1980 && year <= 2199 && day <= daysIn(year, month))) return undefined;
  const leaps = Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
  const inYear = (daysBefore[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
  return (year - 1970) * 365 + leaps + inYear;
}

/** A wall clock in the form of nearly all cells, as if it were UTC's (ms); undefined for any other form, and for a time that there is not. */
export function utcInFull(text: string, order: DateOrder): number | undefined {
  if (!isInFull(text)) return undefined;
  const [first, second, year] = [digits(text, 0, 2), digits(text, 3, 5), digits(text, 6, 10)];
  const [hour, minute, inMinute] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  if (!(hour <= 23 && minute <= 59 && inMinute <= 59)) return undefined;
  const day = order === 'day' ? dayNumberOf(year, second, first) : dayNumberOf(year, first, second);
  return day === undefined ? undefined : day * aDay + ((hour * 60 + minute) * 60 + inMinute) * 1000;
}

/** `2026-11-30` where the calendar has that day. */
function dayOf(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || year < 1980 || year > 2199) return undefined;
  return day <= daysIn(year, month) ? `${year}-${two(month)}-${two(day)}` : undefined;
}

function underOrder({ parts: [a, b, c], isYearFirst, clock }: Written, order: DateOrder): string | undefined {
  if (clock === undefined) return undefined;
  const day = isYearFirst ? dayOf(a, b, c) : order === 'day' ? dayOf(c, b, a) : dayOf(c, a, b);
  return day && `${day} ${clock}`;
}

/** The wall clock under an order of day and month; undefined where that order has no such day, or the clock no such time. */
export function wallUnder(text: string, order: DateOrder): string | undefined {
  const read = written(text);
  return read && underOrder(read, order);
}

/** What a cell shows of the order of day and month. */
export interface ShownClock {
  /** The wall clock under each order. */
  walls: { [order in DateOrder]: string | undefined };
  /** The order that it must be in; undefined where it can be read both ways or neither, or writes the year first. */
  order: DateOrder | undefined;
  /** It can be read in two ways that name two days. */
  isEitherWay: boolean;
}

export function shownBy(text: string): ShownClock {
  const read = written(text);
  const walls = { day: read && underOrder(read, 'day'), month: read && underOrder(read, 'month') };
  if (!read || read.isYearFirst) return { walls, order: undefined, isEitherWay: false };
  const order = walls.day && !walls.month ? 'day' : walls.month && !walls.day ? 'month' : undefined;
  return { walls, order, isEitherWay: order === undefined && walls.day !== walls.month };
}

/** The wall clock of a cell, undefined where there is none. Throws RangeError where the calendar or the clock has no such time. */
export function readWall(cell: Cell | undefined, order: DateOrder): string | undefined {
  const text = trimmed(cell);
  if (isNone(text)) return undefined;
  const wall = wallUnder(text, order);
  if (!wall && typeof cell === 'number')
    throw new RangeError(`a spreadsheet has made the number ${text} of a time; download the file again and give it as it is`);
  if (!wall) throw new RangeError(`${text} is no time that a calendar and a clock have (${order} first, a year of four digits)`);
  return wall;
}
