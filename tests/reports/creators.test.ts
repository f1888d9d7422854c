/** Does each caller find the creators it may look at, all of them once, and nobody else's? */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeShop, type Shop } from '../make/shop.ts';

const route = 'GET /v1/creators';
const ids = Array.from({ length: 7 }, (_, i) => `c-${i + 1}`);
let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
  for (const id of ids) await shop.load(id, [], { name: id === 'c-3' ? '<img src=x>' : `Shop ${id}` });
  await shop.load('rosa', [], {
    name: 'shopping\u202Emoor\u202C 🌹',
    country: 'BR',
    category: 'beauty',
    timeZone: 'America/Sao_Paulo',
  });
});
afterAll(() => shop.close());

const find = (query: Record<string, string> = {}, roles = ['admin'], as?: string) =>
  shop.ask({ route, query, roles, ...(as ? { as } : {}) });
const idsOf = ({ json }: Awaited<ReturnType<typeof find>>) =>
  json.creators.map(({ creatorId }: { creatorId: string }) => creatorId);

describe('analysts and admins', () => {
  it.each(['analyst', 'admin'])('find everyone as %s, by id', async (role) => {
    const answer = await find({}, [role]);
    expect(idsOf(answer)).toEqual([...ids, 'rosa']);
    expect(answer.json.cursor).toBeNull();
    expect(answer.json.creators.at(-1)).toEqual({
      creatorId: 'rosa',
      name: 'shopping\u202Emoor\u202C 🌹',
      currency: 'USD',
      timeZone: 'America/Sao_Paulo',
      country: 'BR',
      category: 'beauty',
    });
  });

  it('find everyone once, page by page, whatever the size of a page', async () => {
    for (const limit of ['1', '3', '8']) {
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const answer = await find({ limit, ...(cursor ? { cursor } : {}) });
        found.push(...idsOf(answer));
        cursor = answer.json.cursor ?? undefined;
        if (!cursor) break;
      }
      expect(found).toEqual([...ids, 'rosa']);
    }
  });

  it('find by the beginning of name or id, over pages too', async () => {
    expect(idsOf(await find({ search: 'ROS' }))).toEqual(['rosa']);
    expect(idsOf(await find({ search: '<img' }))).toEqual(['c-3']);
    expect(idsOf(await find({ search: 'osa' }))).toEqual([]);
    const first = await find({ search: 'shop', limit: '6' });
    expect(idsOf(first)).toEqual(['c-1', 'c-2', 'c-4', 'c-5', 'c-6', 'c-7']);
    expect(idsOf(await find({ search: 'shop', limit: '6', cursor: first.json.cursor }))).toEqual(['rosa']);
  });
});

describe('a creator', () => {
  it('finds itself alone, whatever it searches for', async () => {
    expect(idsOf(await find({}, ['creator'], 'c-2'))).toEqual(['c-2']);
    expect(idsOf(await find({ search: 'c-3' }, ['creator'], 'c-2'))).toEqual([]);
    expect(idsOf(await find({ search: 'SHOP' }, ['creator'], 'c-2'))).toEqual(['c-2']);
    expect(idsOf(await find({}, ['creator', 'service'], 'c-2'))).toEqual(['c-2']);
  });

  it('finds itself where the directory is younger than it is', async () => {
    await shop.load('c-old', []);
    await shop.table.send(
      new DeleteItemCommand({ TableName: shop.table.name, Key: { pk: { S: 'P#creators' }, sk: { S: 'c-old' } } }),
    );
    expect(idsOf(await find({ search: 'c-old' }))).toEqual([]);
    expect(idsOf(await find({}, ['creator'], 'c-old'))).toEqual(['c-old']);
  });

  it('finds nobody before its profile, or with a token that names none', async () => {
    expect(idsOf(await find({}, ['creator'], 'c-nobody'))).toEqual([]);
    expect(idsOf(await find({}, ['creator']))).toEqual([]);
  });
});

describe('a request', () => {
  it.each([
    ['a limit of none', { limit: '0' }, 'limit'],
    ['a limit above 200', { limit: '201' }, 'limit'],
    ['an endless search', { search: 'x'.repeat(201) }, 'search'],
    ['a cursor of its own making', { cursor: 'Yy0x.AAAA' }, 'cursor'],
    ['an unknown parameter', { name: 'x' }, 'name'],
  ])('with %s is refused', async (_, query, path) => {
    expect((await find(query)).json).toMatchObject({ status: 400, issues: [{ path }] });
  });

  it('with the cursor of another search is refused', async () => {
    const { cursor } = (await find({ limit: '1' })).json;
    expect((await find({ search: 'c-', cursor })).status).toBe(400);
  });

  it('of a machine is refused', async () => expect((await find({}, ['service'])).status).toBe(403));
});
