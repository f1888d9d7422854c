/** Which wall clock is written there? `2026-11-30 14:05:00` for whatever order of day and month and whatever clock the file writes. */
import { lastDayOfMonth } from '../../../time.ts';
import type { DateOrder } from '../rules/markets.ts';
import { isNone } from '../rules/words.ts';
import { type Cell, trimmed } from './cell.ts';

const pattern = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AP]\.?M\.?)?)?$/i;

interface Written {
  parts: [first: number, second: number, third: number];
  /** The year stands first: there is nothing to decide. */
  isYearFirst: boolean;
  clock: string | undefined;
}

const two = (value: number): string => String(value).padStart(2, '0');

function clockOf(hours: string | undefined, minutes = '00', seconds = '00', half?: string): string | undefined {
  if (hours === undefined) return '00:00:00';
  const hour = Number(hours);
  const isValid = half ? hour >= 1 && hour <= 12 : hour <= 23;
  if (!isValid || minutes > '59' || seconds > '59') return undefined;
  const inDay = half ? (hour % 12) + (/^p/i.test(half) ? 12 : 0) : hour;
  return `${two(inDay)}:${minutes}:${seconds}`;
}

function written(text: string): Written | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, first = '', second = '', third = '', hours, minutes, seconds, half] = match;
  const isYearFirst = first.length === 4;
  if (!isYearFirst && third.length !== 4) return undefined;
  return { parts: [Number(first), Number(second), Number(third)], isYearFirst, clock: clockOf(hours, minutes, seconds, half) };
}

/** `2026-11-30` where the calendar has that day. */
function dayOf(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || year < 1980 || year > 2199) return undefined;
  const text = `${year}-${two(month)}-${two(day)}`;
  // Every month has 28 days; asking for the last one takes longer than all else here.
  return day <= 28 || text <= lastDayOfMonth(text.slice(0, 7)) ? text : undefined;
}

/** The wall clock under an order of day and month; undefined where that order has no such day, or the clock no such time. */
export function wallUnder(text: string, order: DateOrder): string | undefined {
  const read = written(text);
  if (!read) return undefined;
  const [a, b, c] = read.parts;
  const day = read.isYearFirst ? dayOf(a, b, c) : order === 'day' ? dayOf(c, b, a) : dayOf(c, a, b);
  return day && read.clock && `${day} ${read.clock}`;
}

/** Which order does a cell show? Undefined where it can be read both ways or neither, or writes the year first. */
export function orderIn(text: string): DateOrder | undefined {
  if (written(text)?.isYearFirst ?? true) return undefined;
  const [asDay, asMonth] = [wallUnder(text, 'day'), wallUnder(text, 'month')];
  return asDay && !asMonth ? 'day' : asMonth && !asDay ? 'month' : undefined;
}

/** Can a cell be read in two ways that name two days? */
export function isEitherWay(text: string): boolean {
  const read = written(text);
  return (
    read !== undefined && !read.isYearFirst && wallUnder(text, 'day') !== wallUnder(text, 'month') && orderIn(text) === undefined
  );
}

/** The wall clock of a cell, undefined where there is none. Throws RangeError where the calendar or the clock has no such time. */
export function readWall(cell: Cell | undefined, order: DateOrder): string | undefined {
  const text = trimmed(cell);
  if (isNone(text)) return undefined;
  const wall = wallUnder(text, order);
  if (!wall) throw new RangeError(`${text} is no time that a calendar and a clock have (${order} first)`);
  return wall;
}
