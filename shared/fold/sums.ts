/** How are amounts added up exactly? Whole numbers without end, others to the fifteen digits that a number holds. */

/** A sum; beyond the whole numbers that are exact, one with all of its digits. */
export type Sum = number | bigint;

/** The sum with something added. */
export function plus(sum: Sum, by: Sum): Sum {
  if (typeof sum === 'bigint' || typeof by === 'bigint') return shortest(BigInt(sum) + BigInt(by));
  const added = sum + by;
  if (!Number.isInteger(added)) return Number(added.toPrecision(15));
  return Number.isSafeInteger(added) ? added : BigInt(sum) + BigInt(by);
}

const shortest = (sum: bigint): Sum => (BigInt.asIntN(53, sum) === sum ? Number(sum) : sum);

/** Sums by item, then by field. */
export type Sums = Map<string, Map<string, Sum>>;

/** Adds to one field of an item. */
export function addTo(sums: Sums, item: string, field: string, by: Sum): void {
  const fields = sums.get(item) ?? new Map<string, Sum>();
  if (!fields.size) sums.set(item, fields);
  fields.set(field, plus(fields.get(field) ?? 0, by));
}
