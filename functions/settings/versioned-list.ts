/** How is a list answered and replaced that people change as a whole? */
import { noSuchCreator } from '../../shared/api/refusals.ts';
import { ApiError } from '../../shared/errors.ts';
import { readProfiles } from '../../shared/store/profiles.ts';
import type { Table } from '../../shared/store/table.ts';
import { datedEntries, type ListPlace, putList, readList, type VersionedList } from '../../shared/store/versioned-list.ts';

/** The list of a creator. Throws not_found for an unknown one. */
export async function findList<Entry>(table: Table, creatorId: string, place: ListPlace): Promise<VersionedList<Entry>> {
  const [profiles, list] = await Promise.all([readProfiles(table, [creatorId]), readList<Entry>(table, creatorId, place)]);
  if (!profiles.has(creatorId)) throw noSuchCreator();
  return list;
}

/** Replaces the list, at `now` (ms). Throws conflict where it is no longer at the version that it was made from; `what` names it. */
export async function replaceList<Entry extends { id: string }>(
  table: Table,
  creatorId: string,
  place: ListPlace & { what: string },
  sent: { version: number; entries: Entry[] },
  now: number,
): Promise<VersionedList<Entry>> {
  const known = await findList<Entry>(table, creatorId, place);
  const next = { version: sent.version + 1, entries: datedEntries(sent.entries, known.entries, now) };
  if (sent.version !== known.version || !(await putList(table, creatorId, place, next)))
    throw new ApiError(
      'conflict',
      `${place.what} no longer at version ${sent.version}: read it again, make the change there and send it with its version.`,
    );
  return next;
}
