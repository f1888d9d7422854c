/** What do the KPIs say over a range? Read what is asked and what it is compared with, then shape each series. */
import type * as z from 'zod';
import type { KpisQuery, kpisAnswer, series } from '../api/kpis.ts';
import { ApiError } from '../errors.ts';
import { cutOf } from '../kpis/cut.ts';
import { daysOfHours } from '../kpis/grains.ts';
import { calendarOf } from '../store/profiles.ts';
import { readReportValue } from '../store/report-items.ts';
import { addDays, dayOf, toLocal } from '../time.ts';
import { readAtRisk } from './at-risk.ts';
import { bucketsOf } from './buckets.ts';
import { comparedRange } from './compare.ts';
import { compareSeries, type Earlier, type Fetched, movedIn, type Question, readRanges } from './comparison.ts';
import { cutBuckets } from './covered.ts';
import { readDataFrom } from './data-from.ts';
import { type Resolved, resolve } from './formula.ts';
import { figureOf, valuesOf } from './period-totals.ts';
import { freshnessOf, type Scope } from './scope.ts';
import { type SeriesContext, seriesOf } from './series.ts';
import { type Where, whereOf } from './where.ts';

export type KpisAnswer = z.infer<typeof kpisAnswer>;
export type Series = z.infer<typeof series>;

/** Everything that is read for an answer. */
interface Reading {
  question: Question;
  /** The values of the question's slice that count; undefined: all of them. */
  where: Where | undefined;
  asked: Fetched;
  earlier: Earlier | undefined;
  /** First day of data by KPI. */
  dataFrom: Map<string, string>;
  /** Now, in the creator's local time. */
  local: string;
}

function requireHours(first: string, local: string): void {
  const oldest = addDays(dayOf(local), 1 - daysOfHours);
  if (first < oldest)
    throw new ApiError('bad_request', 'The query is not valid: see issues.', [
      { path: 'grain', message: `hours are kept since ${oldest}, this needs ${first}; take later days or grain=day` },
    ]);
}

async function read(query: KpisQuery, scope: Scope): Promise<Reading> {
  const { zones, now } = scope;
  const local = toLocal(now, zones);
  const range = { from: query.from, to: query.to };
  const calendar = calendarOf(scope.profile);
  const kpis = query.names.map((name) => resolve(name, query.refundsBy));
  const where = whereOf(query.where);
  const question: Question = { kpis, range, grain: query.grain, slice: query.by ?? where?.dimension ?? 'total', calendar };
  const { compareFrom: from, compareTo: to } = query;
  const custom = from && to ? { from, to } : undefined;
  const compared = query.compare && comparedRange(range, query.compare, { calendar, custom });
  if (query.grain === 'hour') requireHours(compared && compared.from < range.from ? compared.from : range.from, local);
  const buckets = bucketsOf(query.grain, range, scope, calendar);
  const [{ asked, earlier }, dataFrom] = await Promise.all([
    readRanges(question, buckets, compared ? [compared] : [], scope),
    readDataFrom(scope, kpis),
  ]);
  return { question, where, asked, earlier: earlier[0], dataFrom, local };
}

/** One series: the asked range, and what it is compared with. */
function shape(kpi: Resolved, { question, asked, earlier, dataFrom, local }: Reading, values: string[]): Series {
  const context: SeriesContext = { slice: question.slice, values, dataFrom: dataFrom.get(kpi.name) };
  // What is due counts when its day is over.
  const ended = { from: asked.range.from, to: addDays(dayOf(local), -1) };
  const buckets = cutOf(kpi.name) === 'due' ? cutBuckets(asked.buckets, ended) : asked.buckets;
  const line = seriesOf(asked.totals, kpi.formula, buckets, context);
  return {
    name: kpi.name,
    unit: kpi.unit,
    ...(kpi.restates ? { restates: true as const } : {}),
    ...line,
    ...(earlier ? { compare: compareSeries(kpi, line, asked, earlier, context, local) } : {}),
  };
}

/** The series of a split: the top values by total, and the others together where that means something. */
function shapeSplit(kpi: Resolved, reading: Reading, dimension: string, top: number): Series[] {
  const { asked, earlier, where } = reading;
  // Values that are named are told of, also where nothing is known of them.
  const values = where?.values ?? valuesOf(asked.totals, kpi.formula, dimension);
  const all = asked.buckets.flatMap(({ periods }) => periods);
  const ranked = values
    .map((value) => ({ value, total: figureOf(asked.totals, kpi.formula, all, dimension, [value]).value }))
    .sort((a, b) => (b.total ?? -Infinity) - (a.total ?? -Infinity) || (a.value < b.value ? -1 : 1))
    .map(({ value }) => value);
  const series = ranked.slice(0, top).map((value) => ({ ...shape(kpi, reading, [value]), dimension, value }));
  const rest = ranked.slice(top);
  if (!rest.length || kpi.formula.kind !== 'sum') return series;
  // Compared with: everything that is not shown, values of then that are gone now among it.
  const shown = new Set(ranked.slice(0, top));
  const known =
    where?.values ?? [asked, ...(earlier ? [earlier] : [])].flatMap(({ totals }) => valuesOf(totals, kpi.formula, dimension));
  const others = new Set(known.filter((value) => !shown.has(value)));
  return [...series, { ...shape(kpi, reading, [...others]), dimension, value: 'other', isOther: true }];
}

/** What is counted on read or by a job has one number: now, or for the range. */
async function single({ name, unit, formula }: Resolved, scope: Scope, range: { from: string; to: string }): Promise<Series> {
  if (formula.kind === 'open') {
    const { value, breakdown } = await readAtRisk(scope, formula.hours);
    const at = dayOf(toLocal(scope.now, scope.zones));
    return { name, unit, total: value, state: 'partial', points: [{ at, value, state: 'partial' }], breakdown };
  }
  const value =
    formula.kind === 'report' ? await readReportValue(scope.table, scope.partition, formula.report, range.from, range.to) : null;
  return { name, unit, total: value, state: 'partial', points: [{ at: range.from, value, state: 'partial' }] };
}

/** Points of an answer: so many are at the limit of what can be sent (6 MB). */
export const mostPoints = 80_000;

/** Throws bad_request where the series would have more points than `most`, those compared with among them. */
function requirePoints({ question, asked, earlier, where }: Reading, { by, top }: KpisQuery, most: number): void {
  const seriesOf = ({ formula }: Resolved) =>
    by ? Math.min((where?.values ?? valuesOf(asked.totals, formula, by)).length, top + 1) : 1;
  const series = question.kpis.reduce((sum, kpi) => sum + seriesOf(kpi), 0);
  const points = series * (asked.buckets.length + (earlier?.buckets.length ?? 0));
  if (points <= most) return;
  const remedy = 'take a coarser grain, fewer days or names, or a smaller top; an export has no such limit';
  throw new ApiError('bad_request', 'The query is not valid: see issues.', [
    { path: 'grain', message: `makes an answer of ${points} points, and at most ${most} can be sent: ${remedy}` },
  ]);
}

/** A number over a range against an earlier one, and its parts by a dimension: every value that either range has, with what it came to in each. */
export async function readMovement(
  query: Pick<KpisQuery, 'from' | 'to' | 'refundsBy'> & { name: string; by: string; compare: NonNullable<KpisQuery['compare']> },
  scope: Scope,
): Promise<{ whole: Series; parts: { value: string; now: number; before: number }[] }> {
  const { name, by, ...rest } = query;
  const reading = await read({ ...rest, names: [name], by, grain: 'total', top: 1 }, scope);
  const { asked, earlier, question, local } = reading;
  const [kpi] = question.kpis;
  if (!kpi || !earlier) throw new RangeError(`no KPI ${name}`);
  const values = new Set([asked, earlier].flatMap(({ totals }) => valuesOf(totals, kpi.formula, by)));
  const moved = movedIn(kpi, asked, earlier, local);
  return {
    whole: shape(kpi, { ...reading, question: { ...question, slice: 'total' } }, ['']),
    parts: [...values].map((value) => ({ value, ...moved({ slice: by, values: [value] }) })),
  };
}

/** Answers GET …/kpis. Throws bad_request where hours are asked for that are no longer kept, or for more points than `most`. */
export async function reportKpis(query: KpisQuery, scope: Scope, most = Number.POSITIVE_INFINITY): Promise<KpisAnswer> {
  const all = await read(query, scope);
  requirePoints(all, query, most);
  const { from, to, grain, refundsBy, by, top } = query;
  const narrowed = query.where === undefined ? {} : { where: query.where };
  const series = await Promise.all(
    all.question.kpis.map((kpi): Series[] | Promise<Series[]> => {
      if (kpi.formula.kind === 'open' || kpi.formula.kind === 'report')
        return single(kpi, scope, { from, to }).then((only) => [only]);
      return by ? shapeSplit(kpi, all, by, top) : [shape(kpi, all, all.where?.values ?? [''])];
    }),
  );
  return { ...freshnessOf(scope), from, to, grain, refundsBy, ...narrowed, series: series.flat() };
}
