/** In which world does a rule's absence show? The first seed at which something goes wrong without it. */
import { archiveBatch } from '../../shared/lake/archive.ts';
import { compactDay } from '../../shared/lake/compact-day.ts';
import type { MadeBucket } from '../make/bucket.ts';
import { playArchive } from './lake-archive.ts';
import { playCompaction } from './lake-compact.ts';
import { type LakeCode, type LakeRuleName, lakeRule, withoutRule } from './lake-rules.ts';

export const realLake: LakeCode = { archiveBatch, compactDay };

/** Small worlds, in which something soon goes wrong. */
export const playSmall = async (
  bucket: MadeBucket,
  code: LakeCode,
  world: 'archive' | 'compact',
  seed: number,
): Promise<string[]> => {
  const { wrong } =
    world === 'archive'
      ? await playArchive(bucket, code.archiveBatch, seed, { events: 2000, kills: 30, largest: 100, checkEvery: 1 })
      : await playCompaction(bucket, code.compactDay, seed, { events: 600, kills: 10 });
  return wrong;
};

/** The first of these worlds that is wrong without the rule, if there is one. */
export async function findLakeRed(
  bucket: MadeBucket,
  name: LakeRuleName,
  seed: number,
  most = 12,
): Promise<{ seed: number; what: string } | undefined> {
  const code = await withoutRule(name);
  for (let next = seed; next < seed + most; next++) {
    const [what] = await playSmall(bucket, code, lakeRule(name).world, next);
    if (what !== undefined) return { seed: next, what };
  }
  return undefined;
}
