/** Is a signature the one that was expected? Compared in the same time whether it is right or wrong. */
import { timingSafeEqual } from 'node:crypto';

/** Are these the same digest, as text? Takes as long for a wrong one as for a right one. */
export function isSameDigest(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
