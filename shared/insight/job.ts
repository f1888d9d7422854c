/** What is a report that is computed from the lake? The statements it asks for all creators at once, and what their rows of one creator come to. */
import type { CalendarEntry } from '../api/calendar.ts';
import type { AthenaRow } from '../lake/athena.ts';
import { addDays, dayOf, monthOf } from '../time.ts';

/** Of the way in which documents are computed: a change of any report's computes all of them anew. */
export const insightVersion = 6;

/** Rows stand creator by creator (`creator_id`). */
export interface Statement {
  sql: string;
  values: string[];
}

/** First and last local day that is looked at. */
export interface Span {
  first: string;
  last: string;
}

/** Months before the running one that are computed. */
const monthsBack = 13;

/** The first local day that a run at an instant (ms) looks at. */
export function firstDayAt(computedAt: number): string {
  const today = dayOf(new Date(computedAt).toISOString());
  return `${monthOf(addDays(`${monthOf(today)}-01`, -1 - 31 * (monthsBack - 1)))}-01`;
}

/** Of one creator: the local day that is not over, and the calendar. */
export interface AboutCreator {
  today: string;
  calendar: readonly CalendarEntry[];
}

/** What is stored, by the key under which it is read. */
export type Documents = Map<string, object>;

export interface Job {
  /** Names its documents in the store. */
  report: string;
  /** Takes long for a creator and says little that is new within a day: computed with each local day, and in between every three hours at most. */
  isCostly?: true;
  /** `named`: the creators asked for, who are bound behind the first day; none: all. The last one has the most rows: it is not held in memory. */
  statements(span: Span, named: readonly string[]): Statement[];
  /** What the rows of one creator come to; `rows[i]` are those of the i-th statement. */
  compute(rows: AthenaRow[][], span: Span, about: AboutCreator): Documents;
  /** Stands for a document that an earlier run stored and this one has nothing for. */
  empty(key: string): object;
}
