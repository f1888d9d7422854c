/** Which views did a creator keep? */
import { noSuchCreator } from '../../../shared/api/refusals.ts';
import { getSavedViews, putSavedViews } from '../../../shared/api/saved-views.ts';
import { ApiError } from '../../../shared/errors.ts';
import { readProfiles } from '../../../shared/store/profiles.ts';
import { datedViews, putViews, readViews, type SavedViews } from '../../../shared/store/saved-views.ts';
import type { Table } from '../../../shared/store/table.ts';
import { route } from '../../http.ts';
import type { Keeper } from '../keeper.ts';

async function find(table: Table, creatorId: string): Promise<SavedViews> {
  const [profiles, views] = await Promise.all([readProfiles(table, [creatorId]), readViews(table, creatorId)]);
  if (!profiles.has(creatorId)) throw noSuchCreator();
  return views;
}

export const savedViews = route(getSavedViews, async ({ creatorId }, { table }: Keeper) => ({
  json: await find(table, creatorId),
}));

export const newViews = route(putSavedViews, async ({ creatorId, body, now }, { table }: Keeper) => {
  const known = await find(table, creatorId);
  const next = { version: body.version + 1, views: datedViews(body.views, known.views, now) };
  if (body.version !== known.version || !(await putViews(table, creatorId, next)))
    throw new ApiError(
      'conflict',
      `The saved views are no longer at version ${body.version}: read them again, make the change there and send it with their version.`,
    );
  return { json: next };
});
