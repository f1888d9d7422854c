/** Which business days may a record or an entity move? A few ranges of days, widened where many would be needed, never narrowed. */
import type { Facts } from '../events/entity.ts';
import type { StoredEntity } from './parts.ts';

/** Ranges of days since 1970, both ends included, in order and apart from each other. */
export type Days = readonly (readonly [from: number, to: number])[];

export const noDays: Days = [];
/** Whatever is not known to be narrower. */
export const everyDay: Days = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];

// A text of every range is kept with the progress of a creator, which has to stay within one write unit.
const mostRanges = 4;

const numberOfDay = (day: string): number => Math.round(Date.parse(day.slice(0, 10)) / 86_400_000);
const local = /^\d{4}-\d\d-\d\d($|T)/;

/** All days of both; of more ranges than are kept, those with the fewest days between them become one. */
export function mergeDays(...all: Days[]): Days {
  const sorted = all.flat().sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  while (merged.length > mostRanges) {
    const gapAfter = (i: number) => (merged[i + 1]?.[0] ?? 0) - (merged[i]?.[1] ?? 0);
    let narrowest = 0;
    for (let i = 1; i < merged.length - 1; i++) if (gapAfter(i) < gapAfter(narrowest)) narrowest = i;
    const [[from], [, to]] = merged.slice(narrowest, narrowest + 2) as [[number, number], [number, number]];
    merged.splice(narrowest, 2, [from, to]);
  }
  return merged;
}

/** May something on these days (`YYYY-MM-DD`, both included) move? */
export function holdsAny(days: Days, first: string, last: string): boolean {
  const [from, to] = [numberOfDay(first), numberOfDay(last)];
  return days.some((range) => range[0] <= to && range[1] >= from);
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    if (local.test(value)) yield value;
  } else if (value && typeof value === 'object') for (const each of Object.values(value)) yield* textsOf(each);
}

/** From the first to the last local day that facts name: a measure that is spread over days lies between two of them. */
export function daysOfFacts(facts: Facts): Days {
  const numbers = [...textsOf(facts)].map(numberOfDay).filter((number) => !Number.isNaN(number));
  return numbers.length ? [[Math.min(...numbers), Math.max(...numbers)]] : noDays;
}

/** The days on which an entity contributes, or may once another of its parts comes: those that any part of it names. */
export function daysOfEntity({ parts, contributions }: Pick<StoredEntity, 'parts' | 'contributions'>): Days {
  const rows = contributions.map(([, at]): [number, number] => [numberOfDay(at), numberOfDay(at)]);
  return mergeDays(rows, ...Object.values(parts).map(({ facts }) => daysOfFacts(facts)));
}

/** As short text, for the store. */
export const packDays = (days: Days): string =>
  days.map((range) => (Number.isFinite(range[0] + range[1]) ? range.map((day) => day.toString(36)).join('.') : '*')).join(' ');

/** Throws nothing: text that is none of ours is every day. */
export function unpackDays(text: string): Days {
  if (text === '') return noDays;
  const ranges = text.split(' ').map((range) => range.split('.').map((day) => Number.parseInt(day, 36)));
  if (ranges.some(([from, to]) => from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)))
    return everyDay;
  return ranges as [number, number][];
}
