/** Where does a number stand, and where does it go? From its days that are over and have a number. */
import { kpisQuery } from '../api/kpis.ts';
import type { TrendsAnswer, TrendsQuery } from '../api/trends.ts';
import { leastDays, leastDaysOfWeekdays, trendOf } from '../insight/trend/trend.ts';
import { addDays, dayOf, daysBetween, earlierOf, mondayOf, toLocal } from '../time.ts';
import { reportKpis } from './kpis.ts';
import { freshnessOf, type Scope } from './scope.ts';

const version = 1;

/** Rounded to what anyone reads of it: whole minor units and tenths of counts, and rates as finely as they are computed. */
const roundedIn = (unit: TrendsAnswer['unit']) => (value: number) =>
  unit === 'ratio' ? Math.round(value * 1e6) / 1e6 : Math.round(value * 10) / 10;

/** Answers GET …/trends. */
export async function reportTrends({ name, from, to, refundsBy }: TrendsQuery, scope: Scope): Promise<TrendsAnswer> {
  const yesterday = addDays(dayOf(toLocal(scope.now, scope.zones)), -1);
  // Of a range that has not begun to end there is its first day, and nothing of it.
  const last = from > yesterday ? from : earlierOf(to, yesterday);
  const asked = { names: name, from, to: last, grain: 'day', compare: 'previous_52_weeks', refundsBy };
  const { series } = await reportKpis(kpisQuery.parse(asked), scope);
  const [own] = series;
  const points = from > yesterday ? [] : (own?.points ?? []);
  // Days before the first datum are no zeros.
  const known = points.filter(({ noData }) => noData !== true);
  const values = known.flatMap(({ value }) => (value === null ? [] : [value]));
  const hasGaps = values.length < known.length;
  const unit = own?.unit ?? 'count';
  const round = roundedIn(unit);
  const first = known[0]?.at ?? from;
  // A rate of a day on which nothing happened is no number: the days that have one stand side by side.
  const trend = trendOf(values, hasGaps ? undefined : daysBetween(mondayOf(first), first));
  const interval = (of: { value: number; lower: number; upper: number } | undefined) =>
    of ? { value: round(of.value), lower: round(of.lower), upper: round(of.upper) } : null;
  const compared = own?.compare;
  const hasYear = compared !== undefined && compared.noData !== true && compared.total !== null && own?.total !== null;
  const dayAt = (place: number): string => known.filter(({ value }) => value !== null)[place]?.at ?? first;
  return {
    ...freshnessOf(scope),
    name,
    unit,
    refundsBy,
    from,
    to: last,
    n: values.length,
    method: 'medians and ranks',
    version,
    level: interval(trend?.level),
    slope: interval(trend?.slope),
    weekdays: trend?.weekdays?.map(round) ?? null,
    changes: (trend?.changes ?? []).map(({ at, before, after }) => ({
      day: dayAt(at),
      before: round(before),
      after: round(after),
    })),
    yearBefore: hasYear
      ? {
          from: compared.from,
          to: compared.to,
          value: own?.total ?? 0,
          before: compared.total ?? 0,
          change: compared.change,
        }
      : null,
    reasons: [
      ...(values.length < leastDays ? (['too_short'] as const) : []),
      ...(values.length >= leastDays && values.length < leastDaysOfWeekdays ? (['too_short_for_weekdays'] as const) : []),
      ...(hasGaps ? (['days_without_number'] as const) : []),
      ...(hasYear ? [] : (['no_year_before'] as const)),
    ],
  };
}
