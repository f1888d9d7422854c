/** Into which buckets does a range fall, and which stored periods make up each? Every bucket is there, with events or without. */
import type { Span } from '../store/totals.ts';
import {
  addDays,
  dayOf,
  daysBetween,
  daysOf,
  hoursOfDay,
  lastDayOfMonth,
  mondayOf,
  monthOf,
  startOfHour,
  toLocal,
  type ZoneSpan,
} from '../time.ts';

export type Grain = 'hour' | 'day' | 'week' | 'month' | 'total';

export interface Range {
  from: string;
  to: string;
}

export interface Bucket {
  /** First day in the range; of an hour its start with its offset. */
  at: string;
  /** Hours, days or months that add up to it. */
  periods: string[];
  hasEnded: boolean;
}

const earlier = (a: string, b: string): string => (daysBetween(a, b) < 0 ? b : a);

/** The days of a range with whole months in one piece: far fewer items to read. */
export function wholeMonths({ from, to }: Range): string[] {
  const periods: string[] = [];
  for (let day = from; day <= to; ) {
    const month = monthOf(day);
    const last = lastDayOfMonth(month);
    if (day.endsWith('-01') && last <= to) periods.push(month);
    else periods.push(...daysOf(day, earlier(last, to)));
    day = addDays(last, 1);
  }
  return periods;
}

function hours({ from, to }: Range, zones: readonly ZoneSpan[], now: number): Bucket[] {
  return daysOf(from, to).flatMap((day) =>
    hoursOfDay(day, zones).map((hour) => ({
      at: `${hour.slice(0, 13)}:00:00${hour.slice(13)}`,
      periods: [hour],
      hasEnded: startOfHour(hour) + 3_600_000 <= now,
    })),
  );
}

const lastDays: { [grain in Exclude<Grain, 'hour' | 'total'>]: (day: string) => string } = {
  day: (day) => day,
  week: (day) => addDays(mondayOf(day), 6),
  month: (day) => lastDayOfMonth(monthOf(day)),
};

/** The buckets of a range, clipped to it; weeks start on Monday. `now` in ms decides which have ended, in the creator's own time. */
export function bucketsOf(grain: Grain, range: Range, zones: readonly ZoneSpan[], now: number): Bucket[] {
  if (grain === 'hour') return hours(range, zones, now);
  const today = dayOf(toLocal(now, zones));
  if (grain === 'total') return [{ at: range.from, periods: wholeMonths(range), hasEnded: range.to < today }];
  const buckets: Bucket[] = [];
  for (let from = range.from; from <= range.to; ) {
    const last = lastDays[grain](from);
    const to = earlier(last, range.to);
    const periods = grain === 'month' ? wholeMonths({ from, to }) : daysOf(from, to);
    buckets.push({ at: from, periods, hasEnded: to < today });
    from = addDays(to, 1);
  }
  return buckets;
}

/** The fewest spans of items that hold these periods (in order, without gaps). */
export function spansOf(periods: string[]): Pick<Span, 'kind' | 'from' | 'to'>[] {
  const spans: Pick<Span, 'kind' | 'from' | 'to'>[] = [];
  for (const period of periods) {
    const kind = period.length === 7 ? 'M' : period.length === 10 ? 'D' : 'H';
    const ends = kind === 'H' ? dayOf(period) : period;
    const last = spans.at(-1);
    if (last?.kind === kind) last.to = ends;
    else spans.push({ kind, from: ends, to: ends });
  }
  return spans;
}
