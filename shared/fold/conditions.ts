/** Does a declared condition hold for a part? And what stands at a declared path? */
import type { Facts } from '../events/entity.ts';
import { entityOfPart } from '../events/subject.ts';
import type { Condition, Path } from '../kpis/language.ts';
import { parsePath } from '../kpis/path.ts';
import { dayOf } from '../time.ts';
import type { StoredEntity } from './parts.ts';

type Parts = StoredEntity['parts'];

/** The fact at a path: the part's own, or the order's that it belongs to. Of a list's elements there is none, but one each. */
export function valueAt(path: Path, facts: Facts, parts: Parts): Facts[string] {
  const { fact, list, isOfOrder } = parsePath(path);
  if (isOfOrder) return parts.order?.facts[fact];
  return list ? undefined : facts[fact];
}

function instantAt(path: Path, facts: Facts, parts: Parts): number {
  const value = valueAt(path, facts, parts);
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

function partsOf(entity: string, parts: Parts): Facts[] {
  return Object.entries(parts)
    .filter(([part]) => entityOfPart(part) === entity)
    .map(([, part]) => part.facts);
}

/** Evaluates a condition over a part's facts. Absent values make a comparison false; so does an absent part. */
export function holds(condition: Condition, facts: Facts, parts: Parts): boolean {
  if ('all' in condition) return condition.all.every((each) => holds(each, facts, parts));
  if ('not' in condition) return !holds(condition.not, facts, parts);
  if ('is' in condition) return valueAt(condition.is[0], facts, parts) === condition.is[1];
  if ('has' in condition) return valueAt(condition.has, facts, parts) !== undefined;
  if ('after' in condition) return instantAt(condition.after[0], facts, parts) > instantAt(condition.after[1], facts, parts);
  if ('byEndOfDay' in condition) {
    const [instant, day] = condition.byEndOfDay.map((path) => valueAt(path, facts, parts));
    return typeof instant === 'string' && typeof day === 'string' && dayOf(instant) <= dayOf(day);
  }
  if ('any' in condition) {
    const [entity, inner] = condition.any;
    return partsOf(entity, parts).some((each) => !inner || holds(inner, each, parts));
  }
  if ('every' in condition) {
    const [entity, inner] = condition.every;
    const all = partsOf(entity, parts);
    return all.length > 0 && all.every((each) => holds(inner, each, parts));
  }
  if ('atLeast' in condition) return Number(valueAt(condition.atLeast[0], facts, parts) ?? Number.NaN) >= condition.atLeast[1];
  return Number(valueAt(condition.atMost[0], facts, parts) ?? Number.NaN) <= condition.atMost[1];
}
