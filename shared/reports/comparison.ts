/** How does a number stand against an earlier range? As much of it as has gone by of this one, to the minute where the number can be cut so. */
import type { Calendar } from '../calendar.ts';
import { cutOf } from '../kpis/cut.ts';
import type { Grain } from '../kpis/grains.ts';
import { addDays, dayOf, daysBetween, toLocal } from '../time.ts';
import { type Bucket, bucketsOf, type Range } from './buckets.ts';
import { type Compared, changeOf, type ReasonForNoChange } from './compare.ts';
import { type Covered, coveredOf, cutBuckets, periodsWithin } from './covered.ts';
import type { Resolved } from './formula.ts';
import { partPeriod, readPartOfDay } from './part-of-day.ts';
import { addPeriodTotals, type Figure, figureOf, type PeriodTotals, readPeriodTotals } from './period-totals.ts';
import type { Scope } from './scope.ts';
import { type Series, type SeriesContext, seriesOf } from './series.ts';

/** A range with its buckets and what is stored for them. */
export interface Fetched {
  range: Range;
  grain: Grain;
  buckets: Bucket[];
  totals: PeriodTotals;
}

/** An earlier range, as far as it is compared; hours to the end of their days, so that the whole of them can be drawn. */
export interface Earlier extends Fetched {
  compared: Compared;
}

/** What is asked of both ranges. */
export interface Question {
  kpis: Resolved[];
  range: Range;
  grain: Grain;
  /** `total` or the dimension that splits. */
  slice: string;
  calendar: Calendar;
}

/** Which buckets of an earlier range are read, and up to which minute of its last day it is compared. */
function planOf({ range, grain, calendar }: Question, compared: Compared, scope: Scope) {
  const covered = coveredOf(range, compared, 'minute', toLocal(scope.now, scope.zones))?.earlier;
  const until = covered?.until;
  const read = { from: compared.from, to: covered && grain !== 'hour' ? covered.to : compared.to };
  const cutting = { weekStart: calendar.weekStart, ...(until === undefined ? {} : { dailyFrom: read.to }) };
  return {
    compared,
    read,
    buckets: bucketsOf(grain, read, scope, cutting),
    cutDay: until === undefined ? undefined : { day: read.to, until },
  };
}

const periodsOf = (buckets: Bucket[]): string[] => buckets.flatMap(({ periods }) => periods);

/**
 * Reads what is asked and each earlier range; of a day that is cut also what it had come to by that minute. Totals of all ranges are read
 * at once, so that ranges side by side are one query; a split reads each alone, since which values it has depends on the range.
 */
export async function readRanges(question: Question, asked: Bucket[], compared: Compared[], scope: Scope) {
  const { kpis, range, grain, slice } = question;
  const plans = compared.map((one) => planOf(question, one, scope));
  const formulas = kpis.map(({ formula }) => formula);
  const totalsOf = (buckets: Bucket[]) => readPeriodTotals(scope, formulas, periodsOf(buckets), slice);
  const inOrder = plans.toSorted((a, b) => (a.read.from < b.read.from ? -1 : 1)).flatMap(({ buckets }) => buckets);
  const together = slice === 'total' ? totalsOf([...inOrder, ...asked]) : undefined;
  const byMinute = kpis.filter(({ name }) => cutOf(name) === 'minute').map(({ formula }) => formula);
  const [totals, ...earlier] = await Promise.all([
    together ?? totalsOf(asked),
    ...plans.map(async ({ compared, read, buckets, cutDay }): Promise<Earlier> => {
      const [totals, part] = await Promise.all([
        together ?? totalsOf(buckets),
        cutDay && byMinute.length ? readPartOfDay(scope, byMinute, cutDay.day, cutDay.until, slice) : undefined,
      ]);
      if (part) addPeriodTotals(totals, part);
      return { range: read, grain, buckets, totals, compared };
    }),
  ]);
  return { asked: { range, grain, buckets: asked, totals } satisfies Fetched, earlier };
}

/** A figure over the covered days of what was fetched. */
function figureOver({ grain, buckets, totals }: Fetched, { formula }: Resolved, covered: Covered, context: SeriesContext) {
  const all = buckets.flatMap(({ periods }) => periods);
  const { to, until } = covered;
  const isBefore = (hour: string) => hour.slice(0, 10) < to || (until === undefined && hour.slice(0, 10) === to);
  const periods =
    grain === 'hour'
      ? [...all.filter(isBefore), ...(until === undefined ? [] : [partPeriod(to, until)])]
      : periodsWithin(all, covered);
  const { value: total, isRestated: _, ...parts }: Figure = figureOf(totals, formula, periods, context.slice, context.values);
  return { total, ...parts };
}

/** What a change would be computed from, and what may keep it from being shown. */
interface Sides {
  now: number | null;
  past: number | null;
  hasData: boolean;
  hasBegun: boolean;
  isOver: boolean;
  isAlike: boolean;
}

function reasonForNoChange({ now, past, hasData, hasBegun, isOver, isAlike }: Sides): ReasonForNoChange | undefined {
  if (!hasData) return 'no_data';
  if (!hasBegun) return 'ahead';
  if (!isOver) return 'not_over';
  if (!isAlike) return 'other_length';
  if (now === null || past === null) return 'no_number';
  return past < 0 ? 'negative' : past === 0 ? 'zero' : undefined;
}

const daysOf = ({ from, to }: Range): number => daysBetween(from, to);

/** How much of both ranges is compared: what has gone by of the one, and as much of the earlier one. */
function metBy(kpi: Resolved, { range }: Fetched, { compared }: Earlier, local: string) {
  const cut = cutOf(kpi.name);
  const covered = coveredOf(range, compared, cut, local);
  const whole: Covered = covered?.earlier ?? { from: compared.from, to: compared.to };
  const today = dayOf(local);
  const isOver = whole.to < today || (whole.to === today && whole.until !== undefined);
  // A number of deadlines is known only once its day is over, in either range.
  const then = cut === 'due' && !isOver ? { ...whole, to: addDays(today, -1) } : whole;
  return { covered, then, isOver };
}

/** What values of a dimension came to in both ranges, as far as they are compared: the two numbers of `compareSeries`, without its points. */
export function movedIn(kpi: Resolved, asked: Fetched, earlier: Earlier, local: string) {
  const { covered, then } = metBy(kpi, asked, earlier, local);
  const here = covered && { from: asked.range.from, to: covered.here.to };
  return (context: SeriesContext): { now: number; before: number } => ({
    now: (here ? figureOver(asked, kpi, here, context).total : null) ?? 0,
    before: figureOver(earlier, kpi, then, context).total ?? 0,
  });
}

/** What stands beside a series: the earlier range with its points, and the change over what has gone by of both. */
export function compareSeries(
  kpi: Resolved,
  series: Series,
  asked: Fetched,
  earlier: Earlier,
  context: SeriesContext,
  local: string,
) {
  const { range } = asked;
  const { compared, buckets, totals, grain } = earlier;
  const { covered, then, isOver } = metBy(kpi, asked, earlier, local);
  const cutting = grain === 'hour' ? buckets : cutBuckets(buckets, then);
  const { points, state, noData } = seriesOf(totals, kpi.formula, cutting, context);
  const before = figureOver(earlier, kpi, then, context);
  const isAll = covered !== null && covered.here.to === range.to;
  const { points: _, state: __, noData: ___, ...all } = series;
  // Of today, what there is up to now is all of it: only days that lie ahead are left out.
  const here = covered && !isAll ? figureOver(asked, kpi, { from: range.from, to: covered.here.to }, context) : all;
  const { dataFrom } = context;
  const hasData = dataFrom === undefined || (then.from >= dataFrom && range.from >= dataFrom);
  const isAlike = !compared.isCustom || kpi.formula.kind !== 'sum' || (covered !== null && daysOf(covered.here) === daysOf(then));
  const sides = { now: here.total, past: before.total, hasData, hasBegun: covered !== null, isOver, isAlike };
  const reason = reasonForNoChange(sides);
  const hasDifference = reason === undefined || reason === 'zero' || reason === 'negative';
  return {
    ...then,
    ...before,
    state,
    ...(noData ? { noData } : {}),
    change: reason ? null : changeOf(here.total, before.total),
    difference: hasDifference && here.total !== null && before.total !== null ? here.total - before.total : null,
    ...(reason ? { noChange: reason } : {}),
    ...(hasData ? {} : { dataFrom }),
    ...(covered && (!isAll || covered.here.until !== undefined) ? { of: { ...covered.here, ...here } } : {}),
    points,
  };
}
