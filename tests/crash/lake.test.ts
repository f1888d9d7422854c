/** Does the lake keep everything once, however its writers are killed, and does each rule that makes it so matter? */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MadeBucket } from '../make/bucket.ts';
import { shareBucket } from '../make/shared-bucket.ts';
import { isFull, roundsOf, someOf } from '../rounds.ts';
import { killLake } from './lake-kills.ts';
import { findLakeRed, playSmall, realLake } from './lake-red.ts';
import { type LakeRuleName, lakeRule, lakeRuleNames } from './lake-rules.ts';

let bucket: MadeBucket;
beforeAll(async () => {
  bucket = await shareBucket();
});
afterAll(() => bucket.close());

// Seeds at which a world soon goes wrong without the rule, where the first does not; the next ones are tried too.
const shownBy: { [name in LakeRuleName]?: number } = {
  ends: 2,
  fingerprint: 7,
  again: 2,
  putFirst: 2,
  footer: 2,
  content: 3,
  grace: 26,
  history: 3,
};
const size = isFull ? 'large' : 'small';
const worlds = Array.from({ length: roundsOf('lakeWorlds') }, (_, i) => i + 1);

describe('a lake whose writers are killed', () => {
  test.each(worlds)('has every event of a hostile archive, world %i', async (seed) => {
    expect(await playSmall(bucket, realLake, 'archive', seed, size)).toEqual([]);
  });

  test.each(worlds)('answers the same at every step of a hostile compaction, world %i', async (seed) => {
    expect(await playSmall(bucket, realLake, 'compact', seed, size)).toEqual([]);
  });

  test('survives SIGKILL of real processes', async () => {
    const { wrong, archiveKills, compactKills, doubledRows } = await killLake(bucket, 1, {
      events: 3000,
      kills: roundsOf('lakeKills'),
    });
    expect(wrong).toEqual([]);
    expect(doubledRows.compacted).toBe(0);
    expect(archiveKills).toBeGreaterThan(0);
    expect(compactKills).toBeGreaterThan(0);
  });

  test.each(someOf(lakeRuleNames, 'lakeRules'))('goes wrong without the rule %s', async (name) => {
    expect(
      await findLakeRed(bucket, name, shownBy[name] ?? 1),
      `${lakeRule(name).says}: nothing went wrong without it`,
    ).toBeDefined();
  });
});
