/** Which instant does a cell name? Days and hours that a calendar has, in the zone in force then; what no clock showed is refused. */
import { lastDayOfMonth, type ZoneSpan, zoneAt } from '../../time.ts';
import { instantOf } from '../files/local-time.ts';

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const anHour = 3_600_000;

/** Refuses days that no month has, and hours that no day has: taken over, they would move to other days in silence. */
function requireCalendar(text: string, day: string, clock: (string | undefined)[]): void {
  const month = day.slice(0, 7);
  const isMonth = month.slice(5) >= '01' && month.slice(5) <= '12';
  if (!isMonth || day.slice(8) < '01' || day > lastDayOfMonth(month))
    throw new RangeError(`${text}: there is no day ${day}; write one that the calendar has`);
  const [hours = '00', minutes = '00', seconds = '00'] = clock;
  if (hours > '23' || minutes > '59' || seconds > '59')
    throw new RangeError(`${text}: a clock shows 00:00:00 to 23:59:59; midnight at the end of a day is 00:00:00 of the next`);
}

/** The instant (ms) of a wall clock in the zone that was in force then. Throws RangeError where the clock skipped that time. */
function localInstant(text: string, wall: string, zones: readonly ZoneSpan[]): number {
  const candidates = zones.map(({ zone }) => ({ zone, at: instantOf(wall, zone) }));
  const inForce = candidates.find(({ zone, at }) => zoneAt(zones, at) === zone) ?? candidates.at(-1);
  if (!inForce) throw new RangeError('a creator has no zone');
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: inForce.zone, dateStyle: 'short', timeStyle: 'medium' });
  if (shown.format(new Date(inForce.at)) !== wall.slice(0, 19))
    throw new RangeError(
      `${text} was not shown by any clock in ${inForce.zone}: it was set forward over it; write the time with its offset, such as ${new Date(inForce.at - anHour).toISOString().slice(0, 19)}Z`,
    );
  return inForce.at;
}

export interface TimeOptions {
  /** Zones of the creator; absent where it is not known. */
  zones?: readonly ZoneSpan[] | undefined;
  /** A day alone is its last second. */
  allowsDay: boolean;
}

/** An instant in ms. Throws RangeError with what to write instead. */
export function readTime(text: string, { zones, allowsDay }: TimeOptions): number {
  const match = pattern.exec(text);
  const [, day = '', hours, minutes, seconds, fraction = '', offset] = match ?? [];
  if (!match || (hours === undefined && (!allowsDay || offset !== undefined)))
    throw new RangeError(
      `${text} is not a time; write 2026-03-01 14:03:00 (local) or 2026-03-01T14:03:00Z${allowsDay ? ', or the day alone' : ''}`,
    );
  requireCalendar(text, day, [hours, minutes, seconds]);
  const wall = hours === undefined ? `${day} 23:59:59` : `${day} ${hours}:${minutes}:${seconds ?? '00'}${fraction}`;
  if (offset !== undefined) {
    if (!/^(Z|[+-](0\d|1[0-4]):?[0-5]\d)$/.test(offset))
      throw new RangeError(`${text}: no clock is ${offset} from UTC; write Z, or an offset from -14:00 to +14:00`);
    const zone = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
    return Date.parse(`${wall.replace(' ', 'T')}${zone}`);
  }
  if (!zones?.length)
    throw new RangeError(
      `${text} has no offset and the creator's zone is unknown; write ${wall.replace(' ', 'T')}Z or add the creator to creators.csv`,
    );
  return localInstant(text, wall, zones);
}
