/** Which numbers of a snapshot may everybody see? Percentiles of cohorts that pass every rule; of the others nothing, not even how many they are. */
import { type Cohort, cohortKey, cohortsOf, type Membership } from './cohorts.ts';
import { type Rules, rules as theRules } from './rules.ts';
import type { Snapshot, Value } from './snapshot.ts';

/** How values are protected. Noise, such as the exponential mechanism for large cohorts, would be another name here. */
export type Mechanism = 'thresholds';

export interface Percentiles {
  p10?: number;
  p25: number;
  p50: number;
  p75: number;
  p90?: number;
}

export interface PublishedCohort {
  cohort: Cohort;
  /** Creators, rounded down as all numbers here. */
  creators: number;
  percentiles: Percentiles;
  mechanism: Mechanism;
}

export interface Published {
  week: string;
  kpi: string;
  cohorts: PublishedCohort[];
}

interface Group {
  cohort: Cohort;
  values: Value[];
  parts: Group[];
}

/** Everybody with a value, in parts of parts, in an order that does not depend on that of the creators. */
function groupsOf({ members }: Snapshot, kpi: string): Group {
  const all: Group = { cohort: {}, values: [], parts: [] };
  const byKey = new Map([[cohortKey({}), all]]);
  for (const member of members) {
    const value = Object.hasOwn(member.values, kpi) ? member.values[kpi] : undefined;
    if (!value) continue;
    let parent = all;
    all.values.push(value);
    for (const cohort of cohortsOf(member).slice(1)) {
      const key = cohortKey(cohort);
      const known = byKey.get(key);
      const group = known ?? { cohort, values: [], parts: [] };
      if (!known) {
        byKey.set(key, group);
        parent.parts.push(group);
      }
      group.values.push(value);
      parent = group;
    }
  }
  return all;
}

const shareOf = ({ value, weight }: Value): number => Math.abs(weight ?? value);

/** To so many significant digits. */
export const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));

function roundedDown(count: number, digits: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) + 1 - digits);
  return Math.floor(count / unit) * unit;
}

/** Is it large enough, without one who is most of it, and without a value that nearly all have? */
function isAllowed(values: readonly Value[], { leastCreators, mostOfOne, mostAlike, digits }: Rules): boolean {
  if (values.length < leastCreators) return false;
  const shares = values.map(shareOf);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (Math.max(...shares) > mostOfOne * total) return false;
  const alike = Map.groupBy(values, ({ value }) => rounded(value, digits));
  return Math.max(...[...alike.values()].map(({ length }) => length)) <= mostAlike * values.length;
}

/** Linear between order statistics (Hyndman and Fan 1996, type 7). */
function quantileOf(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (place - Math.floor(place)) * (high - low);
}

function percentilesOf(values: readonly Value[], { leastForTails, digits }: Rules): Percentiles {
  const sorted = values.map(({ value }) => value).sort((a, b) => a - b);
  const at = (share: number): number => rounded(quantileOf(sorted, share), digits);
  const middle = { p25: at(0.25), p50: at(0.5), p75: at(0.75) };
  return values.length >= leastForTails ? { p10: at(0.1), ...middle, p90: at(0.9) } : middle;
}

/**
 * The parts of a published cohort that may be published beside it. Whoever is in none of them could be found by taking them away from the
 * whole: they must be nobody, or enough. As long as they are not, the smallest part is held back.
 */
function allowedParts({ values, parts }: Group, rules: Rules): Group[] {
  const allowed = parts
    .filter((part) => isAllowed(part.values, rules))
    .sort((a, b) => b.values.length - a.values.length || (cohortKey(a.cohort) < cohortKey(b.cohort) ? -1 : 1));
  for (;;) {
    const rest = values.length - allowed.reduce((sum, part) => sum + part.values.length, 0);
    if (rest === 0 || rest >= rules.leastOfRest || !allowed.length) return allowed;
    allowed.pop();
  }
}

/** What may be shown of a KPI in a snapshot: a cohort only beside the wider one it is part of. Depends on the snapshot alone. */
export function publish(snapshot: Snapshot, kpi: string, rules: Rules = theRules): Published {
  const cohorts: PublishedCohort[] = [];
  const add = (group: Group): void => {
    cohorts.push({
      cohort: group.cohort,
      creators: roundedDown(group.values.length, rules.digits),
      percentiles: percentilesOf(group.values, rules),
      mechanism: 'thresholds',
    });
    for (const part of allowedParts(group, rules)) add(part);
  };
  const all = groupsOf(snapshot, kpi);
  if (isAllowed(all.values, rules)) add(all);
  return { week: snapshot.week, kpi, cohorts };
}

/** Where a value lies among published percentiles: between which two of them; absent ends: beyond the last one. */
export interface Place {
  above?: keyof Percentiles;
  below?: keyof Percentiles;
}

export interface Comparison extends PublishedCohort {
  /** It is wider than asked: the narrower one may not be shown. Why is not told, for that would tell of it. */
  isWidened: boolean;
  place: Place;
}

const names = ['p10', 'p25', 'p50', 'p75', 'p90'] as const;

/** Where a creator's value lies, by published numbers alone: one who changes his own value learns nothing of others. */
export function placeOf(percentiles: Percentiles, value: number): Place {
  const known = names.filter((name) => percentiles[name] !== undefined);
  const above = known.findLast((name) => value >= (percentiles[name] ?? 0));
  const below = known.find((name) => value < (percentiles[name] ?? 0));
  return { ...(above ? { above } : {}), ...(below ? { below } : {}) };
}

/** The narrowest published cohort of a creator, and where his value lies in it; null where not even everybody is published. */
export function compare({ cohorts }: Published, member: Membership, value: number): Comparison | null {
  const own = cohortsOf(member).reverse();
  const published = new Map(cohorts.map((each) => [cohortKey(each.cohort), each]));
  for (const [steps, cohort] of own.entries()) {
    const found = published.get(cohortKey(cohort));
    if (found) return { ...found, isWidened: steps > 0, place: placeOf(found.percentiles, value) };
  }
  return null;
}
