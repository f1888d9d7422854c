/** Which creators does a caller find? All of the directory page by page, or itself alone. */
import type * as z from 'zod';
import type { CreatorsQuery, creatorsAnswer } from '../api/creators.ts';
import { firstSign } from '../kpis/kpi-dashboards.ts';
import { isFound, type Listed, listedOf, readCreators } from '../store/creators.ts';
import { readProfiles } from '../store/profiles.ts';
import { readSold } from '../store/sold.ts';
import type { Table } from '../store/table.ts';
import { zoneAt } from '../time.ts';
import { makeCursor, pageOf, readCursor } from './cursor.ts';
import { measuresOf, resolve } from './formula.ts';

export type CreatorsAnswer = z.infer<typeof creatorsAnswer>;

/** Who asks: `all` of the directory, or the one creator of the token, if it names one. */
export type Sight = 'all' | { creatorId: string | undefined };

interface Ranked extends Listed {
  /** Orders, all in all; absent where they were not looked at. */
  orders?: number;
}

/** So many are put in order of what they sell; of more only those that a search leaves. */
export const mostRanked = 2000;

const orders = measuresOf(resolve(firstSign).formula)[0] ?? { topic: '', measure: '' };

/** The caller's own profile, which is there also where the directory has no item of it yet. */
async function readOwn(table: Table, creatorId: string | undefined, now: number): Promise<Listed[]> {
  if (creatorId === undefined) return [];
  return [...(await readProfiles(table, [creatorId])).values()].map((profile) => listedOf(profile, now));
}

/** Those who sold most first; of equal ones by id. */
const byOrders = (a: Ranked, b: Ranked): number =>
  (b.orders ?? 0) - (a.orders ?? 0) || (a.creatorId < b.creatorId ? -1 : Number(a.creatorId > b.creatorId));

/** Answers GET /v1/creators at an instant (ms); `key` signs the cursors. Throws bad_request for a cursor of another list. */
export async function reportCreators(
  { search, limit, cursor, sort }: CreatorsQuery,
  sight: Sight,
  { table, now, key, most = mostRanked }: { table: Table; now: number; key: string; most?: number },
): Promise<CreatorsAnswer> {
  const list = JSON.stringify(['creators', search, ...(sort === 'most-orders' ? [sort] : [])]);
  const after = cursor === undefined ? '' : readCursor(key, list, cursor);
  const find = async (from: string, upTo: number): Promise<Listed[]> =>
    sight === 'all'
      ? readCreators(table, search, from, upTo)
      : (await readOwn(table, sight.creatorId, now)).filter((one) => isFound(one, search) && one.creatorId > from);
  // A place is the id of the last one, and where orders decide its orders before it.
  const isRanked = sort === 'most-orders' && (after === '' || after.startsWith('['));
  const all = isRanked ? await find('', most + 1) : [];
  const canRank = isRanked && all.length <= most;
  const found: Ranked[] = canRank ? await rank(table, all, after) : await find(isRanked ? idOf(after) : after, limit + 1);
  const { page, cursor: next } = pageOf(found, limit, ({ creatorId, orders: sold }) =>
    makeCursor(key, list, canRank ? JSON.stringify([sold, creatorId]) : creatorId),
  );
  return { creators: page.map((one) => described(one, now)), sort: canRank ? 'most-orders' : 'id', cursor: next };
}

/** In order of what they sold, those behind a place. */
async function rank(table: Table, all: Listed[], after: string): Promise<Ranked[]> {
  const ids = all.map(({ creatorId }) => creatorId);
  const sold = await readSold(table, ids, orders);
  const ranked: Ranked[] = all.map((one) => ({ ...one, orders: sold.get(one.creatorId) ?? 0 })).sort(byOrders);
  if (after === '') return ranked;
  const [last, creatorId] = JSON.parse(after) as [number, string];
  return ranked.filter((one) => byOrders(one, { ...one, orders: last, creatorId }) > 0);
}

/** The id of a place among ranked ones. */
const idOf = (place: string): string => (place === '' ? '' : (JSON.parse(place) as [number, string])[1]);

const described = ({ creatorId, name, currency, zones, country, category, orders: sold }: Ranked, now: number) => ({
  creatorId,
  name,
  currency,
  timeZone: zoneAt(zones, now),
  country,
  category,
  ...(sold === undefined ? {} : { orders: sold }),
});
