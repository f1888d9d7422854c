/** What does the clock on the wall say? Asked of Intl minute by minute, in another way than the code under test. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Day and hour with offset at an instant (ms): ['2026-03-01', '2026-03-01T09-05:00']. */
export function wallClock(zone: string, instant: number): [day: string, hour: string] {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: undefined,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hour12: false,
      timeZoneName: 'longOffset',
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = `${part.year}-${part.month}-${part.day}`;
  const offset = String(part.timeZoneName).replace('GMT', '').replace('−', '-');
  return [day, `${day}T${part.hour}${offset === '' ? '+00:00' : offset}`];
}

/** The hours of a local day and how many minutes each has. */
export function hoursOnTheWall(zone: string, day: string): Map<string, number> {
  const hours = new Map<string, number>();
  const begin = Date.parse(day) - 27 * 3_600_000;
  for (let minute = begin; minute < begin + 78 * 3_600_000; minute += 60_000) {
    const [on, hour] = wallClock(zone, minute);
    if (on === day) hours.set(hour, (hours.get(hour) ?? 0) + 1);
  }
  return hours;
}
