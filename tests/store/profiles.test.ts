/** Does a profile come to the same whatever the order in which its events arrive? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { acceptProfile, nextProfile, type Profile, readProfiles } from '../../shared/store/profiles.ts';
import { beginning, zoneAt } from '../../shared/time.ts';
import { makeCreator } from '../make/events.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aCreator } from '../make/snapshots.ts';

type Next = typeof nextProfile;
const accepted = (events: CloudEvent[], next: Next = nextProfile): Profile =>
  events.reduce<Profile | undefined>((known, event) => next(known, event) ?? known, undefined) as Profile;

const event = fc
  .record({
    day: fc.integer({ min: 1, max: 9 }),
    zone: fc.constantFrom('America/New_York', 'Asia/Tokyo', 'Europe/London'),
    version: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ day, zone, version }) => aCreator({ timeZone: zone }, { time: `2026-03-0${day}T10:07:00Z`, version }));
const events = fc.array(event, { minLength: 1, maxLength: 8 });
const shuffled = events.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));

const doesNotHangOnArrival = (next: Next) =>
  fc.property(shuffled, ([one, other]) => {
    const [a, b] = [accepted(one, next), accepted(other, next)];
    expect([b.zones, b.version, b.data]).toEqual([a.zones, a.version, a.data]);
  });

describe('the zones of a profile', () => {
  it('do not hang on the order of arrival', () => {
    fc.assert(doesNotHangOnArrival(nextProfile), { numRuns: 500 });
  });

  it('that hung on it would be found out', () => {
    const arrival: Next = (known, next) => {
      const profile = nextProfile(known, next);
      return profile && { ...profile, said: undefined };
    };
    expect(() => fc.assert(doesNotHangOnArrival(arrival), { numRuns: 500, endOnFailure: true })).toThrow(/Property failed/);
  });

  it('hold at any instant what the event before it said', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 10 }), (all, day) => {
        const instant = Date.UTC(2026, 2, day, 12);
        const before = all
          .filter(({ time }) => Date.parse(time) <= instant)
          .toSorted(
            (a, b) =>
              a.time.localeCompare(b.time) ||
              a.entityversion - b.entityversion ||
              String(a.data.timeZone).localeCompare(String(b.data.timeZone)),
          );
        const expected = before.at(-1);
        if (expected) expect(zoneAt(accepted(all).zones, instant)).toBe(expected.data.timeZone);
      }),
    );
  });

  it('begin at the beginning, with the earliest that was said', () => {
    const late = aCreator({ timeZone: 'Asia/Tokyo' }, { time: '2026-02-01T00:00:00Z' });
    const early = aCreator({ timeZone: 'Europe/London' }, { time: '2026-01-01T00:00:00Z' });
    expect(accepted([late, early]).zones).toEqual([
      { from: beginning, zone: 'Europe/London' },
      { from: '2026-02-01T00:00:00.000Z', zone: 'Asia/Tokyo' },
    ]);
  });

  it('count a change up, and nothing else', () => {
    const steps = [
      aCreator(),
      aCreator({ name: 'Other' }, { time: '2026-02-01T00:00:00Z' }),
      aCreator({ timeZone: 'UTC' }, { time: '2026-03-01T00:00:00Z' }),
    ];
    expect(steps.map((_, i) => accepted(steps.slice(0, i + 1)).revision)).toEqual([1, 1, 2]);
  });

  it('stay small however often a profile is written', () => {
    const writes = Array.from({ length: 1200 }, (_, i) =>
      aCreator({}, { time: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString() }),
    );
    const profile = accepted(writes);
    expect(profile.zones).toHaveLength(1);
    expect(JSON.stringify(profile).length).toBeLessThan(120_000);
  });
});

describe('the table', () => {
  let table: MadeTable;
  beforeAll(async () => {
    table = await makeTable();
  });
  afterAll(() => table.close());

  it('keeps what every one of many writers at once accepted', async () => {
    const all = Array.from({ length: 8 }, (_, i) =>
      aCreator({ timeZone: i % 2 ? 'UTC' : 'Asia/Tokyo' }, { creator: 'c-many', time: `2026-01-0${i + 1}T00:00:00Z` }),
    );
    await Promise.all(all.map((each) => acceptProfile(table, each)));
    const profile = (await readProfiles(table, ['c-many', 'c-none'])).get('c-many');
    expect(profile?.zones).toEqual(accepted(all).zones);
    expect(profile?.data).toEqual(all.at(-1)?.data);
  });

  it('takes an event that changes nothing for what it is', async () => {
    const first = await acceptProfile(table, aCreator({}, { creator: 'c-same' }));
    expect(await acceptProfile(table, aCreator({}, { creator: 'c-same' }))).toEqual(first);
  });

  it('knows no creator that never was', async () => {
    expect(await readProfiles(table, ['c-none'])).toEqual(new Map());
  });

  it('that leaves a profile unread is an error, not a creator less', async () => {
    const forgetful = {
      ...table,
      send: async () => ({ Responses: {}, UnprocessedKeys: { [table.name]: { Keys: [{ pk: { S: 'C#c-1' } }] } } }),
    } as unknown as MadeTable;
    await expect(readProfiles(forgetful, ['c-1'])).rejects.toThrow('the store left 1 profiles unread');
  });
});

describe('a creator who moves again and again', () => {
  const zones = ['Asia/Tokyo', 'Europe/Berlin', 'America/New_York'];
  const move = (i: number) =>
    makeCreator('c-deltas', { timeZone: zones[i % 3] }, new Date(Date.parse('2020-01-01') + i * 86_400_000).toISOString());

  it('makes a profile and a stamp that stay small, with the newest moves', () => {
    const events = Array.from({ length: 1_750 }, (_, i) => move(i));
    const profile = accepted(events);
    expect(Buffer.byteLength(JSON.stringify(profile))).toBeLessThan(24_000);
    expect(Buffer.byteLength(JSON.stringify(profile.zones))).toBeLessThan(4_096);
    expect(profile.zones.at(-1)?.zone).toBe(zones[1_749 % 3]);
    // Whatever order they come in.
    const shuffled = [...events.slice(900), ...events.slice(0, 900).reverse()];
    expect(accepted(shuffled).zones).toEqual(profile.zones);
  });

  it('keeps its moves however often the profile is saved without one', () => {
    const saved = Array.from({ length: 300 }, (_, i) =>
      makeCreator(
        'c-deltas',
        { timeZone: 'Asia/Tokyo', name: `n-${i}` },
        new Date(Date.parse('2023-01-01') + i * 1000).toISOString(),
      ),
    );
    expect(accepted([move(0), move(1), move(3), ...saved]).zones.map(({ zone }) => zone)).toEqual([
      'Asia/Tokyo',
      'Europe/Berlin',
      'Asia/Tokyo',
    ]);
  });
});
