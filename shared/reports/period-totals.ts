/** What is stored for the formulas of a report, and what does a formula come to over some periods of it? */
import { lateField } from '../fold/delta.ts';
import { quantile } from '../fold/distribution.ts';
import { distributionSlice } from '../fold/keys.ts';
import { noValue } from '../fold/parts.ts';
import type { Partition } from '../store/partition.ts';
import { readSpans, type TotalsRow } from '../store/totals.ts';
import { spansOf } from './buckets.ts';
import { type Formula, measuresOf, type Term } from './formula.ts';

type Numbers = TotalsRow['numbers'];
/** Numbers by period, of one topic and one value of a dimension ('' for totals). */
export type Periods = Map<string, Numbers>;
/** By kpi topic and slice (`sales total`), then by value. */
export type PeriodTotals = Map<string, Map<string, Periods>>;

/** A formula's number over some periods, with what it was made of. */
export interface Figure {
  value: number | null;
  numerator?: number;
  denominator?: number;
  p50?: number | null;
  p90?: number | null;
  n?: number;
  /** A sum in it is beyond 2^53 − 1, where a number holds the first 15 digits only. */
  isRounded?: true;
  isRestated: boolean;
}

export const topicKey = (topic: string, slice: string): string => `${topic} ${slice}`;

/** Fields to read by topic and slice; no field: all of them. */
function fieldsOf(formulas: Formula[], slice: string): Map<string, { topic: string; slice: string; fields: Set<string> }> {
  const wanted = new Map<string, { topic: string; slice: string; fields: Set<string> }>();
  const want = (topic: string, of: string) => {
    const known = wanted.get(topicKey(topic, of)) ?? { topic, slice: of, fields: new Set<string>() };
    wanted.set(topicKey(topic, of), known);
    return known.fields;
  };
  for (const formula of formulas) {
    if (formula.kind === 'distribution') want(formula.topic, distributionSlice(formula.name));
    for (const { topic, measure } of measuresOf(formula)) want(topic, slice).add(measure).add(lateField(measure));
  }
  return wanted;
}

/** Reads what the formulas stand on, for these periods; `slice` is `total` or a dimension. All queries at once. */
export async function readPeriodTotals(
  scope: Partition & { now: number },
  formulas: Formula[],
  periods: string[],
  slice = 'total',
): Promise<PeriodTotals> {
  const cells: PeriodTotals = new Map();
  const spans = spansOf(periods);
  const read = async (key: string, topic: string, of: string, fields: string[]) => {
    const byValue = cells.get(key) ?? new Map<string, Periods>();
    cells.set(key, byValue);
    const wanted = spans.map((span) => ({ ...span, topic, slice: of }));
    for (const { period, value, numbers } of await readSpans(scope, wanted, fields, scope.now)) {
      const known = byValue.get(value) ?? new Map<string, Numbers>();
      byValue.set(value, known.set(period, numbers));
    }
  };
  const wanted = new Map([...fieldsOf(formulas, 'total'), ...fieldsOf(formulas, slice)]);
  await Promise.all([...wanted].map(([key, { topic, slice: of, fields }]) => read(key, topic, of, [...fields])));
  if (slice !== 'total') for (const { topic } of fieldsOf(formulas, slice).values()) addWithoutValue(cells, topic, slice);
  return cells;
}

/** What has no value of a dimension has no items: the total less all values, where that is not zero. */
function addWithoutValue(cells: PeriodTotals, topic: string, slice: string): void {
  const byValue = cells.get(topicKey(topic, slice));
  const totals = cells.get(topicKey(topic, 'total'))?.get('');
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
export function valuesOf(cells: PeriodTotals, formula: Formula, slice: string): string[] {
  const values = new Set<string>();
  for (const { topic, measure } of measuresOf(formula))
    for (const [value, periods] of cells.get(topicKey(topic, slice)) ?? [])
      if (!values.has(value) && periods.values().some((numbers) => numbers[measure])) values.add(value);
  return [...values];
}

interface Addend {
  sum: number;
  isRestated: boolean;
  isRounded: boolean;
}

/** Whether a number may have lost its last digits. */
export const isBeyondExact = (number: number): boolean => Math.abs(number) > Number.MAX_SAFE_INTEGER;
/** The mark of a figure whose sums may have lost their last digits. */
export const roundedMark = (isRounded: boolean): { isRounded?: true } => (isRounded ? { isRounded: true } : {});

function add(cells: PeriodTotals, terms: Term[], slice: string, values: string[], periods: string[]): Addend {
  const addend: Addend = { sum: 0, isRestated: false, isRounded: false };
  for (const { topic, measure, sign } of terms) {
    const late = lateField(measure);
    for (const value of values) {
      const stored = cells.get(topicKey(topic, slice))?.get(value);
      if (!stored) continue;
      for (const period of periods) {
        const numbers = stored.get(period);
        if (!numbers) continue;
        const number = numbers[measure] ?? 0;
        addend.sum += sign * number;
        if (isBeyondExact(number) || isBeyondExact(addend.sum)) addend.isRounded = true;
        if ((numbers[late] ?? 0) > 0) addend.isRestated = true;
      }
    }
  }
  return addend;
}

function distributionFigure(cells: PeriodTotals, topic: string, name: string, periods: string[]): Figure {
  const stored = cells.get(topicKey(topic, distributionSlice(name)))?.get('');
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
export function figureOf(cells: PeriodTotals, formula: Formula, periods: string[], slice = 'total', values = ['']): Figure {
  if (formula.kind === 'sum') {
    const { sum, isRestated, isRounded } = add(cells, formula.terms, slice, values, periods);
    return { value: sum, ...roundedMark(isRounded), isRestated };
  }
  if (formula.kind === 'distribution') return distributionFigure(cells, formula.topic, formula.name, periods);
  if (formula.kind !== 'ratio') return { value: null, isRestated: false };
  const numerator = add(cells, formula.numerator, slice, values, periods);
  const denominator = add(cells, formula.denominator, slice, values, periods);
  return {
    value: quotientOf(numerator.sum, denominator.sum, formula.isMoney),
    numerator: numerator.sum,
    denominator: denominator.sum,
    ...roundedMark(numerator.isRounded || denominator.isRounded),
    isRestated: numerator.isRestated || denominator.isRestated,
  };
}

/** Puts cells of other periods beside those that are there. */
export function addPeriodTotals(into: PeriodTotals, more: PeriodTotals): void {
  for (const [key, byValue] of more)
    for (const [value, periods] of byValue) {
      const known = into.get(key) ?? new Map<string, Periods>();
      into.set(key, known);
      known.set(value, new Map([...(known.get(value) ?? []), ...periods]));
    }
}
