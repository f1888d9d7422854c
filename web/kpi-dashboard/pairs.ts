/** Which point of the range before stands beside which point of this one? Only what covers the same stretch of time is put side by side. */

import type { Grain } from '../../shared/kpis/grains.ts';
import { daysBetween } from '../../shared/time.ts';
import type { Series } from '../data/queries.ts';

type Point = Series['points'][number];

/** How far a point lies behind the first day, and its hour on the clock: an hour that comes twice a day is paired once. */
const placeOf = (at: string, first: string): string => `${daysBetween(first.slice(0, 10), at.slice(0, 10))} ${at.slice(11, 13)}`;

/** Do both cover as much: whole buckets, or parts of as many days? */
const isAlike = (one: Point, other: Point): boolean =>
  Boolean(one.isCut) === Boolean(other.isCut) &&
  (!one.isCut || daysBetween(one.at, one.to ?? one.at) === daysBetween(other.at, other.to ?? other.at));

/**
 * For each point the one to compare it with; undefined where there is none. Days and hours go by their place in the range, hours by the
 * clock. Weeks and months only where both ranges have the same number of them, each beside one that covers as much.
 */
export function pairsOf(points: Point[], before: Point[], grain: Grain): (Point | undefined)[] {
  const [first, firstBefore] = [points[0]?.at, before[0]?.at];
  if (first === undefined || firstBefore === undefined) return points.map(() => undefined);
  if (grain === 'week' || grain === 'month') {
    if (points.length !== before.length) return points.map(() => undefined);
    return points.map((point, i) => {
      const other = before[i];
      return other && isAlike(point, other) ? other : undefined;
    });
  }
  const places = new Map<string, Point>();
  for (const point of before) if (!places.has(placeOf(point.at, firstBefore))) places.set(placeOf(point.at, firstBefore), point);
  const taken = new Set<string>();
  return points.map(({ at }) => {
    const place = placeOf(at, first);
    if (taken.has(place)) return undefined;
    taken.add(place);
    return places.get(place);
  });
}
