/** How is a report asked for that a job computes? Again every minute: it does not move with each event. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCreator } from '../components/creator.tsx';
import { ofCreator } from './api.ts';
import { useApi } from './api-context.tsx';

const aMinute = 60_000;

/** `what`: the end of its path, such as `/payouts`; `question`: its parameters. `isLine`: one line among others, asked for when the screen is opened. */
export function useComputed<Answer>(what: `/${string}`, question: Record<string, string | number> = {}, isLine = false) {
  const { creatorId } = useCreator();
  const api = useApi();
  const path = ofCreator(creatorId, what);
  return useQuery({
    queryKey: [path, question],
    queryFn: ({ signal }) => api.get<Answer>(path, question, signal),
    refetchInterval: isLine ? false : aMinute,
    placeholderData: keepPreviousData,
  });
}
