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
  aggFirst: 1,
  slow: 29,
  entCond: 23,
  ownW: 1,
  zero: 7,
  skip: 25,
  failSeq: 9,
  known: 71,
  perRecord: 4,
  watermark: 1,
  consistent: 1,
  length: 5,
  stamp: 1,
  profile: 7,
  contributions: 1,
  drop: 5,
  epoch: 1,
  order: 1,
  tie: 12,
  ttl: 3,
  hours: 2,
  aside: 25,
  listed: 19,
  chunk: 1,
  unread: 7,
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
