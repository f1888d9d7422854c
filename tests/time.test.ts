/** Do days and hours agree with the clock on the wall, everywhere and through every change? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  beginning,
  dayOf,
  daysBetween,
  daysOf,
  hourOf,
  hoursOfDay,
  isZone,
  lastDayOfMonth,
  mondayOf,
  startOfDay,
  startOfHour,
  toLocal,
  type ZoneSpan,
  zoneAt,
} from '../shared/time.ts';
import { hoursOnTheWall, wallClock } from './make/clock.ts';
import { inZone } from './make/stream.ts';

const hour = 3_600_000;
// Of every IANA zone; the ones that change their clocks oddly come up more often.
const odd = [
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Asuncion',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Pacific/Chatham',
  'America/Scoresbysund',
  'America/St_Johns',
  'Asia/Gaza',
];
const zone = fc.oneof(fc.constantFrom(...odd), fc.constantFrom(...Intl.supportedValuesOf('timeZone')));
const instant = fc.integer({ min: Date.UTC(2012, 0) / 1000, max: Date.UTC(2038, 0) / 1000 }).map((seconds) => seconds * 1000);
const runs = { numRuns: 400, endOnFailure: true };

describe('a local day', () => {
  it.each([
    ['has 23 hours where the clock goes forward', 'America/New_York', '2026-03-08', 23, 23],
    ['has 25 hours where it goes back', 'America/New_York', '2026-11-01', 25, 25],
    ['begins at one where midnight is skipped, in São Paulo', 'America/Sao_Paulo', '2018-11-04', 23, 23],
    ['ends an hour late where midnight comes twice, in São Paulo', 'America/Sao_Paulo', '2018-02-17', 25, 25],
    ['begins at one in Cairo', 'Africa/Cairo', '2023-04-28', 23, 23],
    ['begins at one in Beirut', 'Asia/Beirut', '2022-03-27', 23, 23],
    ['begins at one in Asunción', 'America/Asuncion', '2023-10-01', 23, 23],
    ['has half an hour more on Lord Howe', 'Australia/Lord_Howe', '2026-04-05', 25, 24.5],
    ['has half an hour less on Lord Howe', 'Australia/Lord_Howe', '2025-10-05', 24, 23.5],
    ['has 24 hours in Kathmandu, at three quarters', 'Asia/Kathmandu', '2026-03-01', 24, 24],
    ['is missing where a zone skipped it, in Apia', 'Pacific/Apia', '2011-12-30', 0, 0],
    ['comes whole before the skipped one', 'Pacific/Apia', '2011-12-29', 24, 24],
    ['comes whole after the skipped one', 'Pacific/Apia', '2011-12-31', 24, 24],
  ])('%s', (_, name, day, hours, length) => {
    const onTheWall = hoursOnTheWall(name, day);
    expect(hoursOfDay(day, inZone(name))).toEqual([...onTheWall.keys()]);
    expect(onTheWall.size).toBe(hours);
    expect((startOfDay(addDays(day, 1), inZone(name)) - startOfDay(day, inZone(name))) / hour).toBe(length);
    expect([...onTheWall.values()].reduce((sum, minutes) => sum + minutes, 0) / 60).toBe(length);
  });

  it('of every instant in every zone is the one on the wall, and so is its hour', () => {
    fc.assert(
      fc.property(zone, instant, (name, at) => {
        const local = toLocal(at, inZone(name));
        expect([dayOf(local), hourOf(local)]).toEqual(wallClock(name, at));
        expect(Date.parse(local)).toBe(at);
      }),
      runs,
    );
  });

  const holdsEveryInstant = (hours: typeof hoursOfDay) =>
    fc.property(zone, instant, (name, at) => {
      const local = toLocal(at, inZone(name));
      const day = dayOf(local);
      expect(hours(day, inZone(name))).toContain(hourOf(local));
      expect(startOfDay(day, inZone(name))).toBeLessThanOrEqual(at);
      expect(startOfDay(addDays(day, 1), inZone(name))).toBeGreaterThan(at);
    });

  it('has the hour of each of its instants', () => {
    fc.assert(holdsEveryInstant(hoursOfDay), runs);
  });

  it('would be found out if it always had 24 hours of one offset', () => {
    const always24 = (day: string, spans: readonly ZoneSpan[]) => {
      const offset = toLocal(startOfDay(day, spans), spans).slice(-6);
      return Array.from({ length: 24 }, (_, i) => `${day}T${String(i).padStart(2, '0')}${offset}`);
    };
    const changes = ['2026-03-08T12:00:00Z', '2026-11-01T12:00:00Z'].map((at) =>
      toLocal(Date.parse(at), inZone('America/New_York')),
    );
    for (const local of changes) {
      expect(hoursOfDay(dayOf(local), inZone('America/New_York'))).toContain(hourOf(local));
      expect(always24(dayOf(local), inZone('America/New_York'))).not.toContain(hourOf(local));
    }
  });
});

describe('a creator who moved', () => {
  const moved = (from: string, at: number, to: string): ZoneSpan[] => [
    { from: beginning, zone: from },
    { from: new Date(at).toISOString(), zone: to },
  ];

  it('counts by the old zone until the move and by the new one from then on', () => {
    const spans = moved('America/New_York', Date.parse('2026-03-01T10:07:00Z'), 'Asia/Tokyo');
    expect(zoneAt(spans, Date.parse('2026-03-01T10:06:59Z'))).toBe('America/New_York');
    expect(zoneAt(spans, Date.parse('2026-03-01T10:07:00Z'))).toBe('Asia/Tokyo');
    expect(toLocal(Date.parse('2026-03-01T10:06:59Z'), spans)).toBe('2026-03-01T05:06:59-05:00');
    expect(toLocal(Date.parse('2026-03-01T10:07:00Z'), spans)).toBe('2026-03-01T19:07:00+09:00');
  });

  it('has every hour of every instant among the hours of its day, whenever and wherever the move was', () => {
    fc.assert(
      fc.property(zone, zone, instant, fc.integer({ min: -40 * 60, max: 40 * 60 }), (from, to, move, minutes) => {
        const spans = moved(from, move, to);
        const local = toLocal(move + minutes * 60_000, spans);
        expect(hoursOfDay(dayOf(local), spans)).toContain(hourOf(local));
      }),
      runs,
    );
  });

  it('has no hour twice', () => {
    fc.assert(
      fc.property(zone, zone, instant, (from, to, move) => {
        const spans = moved(from, move, to);
        const hours = [-1, 0, 1].flatMap((n) => hoursOfDay(addDays(dayOf(toLocal(move, spans)), n), spans));
        expect(new Set(hours).size).toBe(hours.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a zone', () => {
  it.each(['UTC', 'America/New_York', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('%s is one', (name) => {
    expect(isZone(name)).toBe(true);
  });
  it.each(['', '+02:00', 'Europe/Atlantis', '../etc', 'utc offset'])('%j is none', (name) => {
    expect(isZone(name)).toBe(false);
  });
});

describe('the calendar', () => {
  it('counts days over a leap day and the end of a year', () => {
    expect(daysOf('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(daysBetween('2023-12-31', '2024-12-31')).toBe(366);
    expect(daysOf('2024-03-02', '2024-03-01')).toEqual([]);
  });

  it('begins weeks on Monday and ends months on their last day', () => {
    expect(['2026-03-01', '2026-03-02', '2026-03-08'].map(mondayOf)).toEqual(['2026-02-23', '2026-03-02', '2026-03-02']);
    expect(['2024-02', '2026-02', '2026-12'].map(lastDayOfMonth)).toEqual(['2024-02-29', '2026-02-28', '2026-12-31']);
  });

  it('reads the instant of an hour off its text', () => {
    expect(startOfHour('2026-11-01T01-04:00')).toBe(Date.parse('2026-11-01T05:00:00Z'));
    expect(startOfHour('2026-11-01T01-05:00')).toBe(Date.parse('2026-11-01T06:00:00Z'));
  });
});
