/** Which creators does a caller find? All of the directory page by page, or itself alone. */
import type * as z from 'zod';
import type { CreatorsQuery, creatorsAnswer } from '../api/creators.ts';
import { isFound, type Listed, listedOf, readCreators } from '../store/creators.ts';
import { readProfiles } from '../store/profiles.ts';
import type { Table } from '../store/table.ts';
import { zoneAt } from '../time.ts';
import { makeCursor, readCursor } from './cursor.ts';

export type CreatorsAnswer = z.infer<typeof creatorsAnswer>;

/** Who asks: `all` of the directory, or the one creator of the token, if it names one. */
export type Sight = 'all' | { creatorId: string | undefined };

/** The caller's own profile, which is there also where the directory has no item of it yet. */
async function readOwn(table: Table, creatorId: string | undefined, now: number): Promise<Listed[]> {
  if (creatorId === undefined) return [];
  return [...(await readProfiles(table, [creatorId])).values()].map((profile) => listedOf(profile, now));
}

/** Answers GET /v1/creators at an instant (ms); `key` signs the cursors. Throws bad_request for a cursor of another list. */
export async function reportCreators(
  { search, limit, cursor }: CreatorsQuery,
  sight: Sight,
  { table, now, key }: { table: Table; now: number; key: string },
): Promise<CreatorsAnswer> {
  const list = JSON.stringify(['creators', search]);
  const after = cursor === undefined ? '' : readCursor(key, list, cursor);
  const found =
    sight === 'all'
      ? await readCreators(table, search, after, limit + 1)
      : (await readOwn(table, sight.creatorId, now)).filter((one) => isFound(one, search) && one.creatorId > after);
  const creators = found.slice(0, limit).map(({ creatorId, name, currency, zones, country, category }) => ({
    creatorId,
    name,
    currency,
    timeZone: zoneAt(zones, now),
    country,
    category,
  }));
  const last = creators.at(-1);
  return { creators, cursor: found.length > limit && last ? makeCursor(key, list, last.creatorId) : null };
}
