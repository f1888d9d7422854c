/** What is asked and changed of sources? How each fares, what is missing, and the vendor's page where a shop is connected. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MissingAnswer, SourceAnswer, SourcesAnswer } from '../../../shared/api/connections.ts';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import { seldomEvery } from '../../data/live.ts';

export type { MissingAnswer, SourceAnswer };

/** A source whose past is being read is looked at so often (ms). */
const soonEvery = 5_000;

export function useSources(creatorId: string) {
  const api = useApi();
  const path = ofCreator(creatorId, '/sources');
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<SourcesAnswer>(path, undefined, signal),
    refetchInterval: ({ state }) =>
      state.data?.sources.some((source) => source.state === 'importing') ? soonEvery : seldomEvery,
  });
}

/** Leaves for the vendor's page of consent; from there the seller comes back. */
export function useConnect(creatorId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (as: 'seller' | 'creator') =>
      api.send<{ url: string }>('POST', `${ofCreator(creatorId, '/connections/tiktok-shop')}?as=${as}`),
    onSuccess: ({ url }) => location.assign(url),
  });
}

/** Completes a consent; only who began it can, once. */
export function useComplete(creatorId: string) {
  const [api, client] = [useApi(), useQueryClient()];
  return useMutation({
    mutationFn: (consent: { vendor: string; back: string }) =>
      api.send<{ shops: { shop: string }[] }>('POST', ofCreator(creatorId, '/connections'), consent),
    onSettled: () => client.invalidateQueries({ queryKey: [ofCreator(creatorId, '/sources')] }),
  });
}
