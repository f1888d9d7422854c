/** What is told of a report's row beside its fields? The title of its KPI, the units of its numbers, states in words, and for programs minor units. */
import { dictionary } from '../kpis/dictionary.ts';
import { isCurrency } from '../money.ts';
import type { State } from '../reports/series.ts';
import type { Row } from './columns.ts';
import { type ExportColumn, titleOf } from './columns.ts';
import { unitsOfKpi } from './kpi-units.ts';
import { stateInWords, stateTitles } from './labels.ts';
import { percent } from './quantity.ts';

/** Places of a row's columns. */
export interface Telling {
  /** Those that may name a KPI. */
  kpi: number[];
  currency: number;
  title: number;
  kind: number;
  /** By name of the column. */
  units: [name: string, place: number][];
  /** A number, its unit, and its minor units. */
  minor: [value: number, unit: number, minor: number][];
  words: [state: number, words: number][];
  /** Of a point: its value, whether it is cut, and whether it lies before the first datum. */
  point: { value: number; state: number; words: number; isCut: number; noData: number } | undefined;
}

/** The column that names the unit of a number, by what its schema says of it. */
const unitColumns: { [said: string]: string } = {
  own: 'unit',
  numerator: 'numerator_unit',
  denominator: 'denominator_unit',
  difference: 'difference_unit',
  currency: 'currency',
};

const forPrograms = (name: string, type: ExportColumn['type'], about: string): ExportColumn => ({
  name,
  type,
  about,
  isForPrograms: true,
});
const unitColumn = (name: string): ExportColumn => ({
  name,
  title: titleOf({ name, type: 'unit' }),
  type: 'unit',
  about: `of ${name === 'unit' ? 'the numbers' : name.replace('_unit', '')}: a currency (ISO 4217), %, points, count or seconds`,
});

/** A number with its unit and its minor units; a state with its words; else the column as it is. */
function withCompanions(column: ExportColumn): ExportColumn[] {
  const { name, type, unit, about } = column;
  if (type === 'quantity') {
    const of = typeof unit === 'string' ? unitColumns[unit] : undefined;
    if (of === undefined) return [{ ...column, title: `${column.title} (%)`, unit: percent }];
    const minor = forPrograms(`${name}_minor`, 'integer', `${name} in minor units, where ${of} is a currency`);
    return [{ ...column, unit: { column: of } }, minor];
  }
  if (name === 'state' || name.endsWith('_state')) {
    const words = `${name}_in_words`;
    return [
      { ...column, isForPrograms: true },
      { name: words, title: titleOf({ name, type }), type: 'text', about: `${about}, in words` },
    ];
  }
  if (name === 'unit' || name === 'currency') return [{ ...column, type: 'unit' }];
  // A KPI has its title beside its name; a part without declared fields is JSON, in minor units as reports answer it.
  return ['lines', 'alerts', 'kpi'].includes(name) ? [{ ...column, isForPrograms: true }] : [column];
}

/** All columns of a report's file, those of its answer in their places first, and how its rows are told. */
export function tellingOf(own: ExportColumn[]): { columns: ExportColumn[]; telling: Telling } {
  const told = own.map(withCompanions);
  const columns = told.map(([column]) => column as ExportColumn);
  columns.push(...told.flatMap(([, ...companions]) => companions));
  const named = (name: string): number => columns.findIndex((column) => column.name === name);
  const needed = columns.flatMap(({ unit }) => (typeof unit === 'object' ? [unit.column] : []));
  for (const name of new Set(needed)) if (named(name) < 0) columns.push(unitColumn(name));
  const isOfKpis = needed.includes('unit');
  if (isOfKpis)
    columns.push(forPrograms('kind', 'text', 'of the numbers: money, count, ratio or seconds'), {
      name: 'kpi_title',
      title: 'Number',
      type: 'text',
      about: 'title of the KPI',
    });
  const minor = columns.flatMap(({ name, unit }, value): Telling['minor'] =>
    typeof unit === 'object' ? [[value, named(unit.column), named(`${name}_minor`)]] : [],
  );
  const words = columns.flatMap(({ name }, state): Telling['words'] =>
    named(`${name}_in_words`) < 0 ? [] : [[state, named(`${name}_in_words`)]],
  );
  const units = [...new Set(needed)].filter((name) => name !== 'currency').map((name): [string, number] => [name, named(name)]);
  const kpi = isOfKpis ? ['kpi', 'name'].map(named).filter((place) => place >= 0) : [];
  const point =
    named('no_data') < 0
      ? undefined
      : {
          value: named('value'),
          state: named('state'),
          words: named('state_in_words'),
          isCut: named('is_cut'),
          noData: named('no_data'),
        };
  return {
    columns,
    telling: { kpi, currency: named('currency'), title: named('kpi_title'), kind: named('kind'), units, minor, words, point },
  };
}

/** A row with what is told beside its fields; the one given stays as it is. */
export function tellRow(given: Row, { kpi, currency, title, kind, units, minor, words, point }: Telling): Row {
  const row = [...given];
  const name = kpi.map((place) => row[place]).find((cell) => typeof cell === 'string');
  const known = name === undefined ? undefined : unitsOfKpi(String(name), String(row[currency] ?? ''));
  if (known) {
    row[title] = dictionary.entries.get(String(name))?.kpi.title ?? null;
    row[kind] = known.kind;
    for (const [unit, place] of units) row[place] = known.units[unit] ?? null;
  }
  const noData = point !== undefined && row[point.noData] === true;
  // A zero before the first datum says nothing: the cell is empty, as the pages show it.
  if (noData && row[point.value] === 0) row[point.value] = null;
  for (const [value, unit, place] of minor)
    if (typeof row[value] === 'number' && isCurrency(String(row[unit]))) row[place] = Math.round(row[value]);
  for (const [state, place] of words) row[place] = stateTitles[String(row[state])] ?? null;
  if (point && (noData || row[point.isCut] === true))
    row[point.words] = stateInWords({ state: row[point.state] as State, ...(noData ? { noData } : { isCut: true }) });
  return row;
}
