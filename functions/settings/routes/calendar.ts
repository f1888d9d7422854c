/** What did a creator write into the calendar? */
import { type CalendarEntry, getCalendar, putCalendar } from '../../../shared/api/calendar.ts';
import { calendarPlace } from '../../../shared/store/versioned-list.ts';
import { route } from '../../http.ts';
import type { SettingsContext } from '../context.ts';
import { findList, replaceList } from '../versioned-list.ts';

type Entry = Omit<CalendarEntry, 'savedAt'>;

const place = { ...calendarPlace, what: 'The calendar is' };

export const calendar = route(getCalendar, async ({ creatorId }, { table }: SettingsContext) => ({
  json: await findList<Entry>(table, creatorId, place),
}));

export const newCalendar = route(putCalendar, async ({ creatorId, body, now }, { table }: SettingsContext) => ({
  json: await replaceList<Entry>(table, creatorId, place, body, now),
}));
