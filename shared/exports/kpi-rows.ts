/** How does a KPI report become rows? One for every point and one for every total, with the very numbers that the report answers. */
import type { KpisQuery } from '../api/kpis.ts';
import { type KpisAnswer, reportKpis, type Series } from '../reports/kpis.ts';
import type { Scope } from '../reports/scope.ts';
import type { Cell, CellType, Exportable, ExportColumn, Row } from './columns.ts';

const column = (name: string, type: CellType, about: string): ExportColumn => ({ name, type, about });

const columns: ExportColumn[] = [
  column('kpi', 'text', 'name of the KPI'),
  column('unit', 'text', 'of value: money in minor units of currency, count, ratio or seconds'),
  column('currency', 'text', 'ISO 4217 where the unit is money'),
  column('dimension', 'text', 'what the KPI is split by'),
  column('dimension_value', 'text', 'the value of the dimension; “other” where is_other: those beyond the top, together'),
  column('is_other', 'flag', 'the values beyond the top, together'),
  column('range', 'text', 'asked, or compared: the earlier range'),
  column('row', 'text', 'point, total of the range, or share: a part of what is open'),
  column('at', 'text', 'first day of the bucket in the range; of an hour its start with its offset; of a total its first day'),
  column('to', 'text', 'last day of a total'),
  column('value', 'number', 'the number, in unit'),
  column('numerator', 'number', 'of a ratio'),
  column('denominator', 'number', 'of a ratio'),
  column('p50', 'number', 'median of a distribution'),
  column('p90', 'number', 'nine tenths of a distribution are at most this'),
  column('n', 'integer', 'how many a distribution counts'),
  column('change', 'number', 'of the asked total against the compared one; empty where that is 0'),
  column('hours_from', 'number', 'of a share: hours left at least; empty: any'),
  column('hours_to', 'number', 'of a share: below these hours left'),
  column('state', 'text', 'partial, restated or complete'),
];

type Named = { [name: string]: Cell | undefined };

const rowOf = (cells: Named): Row => columns.map(({ name }) => cells[name] ?? null);

const partsOf = ({ numerator, denominator, p50, p90, n }: Series | Series['points'][number]): Named => ({
  numerator,
  denominator,
  p50,
  p90,
  n,
});

function* rowsOfSeries(series: Series, { currency, from, to }: KpisAnswer): Generator<Row> {
  const same: Named = {
    kpi: series.name,
    unit: series.unit,
    currency: series.unit === 'money' ? currency : null,
    dimension: series.dimension,
    dimension_value: series.value,
    is_other: series.dimension === undefined ? null : series.isOther === true,
  };
  const { compare, breakdown = [] } = series;
  const asked = { ...same, range: 'asked' };
  for (const point of series.points)
    yield rowOf({ ...asked, row: 'point', at: point.at, value: point.value, ...partsOf(point), state: point.state });
  for (const { from: least, to: below, value } of breakdown)
    yield rowOf({ ...asked, row: 'share', at: from, to, value, hours_from: least, hours_to: below });
  yield rowOf({ ...asked, row: 'total', at: from, to, value: series.total, ...partsOf(series), change: compare?.change });
  if (!compare) return;
  const compared = { ...same, range: 'compared' };
  for (const point of compare.points)
    yield rowOf({ ...compared, row: 'point', at: point.at, value: point.value, ...partsOf(point), state: point.state });
  yield rowOf({ ...compared, row: 'total', at: compare.from, to: compare.to, value: compare.total });
}

/** One KPI after the other, so that only one of them is in memory with all its series. */
async function* rowsOfReport(query: KpisQuery, scope: Scope): AsyncGenerator<Row> {
  for (const name of query.names) {
    const answer = await reportKpis({ ...query, names: [name] }, scope);
    for (const series of answer.series) yield* rowsOfSeries(series, answer);
  }
}

/** What GET …/kpis answers to this query, as a table. */
export const kpiTable = (query: KpisQuery, scope: Scope): Exportable => ({
  name: `kpis_${query.from}_${query.to}`,
  columns,
  rows: rowsOfReport(query, scope),
});
