/** Which instant does a wall clock show? Files without offsets are read in the creator's zone. */
import { offsetAt } from '../shared/time.ts';

const aDay = 86_400_000;

/**
 * The instant (ms) of a wall-clock time such as `2017-10-15 00:00:00` (blank or T between) in a zone.
 * An hour that the clock skipped is moved on by the gap, a repeated one is its first. NaN for other text.
 */
export function instantOf(wall: string, zone: string): number {
  const asUtc = Date.parse(`${wall.replace(' ', 'T')}Z`);
  if (Number.isNaN(asUtc)) return Number.NaN;
  const before = offsetAt(zone, asUtc - aDay);
  const after = offsetAt(zone, asUtc + aDay);
  for (const offset of [before, after]) if (offsetAt(zone, asUtc - offset) === offset) return asUtc - offset;
  return asUtc - before;
}
