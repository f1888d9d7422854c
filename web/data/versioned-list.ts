/** How is a list changed that is kept as a whole? As it is now, changed, and written over that version alone. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api.ts';
import { useApi } from './api-context.tsx';

const attempts = 3;

/** Changes the list `name` of the answer at a path by a function of it; where another tab was faster, its list is read and changed again. */
export function useChangeList<Name extends string, Entry>(path: string, name: Name) {
  type Kept = { version: number } & Record<Name, Entry[]>;
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: (entries: Entry[]) => Entry[]): Promise<Kept> => {
      for (let attempt = 1; ; attempt++) {
        const kept = await api.get<Kept>(path);
        try {
          return await api.send<Kept>('PUT', path, { version: kept.version, [name]: change(kept[name]) });
        } catch (reason) {
          if (!(reason instanceof ApiFailure && reason.status === 409 && attempt < attempts)) throw reason;
        }
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}
