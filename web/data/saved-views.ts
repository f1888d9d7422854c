/** How are saved views changed? */
import type { SavedView } from '../../shared/api/saved-views.ts';
import { ofCreator } from './api.ts';
import { useChangeList } from './versioned-list.ts';

export const useSaveViews = (creatorId: string) =>
  useChangeList<'views', SavedView>(ofCreator(creatorId, '/saved-views'), 'views');
