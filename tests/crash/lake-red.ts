/** In which world does a rule's absence show? The first seed at which something goes wrong without it. */
import { archiveBatch } from '../../shared/lake/archive.ts';
import { compactDay } from '../../shared/lake/compact-day.ts';
import type { MadeBucket } from '../make/bucket.ts';
import { playArchive } from './lake-archive.ts';
import { playCompaction } from './lake-compact.ts';
import { type LakeCode, type LakeRuleName, lakeRule, withoutRule } from './lake-rules.ts';

export const realLake: LakeCode = { archiveBatch, compactDay };

/** Events and kills of a world: small ones, in which something soon goes wrong, and larger ones. */
export const sizes = {
  small: { archive: { events: 500, kills: 12 }, compact: { events: 250, kills: 4, calls: 60 } },
  large: { archive: { events: 2000, kills: 30 }, compact: { events: 600, kills: 10 } },
};

/** Plays a world to its end, or in compaction to the first thing that is wrong. */
export const playSmall = async (
  bucket: MadeBucket,
  code: LakeCode,
  world: 'archive' | 'compact',
  seed: number,
  size: keyof typeof sizes = 'small',
): Promise<string[]> => {
  const { archive, compact } = sizes[size];
  const { wrong } =
    world === 'archive'
      ? await playArchive(bucket, code.archiveBatch, seed, { ...archive, largest: 100, checkEvery: 1 })
      : await playCompaction(bucket, code.compactDay, seed, compact);
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
