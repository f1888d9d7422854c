/** How does one formula run over the buckets of a range? A point for every bucket, and the number for all of them. */
import type { Bucket } from './buckets.ts';
import type { Formula } from './formula.ts';
import { type Figure, figureOf, isBeyondExact, type PeriodTotals, quotientOf, roundedMark } from './period-totals.ts';

export type State = 'partial' | 'restated' | 'complete';

type Parts = Omit<Figure, 'value' | 'isRestated'>;

export type Point = Pick<Bucket, 'at' | 'to'> & { value: number | null; state: State; isCut?: true; noData?: true } & Parts;

/** `noData`: all of it lies before the first datum, so that its zero is no count. */
export type Series = { total: number | null; state: State; points: Point[]; noData?: true } & Parts;

// Restatements are counted per stored day and month: a bucket of several is restated as soon as one of them is.
export const stateOf = ({ isSettled }: Bucket, isRestated: boolean): State =>
  isSettled ? (isRestated ? 'restated' : 'complete') : 'partial';

/** Of all points together: what one of them is, the least settled first. */
export const stateOfAll = (points: readonly { state: State }[]): State =>
  (['partial', 'restated'] as const).find((state) => points.some((point) => point.state === state)) ?? 'complete';

const sumOf = (points: Point[], part: 'value' | 'numerator' | 'denominator'): number =>
  points.reduce((sum, point) => sum + (point[part] ?? 0), 0);

/** The number for all buckets: what is additive is added up from the points, counters are merged. */
function totalOf(totals: PeriodTotals, formula: Formula, points: Point[], all: string[]): Omit<Series, 'points' | 'state'> {
  // Nothing of the range has a number: neither has the whole.
  const isRounded = (...sums: number[]) => roundedMark(points.some((point) => point.isRounded) || sums.some(isBeyondExact));
  if (formula.kind === 'sum') {
    const total = points.every(({ value }) => value === null) ? null : sumOf(points, 'value');
    return { total, ...isRounded(total ?? 0) };
  }
  if (formula.kind === 'ratio') {
    const numerator = sumOf(points, 'numerator');
    const denominator = sumOf(points, 'denominator');
    const total = quotientOf(numerator, denominator, formula.isMoney);
    return { total, numerator, denominator, ...isRounded(numerator, denominator) };
  }
  const { value: total, isRestated: _, ...parts } = figureOf(totals, formula, all);
  return { total, ...parts };
}

/** What is known of the whole line. */
export interface SeriesContext {
  slice?: string;
  /** Values of the dimension, together. */
  values?: string[];
  /** The first day of which there is data: what ends before it is marked, since its zero is no count. */
  dataFrom?: string | undefined;
}

/** The line of a formula over buckets; a bucket without periods has no number yet. */
export function seriesOf(
  totals: PeriodTotals,
  formula: Formula,
  buckets: Bucket[],
  { slice = 'total', values = [''], dataFrom = '' }: SeriesContext = {},
): Series {
  const points = buckets.map((bucket): Point => {
    const { at, to, isCut, periods } = bucket;
    const { value, isRestated, ...own } = figureOf(totals, formula, periods, slice, values);
    const noData = (to ?? at.slice(0, 10)) < dataFrom;
    return {
      at,
      ...(to === undefined ? {} : { to }),
      ...(isCut ? { isCut } : {}),
      ...(noData ? { noData } : {}),
      value: periods.length === 0 ? null : value,
      state: stateOf(bucket, isRestated),
      ...own,
    };
  });
  const all = buckets.flatMap(({ periods }) => periods);
  const isKnown = points.some(({ noData }) => !noData);
  return { ...totalOf(totals, formula, points, all), state: stateOfAll(points), ...(isKnown ? {} : { noData: true }), points };
}
