/** How does one formula run over the buckets of a range? A point for every bucket, and the number for all of them. */
import type { Bucket } from './buckets.ts';
import { type Cells, type Figure, figureOf } from './cells.ts';
import type { Formula } from './formula.ts';

export type State = 'partial' | 'restated' | 'complete';

type Parts = Omit<Figure, 'value' | 'isRestated'>;

export type Point = { at: string; value: number | null; state: State } & Parts;

export type Line = { total: number | null; points: Point[] } & Parts;

const stateOf = ({ hasEnded }: Bucket, isRestated: boolean): State =>
  hasEnded ? (isRestated ? 'restated' : 'complete') : 'partial';

/** The line of a formula for some values of a dimension together; without points where only the total is asked for. */
export function lineOf(
  cells: Cells,
  formula: Formula,
  buckets: Bucket[],
  slice: string,
  values: string[],
  withPoints = true,
): Line {
  const all = buckets.flatMap(({ periods }) => periods);
  const { value: total, isRestated: _, ...parts } = figureOf(cells, formula, all, slice, values);
  const points = withPoints
    ? buckets.map((bucket): Point => {
        const { value, isRestated, ...own } = figureOf(cells, formula, bucket.periods, slice, values);
        return { at: bucket.at, value, state: stateOf(bucket, isRestated), ...own };
      })
    : [];
  return { total, ...parts, points };
}
