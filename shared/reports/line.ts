/** How does one formula run over the buckets of a range? A point for every bucket, and the number for all of them. */
import type { Bucket } from './buckets.ts';
import { type Cells, type Figure, figureOf, quotientOf } from './cells.ts';
import type { Formula } from './formula.ts';

export type State = 'partial' | 'restated' | 'complete';

type Parts = Omit<Figure, 'value' | 'isRestated'>;

export type Point = { at: string; value: number | null; state: State } & Parts;

export type Line = { total: number | null; points: Point[] } & Parts;

// Restatements are counted per stored day and month: a bucket of several is restated as soon as one of them is.
const stateOf = ({ hasEnded }: Bucket, isRestated: boolean): State =>
  hasEnded ? (isRestated ? 'restated' : 'complete') : 'partial';

const sumOf = (points: Point[], part: 'value' | 'numerator' | 'denominator'): number =>
  points.reduce((sum, point) => sum + (point[part] ?? 0), 0);

/** The number for all buckets: what is additive is added up from the points, counters are merged. */
function totalOf(cells: Cells, formula: Formula, points: Point[], all: string[]): Omit<Line, 'points'> {
  if (formula.kind === 'sum') return { total: sumOf(points, 'value') };
  if (formula.kind === 'ratio') {
    const numerator = sumOf(points, 'numerator');
    const denominator = sumOf(points, 'denominator');
    return { total: quotientOf(numerator, denominator, formula.isMoney), numerator, denominator };
  }
  const { value: total, isRestated: _, ...parts } = figureOf(cells, formula, all);
  return { total, ...parts };
}

/** The line of a formula for some values of a dimension together. */
export function lineOf(cells: Cells, formula: Formula, buckets: Bucket[], slice = 'total', values = ['']): Line {
  const points = buckets.map((bucket): Point => {
    const { value, isRestated, ...own } = figureOf(cells, formula, bucket.periods, slice, values);
    return { at: bucket.at, value, state: stateOf(bucket, isRestated), ...own };
  });
  const all = buckets.flatMap(({ periods }) => periods);
  return { ...totalOf(cells, formula, points, all), points };
}
