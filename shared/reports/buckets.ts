/** Into which buckets does a range fall, and which stored periods make up each? Every bucket is there, with events or without. */
import { type Days, holdsAny } from '../fold/days.ts';
import type { Grain } from '../kpis/grains.ts';
import type { Span } from '../store/totals.ts';
import {
  addDays,
  dayOf,
  daysOf,
  earlierOf,
  hoursOfDay,
  lastDayOfMonth,
  monthOf,
  startOfHour,
  toLocal,
  type WeekStart,
  weekStartOf,
  type ZoneSpan,
} from '../time.ts';

export interface Range {
  from: string;
  to: string;
}

export interface Bucket {
  /** First day in the range; of an hour its start with its offset. */
  at: string;
  /** Last day in the range; of a week or month alone. */
  to?: string;
  /** Hours, days or months that add up to it. */
  periods: string[];
  /** It has ended, and nothing that is accepted may still move it. */
  isSettled: boolean;
  /** Is it only a part of its hour, day, week or month: cut by the range, or still running? */
  isCut: boolean;
}

/** When and where a report is made: the creator's zones, now (ms), and the days that what is accepted and not applied may move. */
export interface Moment {
  zones: readonly ZoneSpan[];
  now: number;
  moving: Days;
}

export interface Cutting {
  weekStart?: WeekStart;
  /** From this day on months are read day by day, so that they can be cut. */
  dailyFrom?: string;
}

/** The days of a range with whole months in one piece, as long as they end before `dailyFrom`: far fewer items to read. */
export function wholeMonths({ from, to }: Range, dailyFrom = '9999'): string[] {
  const periods: string[] = [];
  for (let day = from; day <= to; ) {
    const month = monthOf(day);
    const last = lastDayOfMonth(month);
    if (day.endsWith('-01') && last <= to && last < dailyFrom) periods.push(month);
    else periods.push(...daysOf(day, earlierOf(last, to)));
    day = addDays(last, 1);
  }
  return periods;
}

function hours({ from, to }: Range, { zones, now, moving }: Moment): Bucket[] {
  return daysOf(from, to).flatMap((day) => {
    const isMoving = holdsAny(moving, day, day);
    return hoursOfDay(day, zones).map((hour) => ({
      at: `${hour.slice(0, 13)}:00:00${hour.slice(13)}`,
      periods: [hour],
      isSettled: startOfHour(hour) + 3_600_000 <= now && !isMoving,
      isCut: startOfHour(hour) <= now && startOfHour(hour) + 3_600_000 > now,
    }));
  });
}

type DayGrain = Exclude<Grain, 'hour' | 'total'>;

/** First and last day of the day, week or month that a day is in. */
function wholeOf(grain: DayGrain, day: string, weekStart: WeekStart): Range {
  if (grain === 'day') return { from: day, to: day };
  if (grain === 'month') return { from: `${monthOf(day)}-01`, to: lastDayOfMonth(monthOf(day)) };
  const from = weekStartOf(day, weekStart);
  return { from, to: addDays(from, 6) };
}

/** The buckets of a range, clipped to it. Which have ended is told by the creator's own time. */
export function bucketsOf(
  grain: Grain,
  range: Range,
  moment: Moment,
  { weekStart = 'monday', dailyFrom }: Cutting = {},
): Bucket[] {
  if (grain === 'hour') return hours(range, moment);
  const today = dayOf(toLocal(moment.now, moment.zones));
  const isSettled = (from: string, to: string): boolean => to < today && !holdsAny(moment.moving, from, to);
  const open = dailyFrom ?? today;
  if (grain === 'total')
    return [
      {
        at: range.from,
        to: range.to,
        periods: wholeMonths(range, open),
        isSettled: isSettled(range.from, range.to),
        isCut: false,
      },
    ];
  const buckets: Bucket[] = [];
  for (let from = range.from; from <= range.to; ) {
    const whole = wholeOf(grain, from, weekStart);
    const to = earlierOf(whole.to, range.to);
    const periods = grain === 'month' ? wholeMonths({ from, to }, open) : daysOf(from, to);
    const isCut = from > whole.from || to < whole.to || (from <= today && today <= to);
    buckets.push({ at: from, ...(grain === 'day' ? {} : { to }), periods, isSettled: isSettled(from, to), isCut });
    from = addDays(to, 1);
  }
  return buckets;
}

/** Is a day or month the same as another, or the one after it? */
const isNext = (before: string, after: string): boolean =>
  after === before || after === (before.length === 7 ? monthOf(addDays(`${before}-28`, 4)) : addDays(before, 1));

/** The fewest spans of items that hold these periods and no others; periods that follow one another are in one. */
export function spansOf(periods: string[]): Pick<Span, 'kind' | 'from' | 'to'>[] {
  const spans: Pick<Span, 'kind' | 'from' | 'to'>[] = [];
  for (const period of periods) {
    const kind = period.length === 7 ? 'M' : period.length === 10 ? 'D' : 'H';
    const ends = kind === 'H' ? dayOf(period) : period;
    const last = spans.at(-1);
    if (last?.kind === kind && isNext(last.to, ends)) last.to = ends;
    else spans.push({ kind, from: ends, to: ends });
  }
  return spans;
}
