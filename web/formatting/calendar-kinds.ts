/** What are the kinds of a calendar's entries called? */
import type { CalendarEntry } from '../data/calendar.ts';
import { type MessageId, say } from './say.ts';

type Kind = CalendarEntry['kind'];

const titles: Record<Kind, MessageId> = {
  promotion: 'calendar.promotion',
  price: 'calendar.price',
  holiday: 'calendar.holiday',
  working_day: 'calendar.workingDay',
  note: 'calendar.note',
};

export const kinds = Object.keys(titles) as Kind[];
export const formatKind = (kind: Kind): string => say(titles[kind]);
