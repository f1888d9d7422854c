/** Which entries of the calendar fall on which points of a chart? Numbered in the order of their days, as the list below the chart is. */
import type { CalendarEntry } from '../data/calendar.ts';

export interface Mark {
  entry: CalendarEntry;
  number: number;
  /** Indexes of the first and the last point that it falls on. */
  first: number;
  last: number;
}

interface Bucket {
  at: string;
  to?: string | undefined;
}

/** The marks of some points; an entry outside of their days has none. */
export function marksOf(entries: CalendarEntry[], points: Bucket[]): Mark[] {
  const days = points.map(({ at, to }) => ({ from: at.slice(0, 10), to: (to ?? at).slice(0, 10) }));
  return entries
    .flatMap((entry) => {
      const first = days.findIndex(({ to }) => to >= entry.from);
      const last = days.findLastIndex(({ from }) => from <= entry.to);
      return first === -1 || last < first ? [] : [{ entry, first, last }];
    })
    .sort((a, b) => (a.entry.from + a.entry.to < b.entry.from + b.entry.to ? -1 : 1))
    .map((mark, i) => ({ ...mark, number: i + 1 }));
}
