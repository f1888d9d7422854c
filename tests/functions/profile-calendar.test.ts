/** Is a country, a week or a financial year that is none refused with a sentence, and one that is some kept and used? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/collect-events/routes.ts';
import { serve } from '../../functions/http.ts';
import { readCalendar, usualCalendar } from '../../shared/calendar.ts';
import { countryCodes } from '../../shared/countries.ts';
import { calendarOf, readProfiles } from '../../shared/store/profiles.ts';
import { ask } from '../make/request.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';

let table: MadeTable;
const stream = {
  name: 'events',
  send: async (command: { input: { Records: unknown[] } }) => ({
    Records: command.input.Records.map((_, i) => ({
      SequenceNumber: String(i).padStart(56, '4'),
      ShardId: 'shardId-000000000000',
    })),
  }),
};
const handler = serve(
  routes as never,
  () => ({ table, stream, epoch: 1 }),
  () => Date.parse('2026-03-20T12:00:00Z'),
);
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const put = (more: object) =>
  ask(handler, {
    route: 'PUT /v1/creators/{creatorId}',
    creatorId: 'c-1',
    as: 'c-1',
    body: { name: 'Rosa', timeZone: 'Europe/London', currency: 'GBP', ...more },
  });

describe('a profile', () => {
  it.each([
    [{ country: 'UK' }, 'country', 'unknown country UK: use the ISO 3166 code of two capital letters; did you mean GB?'],
    [{ country: 'ZZ' }, 'country', 'unknown country ZZ: use the ISO 3166 code of two capital letters, such as US, GB or ID'],
    [
      { country: 'Germany' },
      'country',
      'unknown country Germany: use the ISO 3166 code of two capital letters, such as US, GB or ID',
    ],
    [{ preferences: { weekStart: 'friday' } }, 'preferences.weekStart', 'must be one of monday, sunday, saturday'],
    [{ preferences: { fiscalYearStart: 13 } }, 'preferences.fiscalYearStart', 'must be a month, 1 to 12'],
    [{ preferences: { fiscalYearStart: '4' } }, 'preferences.fiscalYearStart', 'must be a month, 1 to 12'],
  ])('with %j is refused at %s: %s', async (more, path, message) => {
    const { status, json } = await put(more);
    expect([status, json.issues]).toEqual([400, [{ path, message }]]);
    expect((await readProfiles(table, ['c-1'])).size).toBe(0);
  });

  it('keeps a calendar, and what else was preferred', async () => {
    const preferences = { weekStart: 'saturday', fiscalYearStart: 4, theme: 'dark' };
    const { status, json } = await put({ country: 'ID', preferences });
    expect([status, json.country, json.preferences]).toEqual([200, 'ID', preferences]);
    const profile = (await readProfiles(table, ['c-1'])).get('c-1');
    expect(profile && calendarOf(profile)).toEqual({ weekStart: 'saturday', fiscalYearStart: 4 });
  });
});

describe('a calendar', () => {
  it.each([undefined, null, {}, { weekStart: 'friday', fiscalYearStart: 0 }, { fiscalYearStart: '4' }])(
    'of the preferences %j is as usual',
    (preferences) => expect(readCalendar(preferences)).toEqual(usualCalendar),
  );
});

it('knows the 249 countries of ISO 3166, each with a name', () => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  expect(new Set(countryCodes).size).toBe(249);
  expect(countryCodes.filter((code) => !names.of(code))).toEqual([]);
});
