/** What stands in a creator's calendar? Days with a title: promotions, price changes, holidays, notes; drawn in charts, counted in nothing. */
import * as z from 'zod';
import { daysBetween } from '../time.ts';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import { day } from './kpis.ts';
import {
  entryId,
  listSent,
  noControls,
  printable,
  readInstant,
  sentInstant,
  versionRead,
  versionSent,
} from './versioned-list.ts';

const mostEntries = 300;
/** Days that one entry may span. */
const mostDays = 366;

export const entryKinds = ['promotion', 'price', 'holiday', 'working_day', 'note'] as const;

const entry = z.strictObject({
  id: entryId,
  from: day.describe('first day, in the creator’s zone'),
  to: day.describe('last day, included'),
  kind: z
    .enum(entryKinds, { error: `must be one of ${entryKinds.join(', ')}` })
    .describe('price: a price changed; working_day: one that usually is none'),
  title: z.string().trim().min(1).max(120).regex(printable, noControls),
  productId: z.string().trim().min(1).max(128).regex(printable, noControls).optional().describe('the product it is about'),
});

const sent = entry.extend(sentInstant).superRefine(({ from, to }, context) => {
  if (from > to) context.addIssue({ code: 'custom', path: ['from'], message: 'is after to: give the earlier day first' });
  else if (daysBetween(from, to) >= mostDays)
    context.addIssue({
      code: 'custom',
      path: ['to'],
      message: `is more than ${mostDays} days from the first: make several entries`,
    });
});

const calendarAnswer = z.object({ version: versionRead, entries: z.array(entry.extend(readInstant)) });

const path = '/v1/creators/{creatorId}/calendar';

export const getCalendar = endpoint({
  method: 'GET',
  path,
  gate: { to: 'settings', rate: 50, burst: 100 },
  summary: 'The calendar: promotions, price changes, holidays and notes on days.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: calendarAnswer,
});

export const putCalendar = endpoint({
  method: 'PUT',
  path,
  gate: { to: 'settings', rate: 10, burst: 20 },
  summary: 'Replaces the calendar. 409 where it was changed since the version that is named.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: z.strictObject({ version: versionSent, entries: listSent(sent, mostEntries, 'entries') }),
    example: {
      version: 0,
      entries: [
        { id: 'spring', from: '2026-03-20', to: '2026-03-22', kind: 'promotion', title: 'Spring sale' },
        { id: 'serum', from: '2026-03-27', to: '2026-03-27', kind: 'price', title: 'Serum from 24 to 19', productId: 'p-1' },
      ],
    },
  },
  status: 200,
  answer: calendarAnswer,
});

export type CalendarAnswer = z.infer<typeof calendarAnswer>;
export type CalendarEntry = CalendarAnswer['entries'][number];
