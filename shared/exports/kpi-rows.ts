/** How does a KPI report become rows? One for every point and one for every total, with the very numbers that the report answers. */
import type { KpisQuery } from '../api/kpis.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { isCurrency } from '../money.ts';
import { type KpisAnswer, reportKpis, type Series } from '../reports/kpis.ts';
import type { Scope } from '../reports/scope.ts';
import { readProducts } from '../store/product-directory.ts';
import type { Cell, Exportable, Row } from './columns.ts';
import { kpiColumns } from './kpi-columns.ts';
import { unitsOfKpi } from './kpi-units.ts';
import { dimensionTitles, grainTitles, labelOf, stateInWords } from './labels.ts';

type Named = { [name: string]: Cell | undefined };
type Titles = ReadonlyMap<string, string>;

const minorOf = kpiColumns.flatMap(({ name, unit }) =>
  typeof unit === 'object' && kpiColumns.some((other) => other.name === `${name}_minor`) ? [[name, unit.column] as const] : [],
);

/** Cells by column as a row; of money in its minor units too. */
function rowOf(cells: Named): Row {
  const minor = minorOf.flatMap(([name, unit]) =>
    typeof cells[name] === 'number' && isCurrency(String(cells[unit])) ? [[`${name}_minor`, Math.round(cells[name])]] : [],
  );
  const all: Named = { ...cells, ...Object.fromEntries(minor) };
  return kpiColumns.map(({ name }) => all[name] ?? null);
}

type Figures = Pick<Series, 'numerator' | 'denominator' | 'p50' | 'p90' | 'n' | 'isRounded'>;
const figuresOf = ({ isRounded, numerator, denominator, p50, p90, n }: Figures): Named => ({
  numerator,
  denominator,
  p50,
  p90,
  n,
  is_rounded: isRounded === true,
});
const stateOf = (told: Parameters<typeof stateInWords>[0]): Named => ({
  state: told.state,
  state_in_words: stateInWords(told),
});

/** What stands beside a total: the earlier number, the change, and what that is computed from. */
function comparedOf({ compare, unit }: Series): Named {
  if (!compare) return {};
  const { of } = compare;
  return {
    earlier: compare.noData ? null : compare.total,
    earlier_from: compare.from,
    earlier_to: compare.to,
    earlier_until: compare.until,
    earlier_numerator: compare.numerator,
    earlier_denominator: compare.denominator,
    earlier_n: compare.n,
    // A rate changes in points.
    change: unit === 'ratio' ? null : compare.change,
    difference: compare.difference,
    gone_by: of?.total,
    gone_by_to: of?.to,
    gone_by_until: of?.until,
    data_from: compare.dataFrom,
  };
}

function* pointRows(points: Series['points'], same: Named, { grain }: KpisAnswer): Generator<Row> {
  for (const point of points) {
    const { at, to, isCut, noData } = point;
    // A zero before the first datum says nothing: the cell is empty, as the pages show it.
    const value = noData && point.value === 0 ? null : point.value;
    yield rowOf({
      ...same,
      row: 'point',
      what: grainTitles[grain],
      at,
      to,
      value,
      ...figuresOf(point),
      ...stateOf(point),
      is_cut: isCut === true,
      no_data: noData === true,
    });
  }
}

function namesOf({ name, dimension, value = '', isOther }: Series, { currency, where }: KpisAnswer, titles: Titles): Named {
  const { kind, units } = unitsOfKpi(name, currency) ?? { kind: null, units: {} };
  const isSplit = dimension !== undefined;
  return {
    kpi: name,
    title: dictionary.entries.get(name)?.kpi.title ?? name,
    kind,
    currency: kind === 'money' ? currency : null,
    ...units,
    narrowed_to: where,
    dimension,
    split: isSplit ? (dimensionTitles[dimension] ?? dimension) : null,
    label: isSplit ? labelOf(dimension, value, isOther === true, titles) : null,
    dimension_value: isSplit ? value : null,
    is_other: isSplit ? isOther === true : null,
  };
}

function* rowsOfSeries(series: Series, answer: KpisAnswer, titles: Titles): Generator<Row> {
  const { from, to } = answer;
  const { compare, breakdown = [], points } = series;
  // Nothing is known of a range before the first datum: its total is empty, as its points are.
  const value = series.noData ? null : series.total;
  const same = namesOf(series, answer, titles);
  const asked = { ...same, range: 'asked', which: 'this range' };
  const total = { row: 'total', what: grainTitles.total };
  yield* pointRows(points, asked, answer);
  for (const { from: least, to: below, value: share } of breakdown)
    yield rowOf({ ...asked, row: 'share', what: 'Open now', at: from, to, value: share, hours_from: least, hours_to: below });
  yield rowOf({ ...asked, ...total, at: from, to, value, ...figuresOf(series), ...comparedOf(series), ...stateOf(series) });
  if (!compare) return;
  const compared = { ...same, range: 'compared', which: 'earlier range' };
  const { points: earlierPoints, until } = compare;
  const earlier = compare.noData ? null : compare.total;
  yield* pointRows(earlierPoints, compared, answer);
  const days = { at: compare.from, to: compare.to, until };
  yield rowOf({ ...compared, ...total, ...days, value: earlier, ...figuresOf(compare), ...stateOf(compare) });
}

async function titlesOf({ series }: KpisAnswer, { by }: KpisQuery, { table, profile }: Scope): Promise<Titles> {
  if (by !== 'product') return new Map();
  const ids = series.flatMap(({ value, isOther }) => (value === undefined || isOther ? [] : [value]));
  const products = await readProducts(table, profile.creatorId, ids);
  return new Map(products.map(({ productId, listing }) => [productId, listing.title]));
}

/** One KPI after the other, so that only one of them is in memory with all its series. */
async function* rowsOfReport(query: KpisQuery, scope: Scope): AsyncGenerator<Row> {
  for (const name of query.names) {
    const answer = await reportKpis({ ...query, names: [name] }, scope);
    const titles = await titlesOf(answer, query, scope);
    for (const series of answer.series) yield* rowsOfSeries(series, answer, titles);
  }
}

/** What GET …/kpis answers to this query, as a table. */
export const kpiTable = (query: KpisQuery, scope: Scope): Exportable => ({
  name: `kpis_${query.from}_${query.to}`,
  columns: kpiColumns,
  rows: rowsOfReport(query, scope),
});
