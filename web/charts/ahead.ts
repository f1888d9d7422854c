/** Which points have not begun yet? They have no value, whatever was counted: a zero there would be drawn as a fall. */
import type { ChartPoint } from './frame.ts';

export interface Now {
  /** Instant (ISO, UTC), for hours. */
  instant: string;
  /** The creator's local day, for everything else. */
  today: string;
}

const hasBegun = (at: string, { instant, today }: Now): boolean =>
  at.length > 10 ? Date.parse(at) <= Date.parse(instant) : at <= today;

/** The points, those ahead without a value. */
export const withoutAhead = <Point extends ChartPoint>(
  points: readonly Point[],
  now: Now,
): (Point & Pick<ChartPoint, 'isAhead'>)[] =>
  points.map((point) => (hasBegun(point.at, now) ? point : { ...point, value: null, isAhead: true }));
