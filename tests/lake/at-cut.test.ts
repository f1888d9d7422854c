/** Does the lake say at any cut what the fold says of the records up to it? And would a statement that reads past the cut be found out? */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, type Incoming } from '../../shared/fold/fold.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { kpisAtCuts } from '../../shared/lake/at-cut.ts';
import { grains, lakeValues } from '../../shared/lake/compared-values.ts';
import { history } from '../make/arbitrary.ts';
import { cellsOf, plain } from '../make/cells.ts';
import { makeEmbeddedLake } from '../make/embedded-lake.ts';
import { makeWorld } from '../make/moving-world.ts';
import { makeTable } from '../make/servers.ts';
import { roundsOf } from '../rounds.ts';

const now = Date.parse('2026-06-02T00:00:00Z');

/** Any histories, each a creator of one lake with everything in it, and a cut in each. */
const cutHistories = fc.array(fc.tuple(history, fc.nat(20)), { minLength: 3, maxLength: 8 });

async function check(rewrite: (sql: string) => string, rounds: { numRuns: number; seed?: number }): Promise<void> {
  const table = await makeTable();
  try {
    await fc.assert(
      fc.asyncProperty(cutHistories, async (some) => {
        const lake = await makeEmbeddedLake(undefined, false);
        try {
          const histories = new Map(some.map(([records], i): [string, Incoming[]] => [`c-${i}`, records]));
          const world = await makeWorld(table, lake, histories);
          world.rewrite = rewrite;
          for (const creator of histories.keys()) await world.archive(creator, 3);
          for (const creator of histories.keys()) await world.archive(creator, 100);
          const upTo = some.map(([records, n]) => records.slice(0, n % (records.length + 1)));
          const cuts = new Map(upTo.map((records, i) => [`c-${i}`, records.at(-1)?.seq ?? '']));
          const found = new Map<string, { [cell: string]: number }>();
          for (const grain of grains)
            for await (const [creator, cells] of lakeValues(world.stores.athena, cuts, grain, now))
              found.set(creator, { ...found.get(creator), ...plain(cells) });
          for (const [i, records] of upTo.entries())
            expect(found.get(`c-${i}`) ?? {}).toEqual(plain(cellsOf(fold(records, new Map(), dictionary).changes)));
        } finally {
          lake.close();
        }
      }),
      { ...rounds, endOnFailure: true },
    );
  } finally {
    await table.close();
  }
}

test('the lake at a cut is the fold of the records up to it', async () => {
  await check((sql) => sql, { numRuns: roundsOf('atCut') });
});

const bugs: [string, RegExp, string][] = [
  ['reads past the cut', / AND seq <= cut\.through/g, ''],
  ['leaves the record at the cut out', /seq <= cut\.through/g, 'seq < cut.through'],
  ['takes the newest of everything and then those up to the cut', /WHERE place = 1/, 'WHERE place <= 2'],
];
test.each(bugs)('it is found out when a statement %s', async (_, from, to) => {
  expect(kpisAtCuts(dictionary, 'day', 1)).toMatch(from);
  await expect(check((sql) => sql.replaceAll(new RegExp(from, 'g'), to), { seed: 1, numRuns: 60 })).rejects.toThrow(
    /Property failed/,
  );
});

test('a statement for as many creators as it may take stays within what Athena takes', () => {
  const [longestName, sequence] = [64, 70];
  const bound = 500 * (longestName + sequence + 6);
  expect(kpisAtCuts(dictionary, 'day', 500).length + bound).toBeLessThan(262_144);
});
