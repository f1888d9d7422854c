/** What does the creator want to reach, and how is that changed? */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Goal, GoalsAnswer } from '../../shared/api/goals.ts';
import { ofCreator } from './api.ts';
import { useApi } from './api-context.tsx';
import { useChangeList } from './versioned-list.ts';

export type { Goal };

const pathOf = (creatorId: string): string => ofCreator(creatorId, '/goals');

/** Goals change seldom, and by people: looked at again when a screen is. */
export function useGoals(creatorId: string) {
  const api = useApi();
  const path = pathOf(creatorId);
  return useQuery(
    queryOptions({
      queryKey: [path],
      queryFn: ({ signal }) => api.get<GoalsAnswer>(path, undefined, signal),
      staleTime: 60_000,
    }),
  );
}

export const useChangeGoals = (creatorId: string) => useChangeList<'goals', Omit<Goal, 'savedAt'>>(pathOf(creatorId), 'goals');
