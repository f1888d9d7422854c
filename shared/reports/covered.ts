/** Which part of a range has gone by, and which part of the earlier range is as long? What is not over is compared with as much as has been. */
import type { Cut } from '../kpis/cut.ts';
import { addDays, dayOf, earlierOf, lastDayOfMonth, monthOf } from '../time.ts';
import type { Bucket, Range } from './buckets.ts';
import type { Compared } from './compare.ts';
import { partPeriod } from './part-of-day.ts';

/** Days, both included; the last of them only until a minute of its clock where `until` (HH:MM) is given. */
export interface Covered extends Range {
  until?: string;
}

/** The stretch of the earlier range that is as long as the part of the range up to `day`. */
function upTo(day: string, range: Range, compared: Compared): Covered {
  const met = compared.meets(day);
  if (met !== undefined && met <= compared.to) return { from: compared.from, to: met };
  // The earlier month is shorter: all of it stands against the days that it does not have.
  const before = compared.meets(addDays(day, -1)) ?? compared.to;
  const end = day === range.to ? compared.to : lastDayOfMonth(monthOf(before));
  return { from: compared.from, to: earlierOf(end, compared.to) };
}

/**
 * The parts of both ranges that a change is computed from; `local` is now in the creator's local time. Null where no part of the range
 * has gone by.
 */
export function coveredOf(range: Range, compared: Compared, cut: Cut, local: string): { here: Covered; earlier: Covered } | null {
  const today = dayOf(local);
  const last = cut === 'due' ? addDays(today, -1) : today;
  if (range.from > last) return null;
  const whole = { from: compared.from, to: compared.to };
  if (range.to < today) return { here: range, earlier: whole };
  const here = { from: range.from, to: earlierOf(last, range.to) };
  const earlier = upTo(here.to, range, compared);
  if (cut !== 'minute' || compared.meets(today) !== earlier.to) return { here, earlier };
  const until = local.slice(11, 16);
  return { here: { ...here, until }, earlier: { ...earlier, until } };
}

/** Stored periods that lie in the covered days; the last day gives way to its part where it is cut. Hours stay whole. */
export const periodsWithin = (periods: string[], { to, until }: Covered): string[] =>
  periods.flatMap((period) => {
    if (period.length === 7 || period.slice(0, 10) < to) return [period];
    if (period.slice(0, 10) > to) return [];
    return until === undefined || period.length > 10 ? [period] : [partPeriod(to, until)];
  });

/** Buckets cut off where the covered days end; those behind have no periods left. */
export const cutBuckets = (buckets: Bucket[], covered: Covered): Bucket[] =>
  buckets.map((bucket) => {
    const periods = periodsWithin(bucket.periods, covered);
    return { ...bucket, periods, isCut: bucket.isCut || periods.join() !== bucket.periods.join() };
  });
