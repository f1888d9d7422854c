/** What do the clocks of the worlds' zones show? Written out by hand for the days the worlds play in. */
import type { ZoneSpan } from '../../shared/time.ts';

const clockChange = Date.parse('2025-11-02T06:00:00Z');

/** Minutes ahead of UTC between 2025-10-27 and 2026-03-07. */
const offsets: { [zone: string]: (at: number) => number } = {
  'America/New_York': (at) => (at < clockChange ? -240 : -300),
  'Europe/Berlin': () => 60,
  'Asia/Kolkata': () => 330,
  'Pacific/Auckland': () => 780,
};

export const zones = Object.keys(offsets);

/** An instant on the clock of the zone that is in force then: 2025-11-02T01:30:00-04:00. */
export function clockAt(instant: string, spans: readonly ZoneSpan[]): string {
  const at = Date.parse(instant);
  let zone = spans[0]!.zone;
  for (const span of spans) if (at >= Date.parse(span.from)) zone = span.zone;
  const minutes = offsets[zone]!(at);
  const text = new Date(at + minutes * 60_000).toISOString().slice(0, 19);
  const pad = (n: number): string => String(n).padStart(2, '0');
  const ahead = Math.abs(minutes);
  return `${text}${minutes < 0 ? '-' : '+'}${pad(Math.floor(ahead / 60))}:${pad(ahead % 60)}`;
}
