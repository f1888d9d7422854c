/** Does the lake keep everything once, however its writers are killed, and does each rule that makes it so matter? */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MadeBucket, makeBucket } from '../make/bucket.ts';
import { killLake } from './lake-kills.ts';
import { findLakeRed, playSmall, realLake } from './lake-red.ts';
import { lakeRule, lakeRuleNames } from './lake-rules.ts';

let bucket: MadeBucket;
beforeAll(async () => {
  bucket = await makeBucket();
});
afterAll(() => bucket.close());

describe('a lake whose writers are killed', () => {
  test.each([1, 2])('has every event of a hostile archive, world %i', { timeout: 120_000 }, async (seed) => {
    expect(await playSmall(bucket, realLake, 'archive', seed)).toEqual([]);
  });

  test.each([1, 2])('answers the same at every step of a hostile compaction, world %i', { timeout: 120_000 }, async (seed) => {
    expect(await playSmall(bucket, realLake, 'compact', seed)).toEqual([]);
  });

  test('survives SIGKILL of real processes', { timeout: 120_000 }, async () => {
    const { wrong, archiveKills, compactKills, doubledRows } = await killLake(bucket, 1, { events: 3000, kills: 3 });
    expect(wrong).toEqual([]);
    expect(doubledRows.compacted).toBe(0);
    expect(archiveKills).toBeGreaterThan(0);
    expect(compactKills).toBeGreaterThan(0);
  });

  test.each(lakeRuleNames)('goes wrong without the rule %s', { timeout: 120_000 }, async (name) => {
    expect(await findLakeRed(bucket, name, 1), `${lakeRule(name).says}: nothing went wrong without it`).toBeDefined();
  });
});
