/** Which views did a creator keep? */
import { getSavedViews, putSavedViews, type SavedView } from '../../../shared/api/saved-views.ts';
import { savedViewsPlace, type VersionedList } from '../../../shared/store/versioned-list.ts';
import { route } from '../../http.ts';
import type { SettingsContext } from '../context.ts';
import { findList, replaceList } from '../versioned-list.ts';

type View = Omit<SavedView, 'savedAt'>;

const place = { ...savedViewsPlace, what: 'The list of saved views is' };
const answerOf = ({ version, entries }: VersionedList<View>) => ({ json: { version, views: entries } });

export const savedViews = route(getSavedViews, async ({ creatorId }, { table }: SettingsContext) =>
  answerOf(await findList<View>(table, creatorId, place)),
);

export const newViews = route(putSavedViews, async ({ creatorId, body, now }, { table }: SettingsContext) =>
  answerOf(await replaceList<View>(table, creatorId, place, { version: body.version, entries: body.views }, now)),
);
