/** What does an operator ask and change of quarantine? */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HeldRecordAnswer, QuarantineAnswer, ReplayAnswer } from '../../shared/api/quarantine.ts';
import { useApi } from '../data/api-context.tsx';

const path = '/quarantine';

export function useQuarantine(reason: string) {
  const api = useApi();
  const query = reason ? { reason } : {};
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => api.get<QuarantineAnswer>(path, query, signal),
  });
}

export function useHeldRecord(id: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: [path, 'record', id],
    queryFn: ({ signal }) => api.get<HeldRecordAnswer>(`${path}/${id}`, undefined, signal),
    enabled: id !== undefined,
  });
}

/** Replays or discards records; the list is asked for anew. */
export function useRepair(what: 'replay' | 'discard') {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) =>
      api.send<Partial<ReplayAnswer> & { discarded?: number; left: ReplayAnswer['left'] }>('POST', `${path}/${what}`, { ids }),
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}
