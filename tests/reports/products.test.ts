/** Are products found by id, by a part of what they are called, and page by page, by their own creator only? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { openGeneration } from '../../shared/store/generations.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { aProduct } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';
import { hostileTitles } from '../make/titles.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
  await shop.load('c-1', [
    aProduct({ title: 'Rose SERUM' }, { id: 'p-1' }),
    aProduct({ title: 'Crème de nuit', listPrice: 0, category: undefined }, { id: 'p-2' }),
    aProduct({ title: 'Rose cream', listPrice: undefined, status: undefined, currency: undefined }, { id: 'p-10' }),
    ...hostileTitles.map((title, i) => aProduct({ title }, { id: `z/${i}`.replace('/', '#') })),
  ]);
  await shop.load('c-2', [aProduct({ title: 'Not yours' }, { id: 'p-9', creator: 'c-2' })]);
});
afterAll(() => shop.close());

const ask = async (query: Record<string, string>, creator?: string) => (await shop.get('products', query, creator)).json;
const idsOf = ({ products }: { products: { productId: string }[] }) => products.map(({ productId }) => productId);

describe('products', () => {
  it('are answered with what the shop says of each, and null for what it does not', async () => {
    const answer = await ask({ limit: '3' });
    expect(answer).toMatchObject({
      creatorId: 'c-1',
      currency: 'USD',
      lagSeconds: 0,
      definitionVersion: String(dictionary.latest),
    });
    expect(answer.products).toEqual([
      { productId: 'p-1', title: 'Rose SERUM', category: 'beauty', status: 'active', listPrice: 1999, currency: 'USD' },
      { productId: 'p-10', title: 'Rose cream', category: 'beauty', status: null, listPrice: null, currency: null },
      { productId: 'p-2', title: 'Crème de nuit', category: null, status: 'active', listPrice: 0, currency: 'USD' },
    ]);
  });

  it('of some ids come in the order asked, and only those that are known here', async () => {
    const answer = await ask({ ids: 'p-2,p-9, p-1,none,p-2' });
    expect([idsOf(answer), answer.cursor]).toEqual([['p-2', 'p-1'], null]);
  });

  it('keep a hostile title as it was sent', async () => {
    const { products } = await ask({ search: 'z#' });
    expect(products.map(({ title }: { title: string }) => title)).toEqual(hostileTitles);
  });

  it.each([
    ['rose', ['p-1', 'p-10']],
    ['ROSE S', ['p-1']],
    ['P-1', ['p-1', 'p-10']],
    ['CRE\u0300ME', ['p-2']],
    ['<IMG', ['z#0']],
    ['.*', []],
  ])('are found by %s in title or id, in whatever case', async (search, found) => {
    expect(idsOf(await ask({ search, limit: '2' })).filter((id) => id !== 'z#1')).toEqual(found);
  });

  it.each([1, 2, 3, 200])('come once each, page by page of %i, with a search and without', async (limit) => {
    for (const query of [{}, { search: 'P' }] as Record<string, string>[]) {
      const whole = idsOf(await ask({ ...query, limit: '200' }));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await ask({ ...query, limit: String(limit), ...(cursor ? { cursor } : {}) });
        expect(page.products.length).toBeLessThanOrEqual(limit);
        seen.push(...idsOf(page));
        cursor = page.cursor;
      } while (cursor);
      expect(seen).toEqual(whole);
      expect(seen.length).toBeGreaterThan(2);
    }
  });

  it('are none for a creator without any', async () => {
    await shop.load('c-none', []);
    expect(await ask({}, 'c-none')).toMatchObject({ products: [], cursor: null });
  });

  it('belong to no generation: told into a new one, they are named while reports read the one before', async () => {
    await shop.load('c-gen', [aProduct({ title: 'Before' }, { creator: 'c-gen' })]);
    await openGeneration(shop.table, 'c-gen', Date.parse('2026-03-20T16:00:00Z'));
    expect((await ask({}, 'c-gen')).products).toMatchObject([{ title: 'Before' }]);
    const events = [aProduct({ title: 'After' }, { creator: 'c-gen', version: 2 })];
    await applyBatch(shop.table, aStream(events, { generation: 2 }));
    expect((await ask({}, 'c-gen')).products).toMatchObject([{ title: 'After' }]);
  });
});

describe('a question for products is refused', () => {
  const route = 'GET /v1/creators/{creatorId}/products';

  it('for another creator’s, as for those of one that is not there', async () => {
    const other = await shop.ask({ route, creatorId: 'c-2', as: 'c-1' });
    const none = await shop.ask({ route, creatorId: 'c-there-is-none', as: 'c-there-is-none' });
    expect([other.status, none.status]).toEqual([404, 404]);
    expect(other.json).toEqual(none.json);
    expect((await shop.ask({ route, creatorId: 'c-2', roles: ['service'] })).status).toBe(403);
    expect((await shop.ask({ route, creatorId: 'c-2', roles: ['analyst'] })).json.products).toHaveLength(1);
  });

  it.each([
    ['ids', { ids: Array(101).fill('p').join() }, 'at most 100'],
    ['ids', { ids: '' }, ''],
    ['search', { ids: 'p-1', search: 'a' }, 'goes without ids'],
    ['cursor', { ids: 'p-1', cursor: 'a.b' }, 'goes without ids'],
    ['limit', { limit: '201' }, 'from 1 to 200'],
    ['limit', { limit: '0' }, 'from 1 to 200'],
    ['cursor', { cursor: 'cC0x.AAAAAAAAAAAAAAAAAAAAAA' }, 'does not belong'],
    ['title', { title: 'Rose' }, 'unknown; known are ids, search, limit, cursor'],
  ])('%s: %o', async (path, query, message) => {
    const { status, json } = await shop.get('products', query as unknown as Record<string, string>);
    expect(status).toBe(400);
    expect(json.issues).toContainEqual({ path, message: expect.stringContaining(message) });
  });

  it('when its cursor was made for another list or another creator', async () => {
    const { cursor } = await ask({ limit: '1' });
    expect((await shop.get('products', { limit: '2', cursor })).status).toBe(200);
    expect((await shop.get('products', { search: 'p', cursor })).status).toBe(400);
    expect((await shop.get('products', { cursor }, 'c-2')).status).toBe(400);
  });
});
