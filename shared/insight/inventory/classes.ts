/** Which products matter, and how do they sell? ABC by revenue, XYZ by variation, and the four patterns of Syntetos and Boylan (2005). */

export type AbcClass = 'A' | 'B' | 'C';
export type XyzClass = 'X' | 'Y' | 'Z';
export type DemandPattern = 'smooth' | 'intermittent' | 'erratic' | 'lumpy';

/**
 * A are the products that bring the first 80 % of revenue, B those up to 95 %, C the rest; the product that crosses a border is still on its
 * near side, so that one that brings 90 % alone is A. What brought nothing is C.
 */
export function abcClasses(products: readonly { id: string; revenue: number }[]): Map<string, AbcClass> {
  const sorted = products.toSorted((a, b) => b.revenue - a.revenue || (a.id < b.id ? -1 : 1));
  const total = sorted.reduce((sum, { revenue }) => sum + Math.max(0, revenue), 0);
  let before = 0;
  return new Map(
    sorted.map(({ id, revenue }) => {
      const share = total > 0 ? before / total : 1;
      before += Math.max(0, revenue);
      return [id, revenue <= 0 || share >= 0.95 ? 'C' : share >= 0.8 ? 'B' : 'A'];
    }),
  );
}

function variation(values: readonly number[]): { mean: number; ratio: number } | null {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2 || !(mean > 0)) return null;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { mean, ratio: Math.sqrt(variance) / mean };
}

/** X: units of a period vary by less than half their mean; Y: less than the mean; Z: more. Null below two periods or without sales. */
export function xyzClass(periods: readonly number[]): XyzClass | null {
  const found = variation(periods);
  if (!found) return null;
  return found.ratio < 0.5 ? 'X' : found.ratio < 1 ? 'Y' : 'Z';
}

/**
 * By the mean interval between periods with demand (ADI, border 1.32) and the squared variation of what is sold in them (border 0.49). Null
 * below two periods with demand.
 */
export function demandPattern(
  periods: readonly number[],
): { pattern: DemandPattern; interval: number; squaredVariation: number } | null {
  const sizes = periods.filter((units) => units > 0);
  const found = variation(sizes);
  if (!found) return null;
  const interval = periods.length / sizes.length;
  const squaredVariation = found.ratio ** 2;
  const isRare = interval >= 1.32;
  const isUneven = squaredVariation >= 0.49;
  const pattern = isRare ? (isUneven ? 'lumpy' : 'intermittent') : isUneven ? 'erratic' : 'smooth';
  return { pattern, interval, squaredVariation };
}
