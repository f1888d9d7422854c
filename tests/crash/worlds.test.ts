/** Does the real code stay exact in a hostile world, and does each rule that makes it so matter? */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startKpiTable, type TestTable } from '../make/kpi-table.ts';
import { roundsOf, someOf } from '../rounds.ts';
import { realCode } from './mutants.ts';
import { findRed, isRed, playMany } from './play.ts';
import { type RuleName, ruleNames, ruleOf } from './rules.ts';
import { playWorld } from './world.ts';

let store: TestTable;
beforeAll(async () => {
  // The functions log a line for every batch.
  vi.spyOn(console, 'log').mockImplementation(() => {});
  store = await startKpiTable();
});
afterAll(async () => {
  await store.stop();
  vi.restoreAllMocks();
});

// Seeds at which a world soon goes wrong without the rule; `npm run worlds -- --all-rules` looks for every rule's. Other code makes
// other calls, so that another seed may show it then: the next ones are tried too.
const shownBy: { [rule in RuleName]: number } = {
  appendedFirst: 2,
  entCond: 3,
  pageCond: 140,
  watermark: 1,
  mergedLast: 1,
  partsFirst: 10,
  partCond: 20,
  once: 1,
  tailCond: 11,
  made: 87,
  tailRead: 1,
  kept: 6,
  skip: 25,
  failSeq: 2,
  known: 10,
  perRecord: 1,
  consistent: 2,
  length: 5,
  stamp: 5,
  profile: 5,
  contributions: 1,
  drop: 13,
  epoch: 1,
  order: 1,
  tie: 65,
  ttl: 14,
  aside: 16,
  unread: 2,
};
const mostTried = 40;

describe('a hostile world', () => {
  test('leaves every total what it should be', async () => {
    const red: string[] = [];
    for await (const { seed, outcome } of playMany(store, 1, roundsOf('worlds')))
      if (isRed(outcome)) red.push(`seed ${seed}`, ...outcome.wrong, ...outcome.broken);
    expect(red).toEqual([]);
  });

  test('is played the same again from its seed', async () => {
    const [first, second] = [[], []] as string[][];
    await playWorld(store, realCode, 2, { name: 'same', say: (line) => first?.push(line) });
    const fresh = await startKpiTable();
    await playWorld(fresh, realCode, 2, { name: 'same', say: (line) => second?.push(line) });
    await fresh.stop();
    expect(second).toEqual(first);
    expect(first?.length).toBeGreaterThan(100);
  });

  test.each(someOf(ruleNames, 'worldRules'))('goes wrong without the rule %s', async (rule) => {
    const red = await findRed(store, rule, shownBy[rule], mostTried);
    expect(red, `${ruleOf(rule).says}: nothing went wrong without it`).toBeDefined();
  });
});
