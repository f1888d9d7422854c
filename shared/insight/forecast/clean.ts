/** What of a history do models see? Gaps filled from the same place of other periods, and single spikes cut down; the history itself stays. */
import type { Values } from './metrics.ts';

export interface Clean {
  /** From the first known value to the last place, without gaps and spikes. */
  values: number[];
  /** How many unknown values at the start were left out. */
  skipped: number;
  /** Places in `values` that were unknown. */
  filled: number[];
  /** Places in `values` that were cut down. */
  spikes: number[];
}

/** A spike is this many deviations from what is usual there … */
const spikeDeviations = 10;
/** … and at least so many times the usual size away from it, … */
const spikeTimes = 2;
/** … and so many times the median of all sizes. */
const spikeSize = 3;
/** Where more of a history would be spikes, they are its nature. */
const mostSpikes = 0.05;
const isKnown = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);

export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The nearest known value so many steps of `by` away in a direction, no more than four of them. */
function nearest(values: Values, at: number, by: number): number | undefined {
  for (let i = 1; i <= 4; i++) {
    const value = values[at + i * by];
    if (isKnown(value)) return value;
  }
  return undefined;
}

/** A gap becomes the mean of the nearest values of its place in the periods before and after; without any, it lies on the line between its neighbours. */
function fill(values: Values, period: number): { values: number[]; filled: number[] } {
  const filled: number[] = [];
  const full = values.map((value, at) => {
    if (isKnown(value)) return value;
    filled.push(at);
    const alike = period > 1 ? [nearest(values, at, -period), nearest(values, at, period)].filter(isKnown) : [];
    return alike.length ? alike.reduce((sum, found) => sum + found, 0) / alike.length : Number.NaN;
  });
  for (let at = 0; at < full.length; at++) {
    if (!Number.isNaN(full[at])) continue;
    const before = at - 1;
    let after = at;
    while (after < full.length && Number.isNaN(full[after])) after++;
    const [from, to] = [full[before] ?? full[after] ?? 0, full[after] ?? full[before] ?? 0];
    for (let i = at; i < after; i++) full[i] = from + ((to - from) * (i - before)) / (after - before);
  }
  return { values: full, filled };
}

/** The history as long as it is, its gaps filled. */
export const filledOf = (history: Values, period: number): number[] => fill(history, period).values;

/** The median of the values around each, as many as a period and one more. */
function around(values: readonly number[], period: number): number[] {
  const width = Math.min(values.length, Math.max(7, period % 2 ? period : period + 1));
  const half = width >> 1;
  const last = values.length - width;
  // For long periods every value's own window would cost too much: each eighth of a period shares one.
  const step = Math.max(1, period >> 3);
  const medians = new Map<number, number>();
  return values.map((_, i) => {
    const from = Math.max(0, Math.min(last, Math.floor((i - half) / step) * step));
    const known = medians.get(from) ?? medianOf(values.slice(from, from + width));
    medians.set(from, known);
    return known;
  });
}

/** Cuts down values far off what is usual at their place of the period. */
function withoutSpikes(values: readonly number[], period: number): { values: number[]; spikes: number[] } {
  const n = values.length;
  const as = { values: [...values], spikes: [] as number[] };
  if (n < 7) return as;
  const sold = values.filter((value) => value !== 0);
  if (sold.length * 2 < n) return withoutSpikesOfFew(values, sold);
  const size = medianOf(values.map(Math.abs));
  if (values.every((value) => Math.abs(value) <= spikeSize * size)) return as;
  const base = around(values, period);
  const hasPlaces = period > 1 && n >= 3 * period;
  const rest = values.map((value, i) => value - (base[i] as number));
  const places = Array.from({ length: hasPlaces ? period : 1 }, (_, place) =>
    hasPlaces ? medianOf(rest.filter((_, i) => i % period === place)) : 0,
  );
  const usual = base.map((value, i) => value + (places[hasPlaces ? i % period : 0] ?? 0));
  const off = values.map((value, i) => value - (usual[i] as number));
  const deviation = 1.4826 * medianOf(off.map(Math.abs));
  const spikes = off.flatMap((distance, i) => {
    const far = Math.max(spikeDeviations * deviation, spikeTimes * Math.max(size, Math.abs(usual[i] as number)));
    return Math.abs(distance) > far && Math.abs(values[i] as number) > spikeSize * size ? [i] : [];
  });
  if (spikes.length > Math.max(1, mostSpikes * n)) return as;
  for (const at of spikes) as.values[at] = (usual[at] as number) + Math.sign(off[at] as number) * 3 * deviation;
  return { ...as, spikes };
}

/** Of values that are mostly zero: what is ten times the usual sale or more becomes the largest of the others. */
function withoutSpikesOfFew(values: readonly number[], sold: readonly number[]): { values: number[]; spikes: number[] } {
  const limit = spikeDeviations * medianOf(sold.map(Math.abs));
  const spikes = values.flatMap((value, i) => (Math.abs(value) > limit ? [i] : []));
  if (sold.length < 5 || spikes.length > Math.max(1, mostSpikes * values.length)) return { values: [...values], spikes: [] };
  const largest = Math.max(...sold.map(Math.abs).filter((value) => value <= limit));
  return { values: values.map((value) => (Math.abs(value) > limit ? Math.sign(value) * largest : value)), spikes };
}

/** The history as models see it. `period` is the shortest season, 1 where there is none. */
export function clean(history: Values, period: number): Clean {
  const first = history.findIndex(isKnown);
  if (first < 0) return { values: [], skipped: history.length, filled: [], spikes: [] };
  const { values, filled } = fill(history.slice(first), period);
  return { ...withoutSpikes(values, period), skipped: first, filled };
}
