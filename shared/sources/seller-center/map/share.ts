/** How is a whole shared out? In whole units, in proportion to weights, so that the shares sum to it. */

/** Units that are left over go to the largest remainders, the earlier first. Without any weight the first takes all. */
export function share(whole: number, weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? whole : 0));
  const exact = weights.map((weight) => (BigInt(whole) * BigInt(weight)) / BigInt(sum));
  const remainders = weights.map((weight, i) => ({ i, rest: (BigInt(whole) * BigInt(weight)) % BigInt(sum) }));
  let left = whole - Number(exact.reduce((total, part) => total + part, 0n));
  const shares = exact.map(Number);
  for (const { i } of remainders.toSorted((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1)))
    if (left-- > 0) shares[i] = (shares[i] ?? 0) + 1;
  return shares;
}
