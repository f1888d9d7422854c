/** Which instant does a wall clock show, also in the night in which it was changed? */
import { expect, test } from 'vitest';
import { instantOf } from '../../shared/sources/files/local-time.ts';
import { toLocal } from '../../shared/time.ts';

const iso = (wall: string, zone: string): string => new Date(instantOf(wall, zone)).toISOString();

// biome-ignore format: a table of cases
test.each([
  ['2018-03-01 12:00:00', 'America/Sao_Paulo', '2018-03-01T15:00:00.000Z'],
  ['2018-01-15T12:00:00', 'America/Sao_Paulo', '2018-01-15T14:00:00.000Z'],
  ['2017-10-15 00:00:00', 'America/Sao_Paulo', '2017-10-15T03:00:00.000Z'], // skipped: 00:00 became 01:00
  ['2018-02-17 23:30:00', 'America/Sao_Paulo', '2018-02-18T01:30:00.000Z'], // repeated: the first
  ['2011-03-27 01:30:00', 'Europe/London', '2011-03-27T01:30:00.000Z'], // skipped
  ['2010-10-31 01:30:00', 'Europe/London', '2010-10-31T00:30:00.000Z'], // repeated
  ['2026-11-01 01:30:00', 'America/New_York', '2026-11-01T05:30:00.000Z'], // repeated
  ['2026-06-01 09:00:00', 'Asia/Kolkata', '2026-06-01T03:30:00.000Z'],
])('%s in %s is %s', (wall, zone, instant) => expect(iso(wall, zone)).toBe(instant));

test('is the way back from local time, at every half hour of two years', () => {
  for (const zone of ['America/Sao_Paulo', 'Europe/London', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']) {
    for (let at = Date.UTC(2011, 0, 1); at < Date.UTC(2013, 0, 1); at += 1_800_000) {
      const local = toLocal(at, [{ from: '', zone }]);
      const back = toLocal(instantOf(local.slice(0, 19), zone), [{ from: '', zone }]);
      // The second pass of a repeated hour reads as the first.
      if (back.slice(0, 19) !== local.slice(0, 19)) throw new Error(`${zone}: ${local} came back as ${back}`);
    }
  }
});

test('text that is no time is not a number', () => expect(instantOf('soon', 'UTC')).toBeNaN());
