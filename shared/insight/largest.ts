/** Which values of a dimension are kept in a document? Those that matter most; the others are told together. */

/** Values of a dimension in a month that are kept apart; the others are together under `others`. */
export const mostValues = 300;
export const others = '\u0000others';

/** The largest values by `size`, largest first, and behind them the sum of the rest. */
export function largestOf<Figures>(
  values: Map<string, Figures>,
  size: (figures: Figures) => number,
  nothing: () => Figures,
  addTo: (sum: Figures, more: Figures) => void,
): [value: string, figures: Figures][] {
  const sorted = [...values].toSorted(([a, x], [b, y]) => size(y) - size(x) || (a < b ? -1 : 1));
  if (sorted.length <= mostValues) return sorted;
  const rest = nothing();
  for (const [, figures] of sorted.slice(mostValues)) addTo(rest, figures);
  return [...sorted.slice(0, mostValues), [others, rest]];
}
