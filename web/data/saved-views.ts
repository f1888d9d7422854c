/** How are saved views changed? The list as it is now, changed, and written over that version alone. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api.ts';
import { useApi } from './api-context.tsx';
import { ofCreator, type SavedView, type SavedViews } from './queries.ts';

const attempts = 3;

/** Changes the list by a function of it; where another tab was faster, its list is read and changed again. */
export function useSaveViews(creatorId: string) {
  const api = useApi();
  const client = useQueryClient();
  const path = ofCreator(creatorId, '/saved-views');
  return useMutation({
    mutationFn: async (change: (views: SavedView[]) => SavedView[]): Promise<SavedViews> => {
      for (let attempt = 1; ; attempt++) {
        const { version, views } = await api.get<SavedViews>(path);
        try {
          return await api.send<SavedViews>('PUT', path, { version, views: change(views) });
        } catch (reason) {
          if (!(reason instanceof ApiFailure && reason.status === 409 && attempt < attempts)) throw reason;
        }
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}
