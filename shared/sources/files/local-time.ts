/** Which instant does a wall clock show? Files without offsets are read in the creator's zone. */
import { offsetAt } from '../../time.ts';

const aDay = 86_400_000;

type Offsets = [before: number, after: number];
const surroundings = new Map<string, Map<number, Offsets>>();

/** Offsets (ms) well before and well after a UTC day: equal on all but the few days around a clock change. */
function offsetsAround(zone: string, dayNumber: number): Offsets {
  const inZone = surroundings.get(zone) ?? new Map<number, Offsets>();
  surroundings.set(zone, inZone);
  const known = inZone.get(dayNumber);
  if (known) return known;
  const found: Offsets = [offsetAt(zone, (dayNumber - 1) * aDay), offsetAt(zone, (dayNumber + 2) * aDay)];
  if (inZone.size > 10_000) inZone.clear();
  inZone.set(dayNumber, found);
  return found;
}

const midnights = new Map<string, number>();

/** The midnight (ms) of a day as if it were UTC's, remembered: the times of a file lie on few days. */
function midnightOf(day: string): number {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  if (midnights.size > 10_000) midnights.clear();
  const found = Date.parse(`${day}T00:00:00Z`);
  midnights.set(day, found);
  return found;
}

/** A wall clock as if it were UTC's; NaN for other text. */
function utcOf(wall: string): number {
  const isWhole = wall.length === 19 && wall[13] === ':' && wall[16] === ':' && wall[10] === ' ';
  const [hour, minute, second] = [Number(wall.slice(11, 13)), Number(wall.slice(14, 16)), Number(wall.slice(17, 19))];
  if (!isWhole || !(hour < 24 && minute < 60 && second < 60)) return Date.parse(`${wall.replace(' ', 'T')}Z`);
  return midnightOf(wall.slice(0, 10)) + ((hour * 60 + minute) * 60 + second) * 1000;
}

/**
 * The instant (ms) of a wall-clock time such as `2017-10-15 00:00:00` (blank or T between) in a zone.
 * An hour that the clock skipped is moved on by the gap, a repeated one is its first. NaN for other text.
 */
export function instantOf(wall: string, zone: string): number {
  const asUtc = utcOf(wall);
  return Number.isNaN(asUtc) ? Number.NaN : instantShowing(asUtc, zone);
}

/** The same for a wall clock that is told as if it were UTC's (ms). */
export function instantShowing(asUtc: number, zone: string): number {
  const [before, after] = offsetsAround(zone, Math.floor(asUtc / aDay));
  if (before === after) return asUtc - before;
  for (const offset of [before, after]) if (offsetAt(zone, asUtc - offset) === offset) return asUtc - offset;
  return asUtc - before;
}
