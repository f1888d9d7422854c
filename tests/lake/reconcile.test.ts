/**
 * Is the comparison exact while events go on? Records reach table and lake between its reads: nothing is said to differ that does not,
 * what was changed by hand is found, and what moves is not counted as equal.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Incoming } from '../../shared/fold/fold.ts';
import { isSettled, verdictOf } from '../../shared/lake/reconcile.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { Table } from '../../shared/store/table.ts';
import { history } from '../make/arbitrary.ts';
import { withFault } from '../make/faults.ts';
import type { World } from '../make/moving-world.ts';
import { mergeAll } from '../make/pages.ts';
import { change, everything, orders, reconciled, tableOfWorlds, worldOf } from '../make/reconciled-worlds.ts';
import { roundsOf } from '../rounds.ts';

/** What happens before the n-th call of a run: some more records of a creator are applied or archived. */
const steps = fc.array(fc.record({ isApplied: fc.boolean(), creator: fc.nat(2), count: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 0,
  maxLength: 60,
});
type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** Plays the steps, one before each call, on these creators; one after the other, as a stream does. */
function play(world: World, todo: Steps, creators: string[]): void {
  const queue = [...todo];
  let last: Promise<unknown> = Promise.resolve();
  world.before = async () => {
    const step = queue.shift();
    if (!step) return;
    last = last.then(() =>
      world[step.isApplied ? 'apply' : 'archive'](creators[step.creator % creators.length] ?? '', step.count),
    );
    await last;
  };
}

/** Any histories, any part of them applied and archived before, any movement meanwhile; one creator stands still and one cell of it is wrong. */
const check = (plant: (world: World) => World, rounds: { numRuns: number; seed?: number }) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(history, { minLength: 2, maxLength: 3 }),
      fc.array(fc.nat(9), { minLength: 6 }),
      steps,
      async (histories, begun, todo) => {
        const world = plant(await worldOf(...histories, orders()));
        const still = world.profiles.at(-1)?.creatorId ?? '';
        await world.apply(still, everything);
        await world.archive(still, everything);
        for (const [i, { creatorId }] of world.profiles.slice(0, -1).entries()) {
          await world.apply(creatorId, begun[2 * i] ?? 0);
          await world.archive(creatorId, begun[2 * i + 1] ?? 0);
        }
        const wrong = 'D#sales#total#2026-03-02';
        await change(still, wrong, 1);
        play(
          world,
          todo,
          world.profiles.slice(0, -1).map(({ creatorId }) => creatorId),
        );
        const results = await reconciled(world);
        expect(results.map(({ creatorId }) => creatorId)).toEqual(world.profiles.map(({ creatorId }) => creatorId));
        for (const { creatorId, differing } of results)
          expect(differing.map(({ item, field }) => `${item} ${field}`)).toEqual(creatorId === still ? [`${wrong} orders`] : []);
      },
    ),
    { ...rounds, endOnFailure: true },
  );

describe('a comparison while events go on', () => {
  test('says that exactly what was changed by hand differs', async () => {
    await check((world) => world, { numRuns: roundsOf('reconciled') });
  });

  const bugs: [string, (world: World) => World][] = [
    ['reads all of the lake instead of up to the cut', (world) => planted(world, / AND seq <= cut\.through/g)],
    ['takes nothing for moving', deaf],
  ];
  test.each(bugs)('is found out when it %s', async (_, plant) => {
    await expect(check(plant, { seed: 1, numRuns: 60 })).rejects.toThrow(/Property failed/);
  });

  test('counts a creator that moves while it is read as moving, and only its days', async () => {
    const world = await worldOf(orders(), orders());
    const [moving = '', still = ''] = world.profiles.map(({ creatorId }) => creatorId);
    await world.apply(still, everything);
    await world.apply(moving, 1);
    for (const creator of [moving, still]) await world.archive(creator, everything);
    // A day more each time that its totals are read: behind the mark that was read before.
    world.before = async (call) => {
      if ('partition' in call && call.partition === `C#${moving}#1` && call.prefix === 'K#') await world.apply(moving, 1);
    };
    const [found, other] = await reconciled(world);
    expect(found).toMatchObject({ differing: [], movingDays: 1, isPending: true });
    expect(found && isSettled(found)).toBe(false);
    expect(other && isSettled(other)).toBe(true);
    expect(found?.cells).toBeGreaterThan(0);
    expect(found?.cells).toBeLessThan(other?.cells ?? 0);
  });

  test('finds a cell of a creator whose backlog is pending, without waiting for the backlog', async () => {
    const world = await worldOf(orders());
    const [creator = ''] = world.profiles.map(({ creatorId }) => creatorId);
    await world.apply(creator, 3);
    await world.archive(creator, everything);
    await change(creator, 'D#sales#total#2026-03-01', 1);
    const [found] = await reconciled(world);
    expect(found?.differing).toEqual([
      { item: 'D#sales#total#2026-03-01', field: 'orders', table: 2, lake: 1, entities: ['order/o-0'] },
    ]);
    expect(found).toMatchObject({ moving: 0, isPending: true });
  });

  test('says of a creator of whom nothing is applied yet that nothing was compared', async () => {
    const world = await worldOf(orders());
    await world.archive(world.profiles[0]?.creatorId ?? '', everything);
    expect(await reconciled(world)).toMatchObject([{ cells: 0, differing: [], isPending: true, through: '' }]);
  });

  const mostStops = roundsOf('brokenOff');
  /** Whether a cell is said to differ when the batch breaks off after one of some calls. */
  async function isFooled(): Promise<boolean> {
    const { sent } = await broken(orders(), Number.POSITIVE_INFINITY);
    const each = Math.max(1, Math.floor(sent.length / mostStops));
    for (let nth = each; nth <= sent.length; nth += each) {
      const { world } = await broken(orders(), nth);
      const [found] = await reconciled(world);
      if (found?.differing.length) return true;
    }
    return false;
  }

  test('takes what a batch has moved that broke off for moving, at whichever call it did', async () => {
    expect(await isFooled()).toBe(false);
  });

  /** The first three records are applied; the batch with the rest, or its merge, breaks off after its nth call took effect. */
  async function broken(records: Incoming[], nth: number) {
    const world = await worldOf(records);
    const creator = world.profiles[0]?.creatorId ?? '';
    await world.apply(creator, 3);
    await world.archive(creator, everything);
    const rest = records
      .slice(3)
      .map((one) => ({ ...one, record: { ...one.record, event: { ...one.record.event, creatorid: creator } } }));
    const fault = withFault(tableOfWorlds(), nth, 'after');
    let isDead = false;
    const send = async (command: { input: { Item?: { sk?: { S?: string } } } }) => {
      // After the fault nothing more is sent: the process is gone.
      if (isDead) throw new Error('gone');
      try {
        return await fault.table.send(command as never);
      } catch (error) {
        isDead = true;
        throw error;
      }
    };
    const through = { name: tableOfWorlds().name, send: send as unknown as Table['send'] };
    await applyBatch(through, rest);
    await mergeAll(through, `C#${creator}#1`).catch(() => {});
    return { world, sent: fault.sent };
  }
});

/** A world in which a statement is sent changed. Throws where there is nothing to change. */
function planted(world: World, from: RegExp): World {
  world.rewrite = (sql) => {
    if (sql.includes('cut.through') && !from.test(sql)) throw new Error(`no SQL has ${from}`);
    return sql.replaceAll(from, '');
  };
  return world;
}

/** A world in which no batch ever listed what it changedRoots behind the cut. */
function deaf(world: World): World {
  const { send } = world.stores.table;
  world.stores.table = {
    name: world.stores.table.name,
    send: (async (command: { input: { ExpressionAttributeValues?: { ':prefix'?: { S: string } } } }) =>
      command.input.ExpressionAttributeValues?.[':prefix']?.S.startsWith('L#')
        ? { Items: [] }
        : send(command as never)) as unknown as Table['send'],
  };
  return world;
}

describe('a verdict', () => {
  const sides = { table: 1, lake: 0 };
  const look = (differing: string[], moving: string[] = [], isPending = false) => ({
    differing: new Map(differing.map((cell) => [cell, sides])),
    moving,
    isPending,
  });

  test('waits for a second look that says the same', () => {
    expect(verdictOf(look(['a']), undefined, false)).toBeUndefined();
    expect(verdictOf(look(['a']), new Set(['a']), false)).toEqual({ confirmed: ['a'], moving: [] });
    expect(verdictOf(look(['a', 'b']), new Set(['a']), false)).toBeUndefined();
    expect(verdictOf(look(['a'], ['b']), new Set(['a']), false)).toBeUndefined();
  });

  test('does not wait for a backlog, but for a second look it does', () => {
    expect(verdictOf(look([], ['b'], true), undefined, false)).toEqual({ confirmed: [], moving: ['b'] });
    expect(verdictOf(look([], ['b']), undefined, false)).toBeUndefined();
    expect(verdictOf(look(['a'], ['b'], true), undefined, false)).toBeUndefined();
    expect(verdictOf(look(['a'], ['b'], true), new Set(['a']), false)).toEqual({ confirmed: ['a'], moving: ['b'] });
  });

  test('loses no cell in the last look: what is not confirmed is not equal either', () => {
    expect(verdictOf(look(['a', 'b'], ['c']), new Set(['a']), true)).toEqual({ confirmed: ['a'], moving: ['c', 'b'] });
    expect(verdictOf(look(['a']), undefined, true)).toEqual({ confirmed: [], moving: ['a'] });
  });
});
