/** Are creators found by what they sell, all of them once, at a price that does not grow with each look? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportCreators } from '../../shared/reports/creators.ts';
import { makeOrder } from '../make/events.ts';
import { withFault } from '../make/faults.ts';
import { makeShop, type Shop } from '../make/shop.ts';

const now = Date.parse('2026-03-20T16:30:00Z');
const route = 'GET /v1/creators';
let shop: Shop;
/** Sells so many orders, some of them years ago. */
const load = (creator: string, count: number, name = `Shop ${creator}`) =>
  shop.load(
    creator,
    Array.from({ length: count }, (_, i) => makeOrder(`o-${i}`, { creator, paidAt: `201${i % 9}-03-01T12:00:00Z` })),
    { name },
  );
beforeAll(async () => {
  shop = await makeShop();
  const sold = { a: 2, b: 0, c: 11, d: 2, e: 5 };
  for (const [id, count] of Object.entries(sold)) await load(`c-${id}`, count);
});
afterAll(() => shop.close());

const find = (query: Record<string, string> = {}, roles = ['analyst'], as?: string) =>
  shop.ask({ route, query: { sort: 'most-orders', ...query }, roles, ...(as ? { as } : {}) });
type Row = { creatorId: string; orders?: number };
const rowsOf = ({ json }: Awaited<ReturnType<typeof find>>) =>
  json.creators.map(({ creatorId, orders }: Row) => [creatorId, orders]);
const ranked = [['c-c', 11], ['c-e', 5], ['c-a', 2], ['c-d', 2], ['c-b', 0]]; // biome-ignore format: one line a law

describe('sorted by orders', () => {
  it('who sold most comes first, however long ago; equals by id', async () => {
    const answer = await find();
    expect(rowsOf(answer)).toEqual(ranked);
    expect(answer.json.sort).toBe('most-orders');
  });

  it('everyone comes once over pages of any size', async () => {
    for (const limit of ['1', '2', '4']) {
      const found: unknown[] = [];
      for (let cursor: string | undefined; ; ) {
        const answer = await find({ limit, ...(cursor ? { cursor } : {}) });
        found.push(...rowsOf(answer));
        cursor = answer.json.cursor ?? undefined;
        if (!cursor) break;
      }
      expect(found).toEqual(ranked);
    }
  });

  it('a search leaves its own, in the same order', async () => {
    expect(rowsOf(await find({ search: 'c-e' }))).toEqual([['c-e', 5]]);
    expect(rowsOf(await find({ search: 'shop c', limit: '2' }))).toEqual(ranked.slice(0, 2));
  });

  it('a creator finds itself alone, with its own orders', async () => {
    expect(rowsOf(await find({}, ['creator'], 'c-a'))).toEqual([['c-a', 2]]);
  });

  it('a cursor of the other order is refused', async () => {
    const { cursor } = (await shop.ask({ route, query: { limit: '1' }, roles: ['analyst'] })).json;
    expect((await find({ cursor })).status).toBe(400);
  });

  it('an order that there is not is refused', async () =>
    expect((await find({ sort: 'name' })).json).toMatchObject({ status: 400, issues: [{ path: 'sort' }] }));

  it('without the word it stays by id, and says nothing of orders', async () => {
    const { json } = await shop.ask({ route, roles: ['analyst'] });
    expect(json.sort).toBe('id');
    expect(json.creators.map(({ creatorId, orders }: Row) => [creatorId, orders])).toEqual(
      ['c-a', 'c-b', 'c-c', 'c-d', 'c-e'].map((id) => [id, undefined]),
    );
  });
});

describe('the price', () => {
  const query = { search: '', limit: 100, sort: 'most-orders' as const };
  it('is two queries for each creator once, of what is pending and of the months; then only for whom something was accepted since', async () => {
    const watched = withFault(shop.table, 0, 'before');
    const ask = async () => {
      watched.sent.length = 0;
      const { creators } = await reportCreators(query, 'all', { table: watched.table, now, key: 'k' });
      return { first: creators[0]?.creatorId, queries: watched.sent.filter((name) => name === 'QueryCommand').length };
    };
    expect(await ask()).toEqual({ first: 'c-c', queries: 1 + 5 * 2 });
    expect(await ask()).toEqual({ first: 'c-c', queries: 1 });
    await load('c-f', 20);
    expect(await ask()).toEqual({ first: 'c-f', queries: 1 + 2 });
  });

  it('has an end: of more creators than are ranked, pages come by id and say so, each creator once', async () => {
    const ask = (cursor?: string) =>
      reportCreators({ ...query, limit: 4, ...(cursor ? { cursor } : {}) }, 'all', { table: shop.table, now, key: 'k', most: 3 });
    const first = await ask();
    expect(first.sort).toBe('id');
    const second = await ask(first.cursor ?? '');
    expect([...first.creators, ...second.creators].map(({ creatorId }) => creatorId)).toEqual(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `c-${id}`),
    );
    const few = await reportCreators({ ...query, search: 'c-c' }, 'all', { table: shop.table, now, key: 'k', most: 3 });
    expect(few).toMatchObject({ sort: 'most-orders', creators: [{ creatorId: 'c-c', orders: 11 }] });
  });
});
