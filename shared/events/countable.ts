/** Are the numbers of a snapshot such that both readers count them exactly? What is larger loses units in one and wraps in the other. */
import type { Facts, Scalar } from './entity.ts';

function requireExact(name: string, value: number): void {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new RangeError(`${name}: ${value} is more than can be counted exactly; at most ${Number.MAX_SAFE_INTEGER}`);
}

function requireExactSums(name: string, elements: { [inner: string]: Scalar | undefined }[]): void {
  const sums = new Map<string, number>();
  for (const element of elements)
    for (const [inner, value] of Object.entries(element))
      if (typeof value === 'number') {
        requireExact(`${name}.${inner}`, value);
        sums.set(inner, (sums.get(inner) ?? 0) + Math.abs(value));
      }
  for (const [inner, sum] of sums) requireExact(`the sum of ${name}.${inner}`, sum);
}

/** Throws RangeError where a fact, or the sum of a list's, is no number that JavaScript and a BIGINT both hold exactly. */
export function requireCountable(facts: Facts): void {
  for (const [name, value] of Object.entries(facts))
    if (typeof value === 'number') requireExact(name, value);
    else if (Array.isArray(value)) requireExactSums(name, value);
}
