/** What does a comparison cost, and what does the next one look at? */
import { describe, expect, test } from 'vitest';
import { lakeValues } from '../../shared/lake/compared-values.ts';
import { isSettled, type Reconciliation, reconcileCreators } from '../../shared/lake/reconcile.ts';
import { reconcile } from '../../shared/lake/reconcile-all.ts';
import type { World } from '../make/moving-world.ts';
import { change, everything, now, orders, reconciled, worldOf } from '../make/reconciled-worlds.ts';

describe('the price of a comparison', () => {
  async function settled(creators: number): Promise<World> {
    const world = await worldOf(...Array.from({ length: creators }, orders));
    for (const { creatorId } of world.profiles) {
      await world.apply(creatorId, everything);
      await world.archive(creatorId, everything);
    }
    return world;
  }

  test('is three statements for any number of settled creators', async () => {
    for (const creators of [1, 12]) {
      const world = await settled(creators);
      const results = await reconciled(world);
      expect(results.map((one) => [one.differing.length, isSettled(one)])).toEqual(Array(creators).fill([0, true]));
      expect(world.statements).toHaveLength(3);
    }
  });

  test('is three more for a look at those that differ, and one that names what they miss', async () => {
    const world = await settled(12);
    for (const { creatorId } of world.profiles.slice(0, 5)) await change(creatorId, 'M#sales#total#2026-03', 1);
    const results = await reconciled(world);
    expect(results.filter(({ differing }) => differing.length)).toHaveLength(5);
    expect(world.statements).toHaveLength(3 + 3 + 1);
  });

  test('is three statements for a backlog, however many creators it moves', async () => {
    const world = await worldOf(...Array.from({ length: 8 }, orders));
    for (const { creatorId } of world.profiles) await world.archive(creatorId, everything);
    world.before = async (call) => {
      if ('partition' in call && call.prefix === 'K#') await world.apply(call.partition.split('#')[1] ?? '', 1);
    };
    const results = await reconciled(world);
    expect(results.every(({ movingDays, isPending }) => movingDays > 0 && isPending)).toBe(true);
    expect(world.statements).toHaveLength(3);
  });

  test('is nine statements at most, for creators whose records the lake does not get', async () => {
    const world = await worldOf(...Array.from({ length: 8 }, orders));
    for (const { creatorId } of world.profiles) {
      await world.apply(creatorId, everything);
      await world.archive(creatorId, 2);
    }
    const results = await reconciled(world);
    expect(results.every(({ movingDays, differing }) => movingDays > 0 && !differing.length)).toBe(true);
    expect(world.statements).toHaveLength(9);
  });

  test('is six where the lake has them by the second look', async () => {
    const world = await worldOf(...Array.from({ length: 8 }, orders));
    for (const { creatorId } of world.profiles) await world.apply(creatorId, everything);
    world.before = async (call) => {
      if ('statement' in call && world.statements.length === 4)
        for (const { creatorId } of world.profiles) await world.archive(creatorId, everything);
    };
    const results = await reconciled(world);
    expect(results.every((one) => isSettled(one) && one.cells > 0)).toBe(true);
    expect(world.statements).toHaveLength(6);
  });

  test('holds the cells of a portion at a time', async () => {
    const world = await settled(18);
    const [portion, looked] = [{ creators: 7, cells: 1_000_000 }, [] as Reconciliation[]];
    for await (const some of reconcileCreators(world.stores, world.profiles, { now, wait: 0, portion })) looked.push(...some);
    expect(looked).toHaveLength(18);
    expect(world.statements).toHaveLength(3 * 3);
    world.statements.length = 0;
    // A portion ends with the sixteen creators that are read at once, when they have more cells than it may hold.
    for await (const _ of reconcileCreators(world.stores, world.profiles, {
      now,
      wait: 0,
      portion: { creators: 250, cells: 10 },
    }));
    expect(world.statements).toHaveLength(1 + 2 * 2);
  });

  test('binds every value: a creator whose name would end the text is only text', async () => {
    const cuts = new Map([["c' OR '1' = '1", '9'.repeat(60)]]);
    const world = await worldOf();
    const found: unknown[] = [];
    for await (const one of lakeValues(world.stores.athena, cuts, 'day', now())) found.push(one);
    expect(found).toEqual([]);
  });
});

describe('a run of all', () => {
  test('looks again the next time at who was moving, though nothing more arrives', async () => {
    const world = await worldOf(orders());
    const creator = world.profiles[0]?.creatorId ?? '';
    await world.apply(creator, 3);
    await world.archive(creator, everything);
    const later = () => Date.now() + 10 * 86_400_000;
    const first = await reconcile(world.stores, { isAll: true, now: later, wait: 0 });
    expect(first.find(({ creatorId }) => creatorId === creator)).toMatchObject({ isPending: true, differing: [] });
    await world.apply(creator, everything);
    const second = await reconcile(world.stores, { now: later, wait: 0 });
    expect(second.find(({ creatorId }) => creatorId === creator)).toMatchObject({ isPending: false, moving: 0, differing: [] });
    const third = await reconcile(world.stores, { now: later, wait: 0 });
    expect(third.map(({ creatorId }) => creatorId)).not.toContain(creator);
  });
});
