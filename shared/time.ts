/** Which local day and hour is an instant in? Offsets come from Intl, remembered per quarter of an hour; days are plain strings. */

const quarterHour = 900_000;
const dayLength = 86_400_000;

/** A zone in force from an instant on (ISO, UTC); the first span of a creator starts at `beginning`. */
export interface ZoneSpan {
  from: string;
  zone: string;
}

export const beginning = '0001-01-01T00:00:00Z';

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      era: 'short',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Is this the name of an IANA zone (Europe/London, UTC)? Plain offsets are no zones: they have no clock changes. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function computeOffset(zone: string, instant: number): number {
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = value;
  const wall = Date.UTC(
    Number(part.year),
    Number(part.month) - 1,
    Number(part.day),
    Number(part.hour),
    Number(part.minute),
    Number(part.second),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * Milliseconds that local time is ahead of UTC at an instant (ms). Constant within a quarter of an hour in every zone since 2012;
 * of earlier changes off the quarter (one minute past midnight in St. John’s) it takes notice at the next one.
 */
export function offsetAt(zone: string, instant: number): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const slot = Math.floor(instant / quarterHour);
  let offset = known.get(slot);
  if (offset === undefined) {
    offset = computeOffset(zone, slot * quarterHour);
    known.set(slot, offset);
  }
  return offset;
}

/** The zone in force at an instant (ms): the last span that has begun. */
export function zoneAt(spans: readonly ZoneSpan[], instant: number): string {
  let zone = spans[0]?.zone;
  for (const span of spans) if (Date.parse(span.from) <= instant) zone = span.zone;
  if (!zone) throw new RangeError('a creator has no zone');
  return zone;
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** An instant (ms) as local time with its offset: 2026-03-01T11:03:00-03:00. Day, hour and instant can all be read off it. */
export function toLocal(instant: number, spans: readonly ZoneSpan[]): string {
  const offset = offsetAt(spans.length === 1 ? (spans[0] as ZoneSpan).zone : zoneAt(spans, instant), instant);
  const wall = new Date(instant + offset).toISOString();
  return `${wall.slice(0, wall.endsWith('.000Z') ? 19 : 23)}${offsetText(offset)}`;
}

/** Day of a local time (or of a plain day): 2026-03-01. */
export const dayOf = (local: string): string => local.slice(0, 10);
/** Month of a local time or day: 2026-03. */
export const monthOf = (local: string): string => local.slice(0, 7);
/** Hour of a local time with its offset, so that the repeated hour of a clock change is told apart: 2026-11-01T01-04:00. */
export const hourOf = (local: string): string => `${local.slice(0, 13)}${local.slice(-6)}`;

/** n days after (before) a day. */
export const addDays = (day: string, n: number): string => new Date(Date.parse(day) + n * dayLength).toISOString().slice(0, 10);
/** The earlier of two days. */
export const earlierOf = (a: string, b: string): string => [a, b].sort()[0] as string;
export const laterOf = (a: string, b: string): string => [a, b].sort()[1] as string;
/** Days from one day to another: 0 for the same day. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayLength);
/** The days from one to another, both included. */
export const daysOf = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i));
export type WeekStart = 'monday' | 'saturday' | 'sunday';
const firstDays: { [start in WeekStart]: number } = { sunday: 0, monday: 1, saturday: 6 };

/** The day on which a day's week began. */
export const weekStartOf = (day: string, start: WeekStart): string =>
  addDays(day, -((new Date(Date.parse(day)).getUTCDay() - firstDays[start] + 7) % 7));
/** The Monday of a day's week. */
export const mondayOf = (day: string): string => weekStartOf(day, 'monday');
export const lastDayOfMonth = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);

const starts = new Map<string, number>();
/** No midnight is farther from that of UTC. */
const farthest = 16 * 3_600_000;

/** Instants (ms) after `from` and before `to` at which the creator moved to another zone. */
const zoneChangesBetween = (spans: readonly ZoneSpan[], from: number, to: number): number[] =>
  spans
    .slice(1)
    .map((span) => Date.parse(span.from))
    .filter((zoneChange) => zoneChange > from && zoneChange < to);

/** First instant (ms) of a local day in the zones in force. A day that a zone skipped starts where the next one does. */
export function startOfDay(day: string, spans: readonly ZoneSpan[]): number {
  const key = `${day}${spans.map((span) => span.from + span.zone).join()}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  // Offsets reach from −12 to +14 hours: within 16 hours of the day's midnight in UTC it has begun everywhere. The first quarter hour
  // that reaches the day is its start, unless the creator moved into the day a little earlier.
  const midnight = Date.parse(day);
  let low = Math.floor((midnight - farthest) / quarterHour);
  let high = Math.floor((midnight + farthest) / quarterHour);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (dayOf(toLocal(middle * quarterHour, spans)) >= day) high = middle;
    else low = middle + 1;
  }
  const first = low * quarterHour;
  const start =
    zoneChangesBetween(spans, first - quarterHour, first).find((zoneChange) => dayOf(toLocal(zoneChange, spans)) >= day) ?? first;
  if (starts.size > 20_000) starts.clear();
  starts.set(key, start);
  return start;
}

/** Every hour of a local day, in order, with offsets: 23, 24 or 25 of them (more, or fewer, on a day on which the creator moved). */
export function hoursOfDay(day: string, spans: readonly ZoneSpan[]): string[] {
  const midnight = Date.parse(day);
  const zoneChanges = zoneChangesBetween(spans, midnight - farthest, midnight + dayLength + farthest);
  // A change of zone may make local time leave a day and come back to it: then everything around it is looked at.
  const [begin, end] = zoneChanges.length
    ? [midnight - farthest, midnight + dayLength + farthest]
    : [startOfDay(day, spans), startOfDay(addDays(day, 1), spans)];
  const instants = [...zoneChanges];
  for (let instant = begin; instant < end; instant += quarterHour) instants.push(instant);
  if (zoneChanges.length) instants.sort((a, b) => a - b);
  const locals = instants.map((instant) => toLocal(instant, spans)).filter((local) => dayOf(local) === day);
  return [...new Set(locals.map(hourOf))];
}

/** Instant (ms) at which an hour such as 2026-11-01T01-04:00 begins. */
export const startOfHour = (hour: string): number => Date.parse(`${hour.slice(0, 13)}:00:00${hour.slice(13)}`);
