/** Which point of the range before stands beside which point of this one? Only what covers the same stretch of time is put side by side. */
import { daysBetween, mondayOf } from '../../shared/time.ts';
import type { Series } from '../data/queries.ts';
import type { Grain } from '../words/dates.ts';

type Point = Series['points'][number];

/** How far a point lies behind the first day, and its hour on the clock: an hour that comes twice a day is paired once. */
const placeOf = (at: string, first: string): string => `${daysBetween(first.slice(0, 10), at.slice(0, 10))} ${at.slice(11, 13)}`;

/** Does a range begin where its buckets do? One that does not has a shorter first week or month. */
const beginsWhole = (at: string, grain: Grain): boolean => (grain === 'week' ? mondayOf(at) === at : at.endsWith('-01'));

/**
 * For each point the one to compare it with; undefined where there is none. Days and hours go by their place in the range, hours by the
 * clock. Weeks and months only where both ranges have the same number of them, from the first one whole.
 */
export function pairsOf(points: Point[], before: Point[], grain: Grain): (Point | undefined)[] {
  const [first, firstBefore] = [points[0]?.at, before[0]?.at];
  if (first === undefined || firstBefore === undefined) return points.map(() => undefined);
  if (grain === 'week' || grain === 'month') {
    const isAlike = points.length === before.length && beginsWhole(first, grain) && beginsWhole(firstBefore, grain);
    return points.map((_, i) => (isAlike ? before[i] : undefined));
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
