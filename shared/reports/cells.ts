/** What is stored for the formulas of a report, and what does a formula come to over some periods of it? */
import { lateField } from '../fold/delta.ts';
import { quantile } from '../fold/distribution.ts';
import { distributionSlice } from '../fold/keys.ts';
import { noValue } from '../fold/parts.ts';
import type { Table } from '../store/table.ts';
import { readTotals, type TotalsRow } from '../store/totals.ts';
import { spansOf } from './buckets.ts';
import { type Formula, measuresOf, type Term } from './formula.ts';

type Numbers = TotalsRow['numbers'];
/** Numbers by period, of one subject and one value of a dimension ('' for totals). */
export type Periods = Map<string, Numbers>;
/** By kpi subject and slice (`sales total`), then by value. */
export type Cells = Map<string, Map<string, Periods>>;

/** A formula's number over some periods, with what it was made of. */
export interface Figure {
  value: number | null;
  numerator?: number;
  denominator?: number;
  p50?: number | null;
  p90?: number | null;
  n?: number;
  isRestated: boolean;
}

const cellKey = (subject: string, slice: string): string => `${subject} ${slice}`;

/** Fields to read by subject and slice; no field: all of them. */
function fieldsOf(formulas: Formula[], slice: string): Map<string, { subject: string; slice: string; fields: Set<string> }> {
  const wanted = new Map<string, { subject: string; slice: string; fields: Set<string> }>();
  const want = (subject: string, of: string) => {
    const known = wanted.get(cellKey(subject, of)) ?? { subject, slice: of, fields: new Set<string>() };
    wanted.set(cellKey(subject, of), known);
    return known.fields;
  };
  for (const formula of formulas) {
    if (formula.kind === 'distribution') want(formula.subject, distributionSlice(formula.name));
    for (const { subject, measure } of measuresOf(formula)) want(subject, slice).add(measure).add(lateField(measure));
  }
  return wanted;
}

/** Reads what the formulas stand on, for these periods; `slice` is `total` or a dimension. All queries at once. */
export async function readCells(
  { table, partition, now }: { table: Table; partition: string; now: number },
  formulas: Formula[],
  periods: string[],
  slice = 'total',
): Promise<Cells> {
  const cells: Cells = new Map();
  const read = async (key: string, subject: string, of: string, fields: string[], span: ReturnType<typeof spansOf>[number]) => {
    const byValue = cells.get(key) ?? new Map<string, Periods>();
    cells.set(key, byValue);
    for (const { period, value, numbers } of await readTotals(table, partition, { ...span, subject, slice: of }, fields, now)) {
      const known = byValue.get(value) ?? new Map<string, Numbers>();
      byValue.set(value, known.set(period, numbers));
    }
  };
  const spans = spansOf(periods);
  const wanted = new Map([...fieldsOf(formulas, 'total'), ...fieldsOf(formulas, slice)]);
  await Promise.all(
    [...wanted].flatMap(([key, { subject, slice: of, fields }]) =>
      spans.map((span) => read(key, subject, of, [...fields], span)),
    ),
  );
  if (slice !== 'total') for (const { subject } of fieldsOf(formulas, slice).values()) addWithoutValue(cells, subject, slice);
  return cells;
}

/** What has no value of a dimension has no items: the total less all values, where that is not zero. */
function addWithoutValue(cells: Cells, subject: string, slice: string): void {
  const byValue = cells.get(cellKey(subject, slice));
  const totals = cells.get(cellKey(subject, 'total'))?.get('');
  if (!byValue || !totals) return;
  const without: Periods = new Map();
  for (const [period, total] of totals) {
    const rest = { ...total };
    for (const periods of byValue.values())
      for (const field in rest) rest[field] = (rest[field] ?? 0) - (periods.get(period)?.[field] ?? 0);
    if (Object.values(rest).some((number) => number !== 0)) without.set(period, rest);
  }
  if (without.size) byValue.set(noValue, without);
}

/** The values of a dimension under which a formula has any number other than zero. */
export function valuesOf(cells: Cells, formula: Formula, slice: string): string[] {
  const values = new Set<string>();
  for (const { subject, measure } of measuresOf(formula))
    for (const [value, periods] of cells.get(cellKey(subject, slice)) ?? [])
      if (!values.has(value) && periods.values().some((numbers) => numbers[measure])) values.add(value);
  return [...values];
}

interface Addend {
  sum: number;
  isRestated: boolean;
}

function add(cells: Cells, terms: Term[], slice: string, values: string[], periods: string[]): Addend {
  const addend: Addend = { sum: 0, isRestated: false };
  for (const { subject, measure, sign } of terms) {
    const late = lateField(measure);
    for (const value of values) {
      const stored = cells.get(cellKey(subject, slice))?.get(value);
      if (!stored) continue;
      for (const period of periods) {
        const numbers = stored.get(period);
        if (!numbers) continue;
        addend.sum += sign * (numbers[measure] ?? 0);
        if ((numbers[late] ?? 0) > 0) addend.isRestated = true;
      }
    }
  }
  return addend;
}

function spread(cells: Cells, subject: string, name: string, periods: string[]): Figure {
  const stored = cells.get(cellKey(subject, distributionSlice(name)))?.get('');
  const counts = new Map<number, number>();
  const prefix = `${name}:`;
  let isRestated = false;
  for (const period of periods) {
    const numbers = stored?.get(period);
    if (!numbers) continue;
    if ((numbers[lateField(name)] ?? 0) > 0) isRestated = true;
    for (const field in numbers) {
      if (!field.startsWith(prefix)) continue;
      const bucket = Number(field.slice(prefix.length));
      counts.set(bucket, (counts.get(bucket) ?? 0) + (numbers[field] ?? 0));
    }
  }
  const [p50, p90] = [0.5, 0.9].map((q) => {
    const value = quantile(counts, q);
    // The buckets are 1 % wide: more digits would say nothing.
    return value === null ? null : Number(value.toPrecision(6));
  }) as [number | null, number | null];
  const n = counts.values().reduce((sum, count) => sum + count, 0);
  return { value: p50, p50, p90, n, isRestated };
}

/** One sum over another; null over nothing; of money in whole minor units. */
export function quotientOf(numerator: number, denominator: number, isMoney: boolean): number | null {
  if (denominator === 0) return null;
  return isMoney ? Math.round(numerator / denominator) : numerator / denominator;
}

/** What a formula comes to over these periods, for these values of a dimension together ([''] in totals). */
export function figureOf(cells: Cells, formula: Formula, periods: string[], slice = 'total', values = ['']): Figure {
  if (formula.kind === 'sum') {
    const { sum, isRestated } = add(cells, formula.terms, slice, values, periods);
    return { value: sum, isRestated };
  }
  if (formula.kind === 'distribution') return spread(cells, formula.subject, formula.name, periods);
  if (formula.kind !== 'ratio') return { value: null, isRestated: false };
  const numerator = add(cells, formula.numerator, slice, values, periods);
  const denominator = add(cells, formula.denominator, slice, values, periods);
  return {
    value: quotientOf(numerator.sum, denominator.sum, formula.isMoney),
    numerator: numerator.sum,
    denominator: denominator.sum,
    isRestated: numerator.isRestated || denominator.isRestated,
  };
}
