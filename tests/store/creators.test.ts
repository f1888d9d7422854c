/** Does the directory say of every creator what the profile in force says, however the writers meet? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFound, listCreator, listedOf, readCreators } from '../../shared/store/creators.ts';
import { acceptProfile, nextProfile, type Profile } from '../../shared/store/profiles.ts';
import { zoneAt } from '../../shared/time.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aCreator } from '../make/snapshots.ts';

let table: MadeTable;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const named = (creator: string, name: string, version = 1, more: Record<string, unknown> = {}) =>
  aCreator({ name, ...more }, { creator, version, time: '2026-01-01T00:00:00Z' });
const nameOf = async (creatorId: string) =>
  (await readCreators(table, '', '', 1000)).find((one) => one.creatorId === creatorId)?.name;

describe('a creator', () => {
  it('is listed once its event is accepted, and again with what a newer one says', async () => {
    await acceptProfile(table, named('c-new', 'First', 1, { country: 'BR', category: 'beauty' }));
    const [listed] = await readCreators(table, 'c-new', '', 10);
    expect(listed).toMatchObject({ creatorId: 'c-new', name: 'First', country: 'BR', category: 'beauty' });
    await acceptProfile(table, named('c-new', 'Second', 2));
    expect((await readCreators(table, 'c-new', '', 10)).map(({ name, country }) => [name, country])).toEqual([['Second', null]]);
  });

  it('keeps its newest name when an older event comes after it', async () => {
    await acceptProfile(table, named('c-late', 'Newest', 5));
    await acceptProfile(table, named('c-late', 'Older', 4));
    expect(await nameOf('c-late')).toBe('Newest');
  });

  it('keeps its newest name when a slow writer of an older one comes last', async () => {
    const older = nextProfile(undefined, named('c-slow', 'Older', 1)) as Profile;
    const newer = nextProfile(older, named('c-slow', 'Newer', 2)) as Profile;
    await listCreator(table, newer);
    await listCreator(table, older);
    expect(await nameOf('c-slow')).toBe('Newer');
  });

  it('shows one of two names of the same version, the same whoever comes last', async () => {
    const [one, other] = [named('c-tie', 'Anna'), named('c-tie', 'Berta')];
    const first = nextProfile(undefined, one) as Profile;
    const states = [first, nextProfile(first, other) ?? first];
    for (const order of [states, states.toReversed()]) {
      for (const state of order) await listCreator(table, state);
      expect(await nameOf('c-tie')).toBe(states[1]?.data.name);
    }
  });

  it('that many rename at once is listed as its profile ends', async () => {
    const events = Array.from({ length: 8 }, (_, i) => named('c-many', `Name ${i}`, i + 1));
    await Promise.all(events.map((event) => acceptProfile(table, event)));
    expect(await nameOf('c-many')).toBe('Name 7');
  });

  it('whose listing failed is listed when the event comes again', async () => {
    const event = named('c-again', 'Again');
    const profile = nextProfile(undefined, event);
    const failing: MadeTable = {
      ...table,
      send: ((command: { input: { Item?: { pk?: { S?: string } } } }) => {
        if (command.input.Item?.pk?.S === 'P#creators') return Promise.reject(new Error('cut off'));
        return table.send(command as never);
      }) as never,
    };
    await expect(acceptProfile(failing, event)).rejects.toThrow('cut off');
    expect(await nameOf('c-again')).toBeUndefined();
    expect(await acceptProfile(table, event)).toEqual(profile);
    expect(await nameOf('c-again')).toBe('Again');
  });

  it('that will move tomorrow has its new zone tomorrow, without being listed again', () => {
    const now = Date.parse('2026-03-01T12:00:00Z');
    const deltas = ['Asia/Tokyo', 'UTC', 'Europe/London'].reduce<Profile | undefined>((known, timeZone, i) => {
      const time = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-02T00:00:00Z'][i] as string;
      return nextProfile(known, aCreator({ timeZone }, { time })) ?? known;
    }, undefined) as Profile;
    const { zones } = listedOf(deltas, now);
    expect(zones.map(({ zone }) => zone)).toEqual(['UTC', 'Europe/London']);
    expect([now, now + 86_400_000].map((instant) => zoneAt(zones, instant))).toEqual(['UTC', 'Europe/London']);
  });
});

describe('a search', () => {
  let version = 0;
  const profile = (name: string) => listedOf(nextProfile(undefined, named('C-Find_1', name)) as Profile, 0);
  it.each([
    ['Rosa’s Beauty', 'rosa', true],
    ['Rosa’s Beauty', 'BEAUTY', false],
    ['Rosa’s Beauty', 'c-find', true],
    ['Ｒｏｓａ', 'rosa', true],
    ['Émile', 'e\u0301m', true],
    ['Ünal', 'ünal', true],
    ['متجر', 'مت', true],
    ['<b>x</b>', '<B>', true],
    ['anything', '', true],
  ])('finds %s by %j: %s', async (name, search, isThere) => {
    expect(isFound(profile(name), search)).toBe(isThere);
    await acceptProfile(table, named('C-Find_1', name, ++version));
    expect((await readCreators(table, search, '', 1000)).some(({ creatorId }) => creatorId === 'C-Find_1')).toBe(isThere);
  });
});
