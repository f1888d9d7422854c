/** What stands in the creator's calendar, and how is it changed? */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CalendarAnswer, CalendarEntry } from '../../shared/api/calendar.ts';
import { ofCreator } from './api.ts';
import { useApi } from './api-context.tsx';
import { useChangeList } from './versioned-list.ts';

export type { CalendarEntry };

const pathOf = (creatorId: string): string => ofCreator(creatorId, '/calendar');

/** The entries change seldom, and by people: looked at again when a screen is. */
export function useCalendarEntries(creatorId: string) {
  const api = useApi();
  const path = pathOf(creatorId);
  return useQuery(
    queryOptions({
      queryKey: [path],
      queryFn: ({ signal }) => api.get<CalendarAnswer>(path, undefined, signal),
      staleTime: 60_000,
    }),
  );
}

export const useChangeCalendar = (creatorId: string) =>
  useChangeList<'entries', Omit<CalendarEntry, 'savedAt'>>(pathOf(creatorId), 'entries');
