/** Does a new generation stand beside the old one until reads switch, and is there a way back? */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScope } from '../../shared/reports/scope.ts';
import { goBack, openGeneration, switchReads } from '../../shared/store/generations.ts';
import { acceptProfile, type Profile, readGenerationOf } from '../../shared/store/profiles.ts';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';
import { aCreator } from '../make/snapshots.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const nothing = async () => {};
let store: TestTable;
beforeAll(async () => {
  store = await startKpiTable();
});
afterAll(() => store.stop());

const writesAndReads = (profile: Profile): [number, number] => [profile.generation, readGenerationOf(profile)];

/** Steps on a creator of its own; answers where collect writes and where reports read after each. */
async function take(creator: string, ...steps: ((id: string) => Promise<Profile>)[]): Promise<[number, number][]> {
  await acceptProfile(store.table, aCreator({}, { creator }));
  const seen: [number, number][] = [];
  for (const step of steps) seen.push(writesAndReads(await step(creator)));
  return seen;
}
const open = (id: string) => openGeneration(store.table, id, now);
const toNew = (id: string) => switchReads(store.table, id, nothing);
const back = (id: string) => goBack(store.table, id);

describe('a generation', () => {
  test('is filled while reports read the one before, then read at once', async () => {
    expect(await take('c-filled', open, toNew)).toEqual([
      [2, 1],
      [2, 2],
    ]);
  });

  test('that was switched to can be taken back, and taken up again', async () => {
    expect(await take('c-back', open, toNew, back, back)).toEqual([
      [2, 1],
      [2, 2],
      [1, 1],
      [2, 2],
    ]);
  });

  test('that is still being filled can be given up', async () => {
    expect(await take('c-up', open, back)).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  test('is never filled twice: the next one has a number that nobody used', async () => {
    expect((await take('c-next', open, back, open)).at(-1)).toEqual([3, 1]);
  });

  test('is not switched to before it is filled', async () => {
    await take('c-fails', open);
    const failing = switchReads(store.table, 'c-fails', () => Promise.reject(new Error('not yet')));
    await expect(failing).rejects.toThrow('not yet');
    const { profile } = await openScope(store.table, 'c-fails', now);
    expect(writesAndReads(profile)).toEqual([2, 1]);
  });

  test('that is read while another is filled says how old it is', async () => {
    await take('c-old', open);
    const { progress } = await openScope(store.table, 'c-old', now + 60_000);
    expect(progress.lagSeconds).toBe(60);
  });

  test('has no way back where there was none before', async () => {
    await acceptProfile(store.table, aCreator({}, { creator: 'c-only' }));
    await expect(goBack(store.table, 'c-only')).rejects.toThrow('no generation before');
  });
});
