/** How do values and places become pixels? A line of whole steps for values, a row of bands for points. */
import { nice, ticks } from 'd3-array';

type Pair = readonly [number, number];

export interface LinearScale {
  /** The values that it goes from and to: round ones, around those that were given. */
  domain: [number, number];
  of: (value: number) => number;
  /** About so many round values of it. */
  ticks: (count: number) => number[];
}

/** From values to pixels, in about `count` round steps. */
export function linearScale([least, most]: Pair, [start, end]: Pair, count: number): LinearScale {
  const [first, last] = nice(least, most, count);
  return {
    domain: [first, last],
    of: (value) => start + ((value - first) / (last - first)) * (end - start),
    ticks: (wanted) => ticks(first, last, wanted),
  };
}

/** Parts of a step: between two bands, and before the first and after the last one. */
const [inner, outer] = [0.25, 0.1];

/** So many bands beside each other: their width, and the middle of each. */
export function bandScale(count: number, [start, end]: Pair): { width: number; middle: (i: number) => number } {
  const step = (end - start) / Math.max(1, count - inner + outer * 2);
  const first = start + (end - start - step * (count - inner)) / 2;
  const width = step * (1 - inner);
  return { width, middle: (i) => first + step * i + width / 2 };
}
