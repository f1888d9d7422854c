/** What do the KPIs say over a range? Normalize → plan → fetch → shape. */
import type * as z from 'zod';
import type { KpisQuery, kpisAnswer, series } from '../api/kpis.ts';
import { ApiError } from '../errors.ts';
import { readReportValue } from '../store/report-items.ts';
import { addDays, dayOf, toLocal } from '../time.ts';
import { readAtRisk } from './at-risk.ts';
import { type Bucket, bucketsOf, type Range } from './buckets.ts';
import { type Cells, figureOf, readCells, valuesOf } from './cells.ts';
import { changeOf, comparedRange } from './compare.ts';
import { type Resolved, resolve } from './formula.ts';
import { type Line, lineOf } from './line.ts';
import { type Scope, standingOf } from './scope.ts';

export type KpisAnswer = z.infer<typeof kpisAnswer>;
export type Series = z.infer<typeof series>;

/** Hour items are kept this long. */
const hoursAreKept = 400;

/** A range with its buckets and what is stored for them. */
interface Fetched {
  range: Range;
  buckets: Bucket[];
  cells: Cells;
}

interface Plan {
  kpis: Resolved[];
  /** `total` or the dimension that splits. */
  slice: string;
  ranges: { range: Range; buckets: Bucket[] }[];
}

function normalize(query: KpisQuery, { zones, now }: Scope): { range: Range; compared: Range | undefined } {
  const range = { from: query.from, to: query.to };
  const compared = query.compare && comparedRange(range, query.compare);
  const oldest = addDays(dayOf(toLocal(now, zones)), 1 - hoursAreKept);
  const first = compared && compared.from < range.from ? compared.from : range.from;
  if (query.grain === 'hour' && first < oldest)
    throw new ApiError('bad_request', 'The query is not valid: see issues.', [
      { path: 'grain', message: `hours are kept since ${oldest}, this needs ${first}; take later days or grain=day` },
    ]);
  return { range, compared };
}

function plan(query: KpisQuery, scope: Scope): Plan {
  const { range, compared } = normalize(query, scope);
  return {
    kpis: query.names.map((name) => resolve(name, query.refundsBy)),
    slice: query.by ?? 'total',
    ranges: [range, ...(compared ? [compared] : [])].map((each) => ({
      range: each,
      buckets: bucketsOf(query.grain, each, scope.zones, scope.now),
    })),
  };
}

async function fetch({ kpis, slice, ranges }: Plan, scope: Scope): Promise<Fetched[]> {
  const formulas = kpis.map(({ formula }) => formula);
  return Promise.all(
    ranges.map(async ({ range, buckets }) => {
      const periods = buckets.flatMap((bucket) => bucket.periods);
      return { range, buckets, cells: await readCells(scope, formulas, periods, slice) };
    }),
  );
}

/** One series over the fetched ranges: the asked one, and what it is compared with. */
function shape({ name, unit, restates, formula }: Resolved, fetched: Fetched[], slice: string, values: string[]): Series {
  const [line, then] = fetched.map(({ buckets, cells }) => lineOf(cells, formula, buckets, slice, values)) as [Line, Line?];
  const range = fetched[1]?.range;
  return {
    name,
    unit,
    ...(restates ? { restates: true as const } : {}),
    ...line,
    ...(then && range
      ? { compare: { ...range, total: then.total, change: changeOf(line.total, then.total), points: then.points } }
      : {}),
  };
}

/** The series of a split: the top values by total, and the others together where that means something. */
function shapeSplit(kpi: Resolved, fetched: Fetched[], dimension: string, top: number): Series[] {
  const [asked] = fetched;
  const values = asked ? valuesOf(asked.cells, kpi.formula, dimension) : [];
  const all = asked?.buckets.flatMap(({ periods }) => periods) ?? [];
  const ranked = values
    .map((value) => ({ value, total: asked ? figureOf(asked.cells, kpi.formula, all, dimension, [value]).value : null }))
    .sort((a, b) => (b.total ?? -Infinity) - (a.total ?? -Infinity) || (a.value < b.value ? -1 : 1))
    .map(({ value }) => value);
  const series = ranked.slice(0, top).map((value) => ({ ...shape(kpi, fetched, dimension, [value]), dimension, value }));
  const rest = ranked.slice(top);
  if (!rest.length || kpi.formula.kind !== 'sum') return series;
  // Compared with: everything that is not shown, values of then that are gone now among it.
  const shown = new Set(ranked.slice(0, top));
  const others = new Set(
    fetched.flatMap(({ cells }) => valuesOf(cells, kpi.formula, dimension)).filter((value) => !shown.has(value)),
  );
  return [...series, { ...shape(kpi, fetched, dimension, [...others]), dimension, value: 'other', isOther: true }];
}

/** What is counted on read or by a job has one number: now, or for the range. */
async function single({ name, unit, formula }: Resolved, scope: Scope, range: Range): Promise<Series> {
  if (formula.kind === 'open') {
    const { value, breakdown } = await readAtRisk(scope, formula.hours);
    const at = dayOf(toLocal(scope.now, scope.zones));
    return { name, unit, total: value, points: [{ at, value, state: 'partial' }], breakdown };
  }
  const value =
    formula.kind === 'report' ? await readReportValue(scope.table, scope.partition, formula.report, range.from, range.to) : null;
  return { name, unit, total: value, points: [{ at: range.from, value, state: 'partial' }] };
}

/** Answers GET …/kpis. Throws bad_request where hours are asked for that are no longer kept. */
export async function reportKpis(query: KpisQuery, scope: Scope): Promise<KpisAnswer> {
  const planned = plan(query, scope);
  const fetched = await fetch(planned, scope);
  const { from, to, grain, refundsBy, by, top } = query;
  const series = await Promise.all(
    planned.kpis.map((kpi): Series[] | Promise<Series[]> => {
      if (kpi.formula.kind === 'open' || kpi.formula.kind === 'report')
        return single(kpi, scope, { from, to }).then((only) => [only]);
      return by ? shapeSplit(kpi, fetched, by, top) : [shape(kpi, fetched, 'total', [''])];
    }),
  );
  return { ...standingOf(scope), from, to, grain, refundsBy, series: series.flat() };
}
