/** Is a shop connected only by who began, for whose numbers it is, and are secrets nowhere but where they belong? */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { makeState, readState, stateLastsMs } from '../../shared/connections/consent-state.ts';
import { openShopWorld, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world?.pipeline.close());

const callback = (query: Record<string, string>, person: Parameters<ShopWorld['comeBack']>[2] = {}) =>
  world.comeBack('tiktok-shop', query, person);
/** What a seller carries back: the state of a consent that this person began. */
const begin = async (creatorId = 'c-1', sub = 'u-1') => {
  const route = 'POST /v1/creators/{creatorId}/connections/tiktok-shop';
  const { json } = await world.askConnect({ route, creatorId, as: creatorId, sub });
  return { code: world.standIn.authorise(), state: new URL(json.url).searchParams.get('state') ?? '' };
};
const connections = async (creatorId = 'c-1', as = creatorId, roles = ['creator']) =>
  world.askConnect({ route: 'GET /v1/creators/{creatorId}/connections', creatorId, as, roles });

describe('a state', () => {
  const now = 1_000_000;
  const person = { creatorId: 'c-1', subject: 'ana@example.com' };
  const state = makeState(person, 'key', now);
  it('names the creator for half an hour, and its person in a hash', () => {
    expect(readState(state, 'key', now + stateLastsMs - 1)).toMatchObject({ creatorId: 'c-1' });
    expect(readState(state, 'key', now + stateLastsMs)).toBeUndefined();
    expect(Buffer.from(state.split('.')[0] ?? '', 'base64url').toString()).not.toContain('ana');
  });
  it.each([
    ['of another key', makeState(person, 'other', now)],
    [
      'whose creator was exchanged',
      `${makeState({ ...person, creatorId: 'c-2' }, 'other', now).split('.')[0]}.${state.split('.')[1]}`,
    ],
    ['without a signature', state.split('.')[0] ?? ''],
    ['that is empty', ''],
  ])('%s is none', (_, given) => expect(readState(given, 'key', now)).toBeUndefined());
});

describe('a consent', () => {
  it('is not completed by coming back alone: the page leads on to the dashboard', async () => {
    world = await openShopWorld();
    const query = await begin();
    const page = await world.askConnect({ route: 'GET /v1/connect/tiktok-shop/callback', roles: null, query });
    expect(page.status).toBe(200);
    expect(page.text).toContain('url=/c/c-1/sources?consent=tiktok-shop&#38;back=');
    expect((await connections()).json).toEqual({ connections: [] });
    expect(world.started).toEqual([]);
  });

  it.each<[string, Parameters<ShopWorld['comeBack']>[2]]>([
    ['another person who may act for the same creator', { sub: 'u-2' }],
    ['another person, for a creator of their own', { sub: 'u-2', creatorId: 'c-2', as: 'c-2' }],
    ['the person who began, for another creator', { sub: 'u-1', creatorId: 'c-2', as: 'c-2' }],
  ])('is refused to %s, and stays good for who began', async (_, person) => {
    world = await openShopWorld();
    const query = await begin();
    const refused = await callback(query, person);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Another person began this');
    for (const id of ['c-1', 'c-2']) expect((await connections(id)).json).toEqual({ connections: [] });
    expect((await callback(query)).text).toContain('Connected: Stand-in shop.');
  });

  it('is not completed by an analyst, nor for a creator whom the person may not act for', async () => {
    world = await openShopWorld();
    const { code, state } = await begin();
    const body = { vendor: 'tiktok-shop', back: String(new URLSearchParams({ code, state })) };
    const asked = { route: 'POST /v1/creators/{creatorId}/connections', creatorId: 'c-1', body };
    expect((await world.askConnect({ ...asked, roles: ['analyst'] })).status).toBe(403);
    expect((await world.askConnect({ ...asked, as: 'c-2' })).status).toBe(404);
    expect((await connections()).json).toEqual({ connections: [] });
  });

  it('is good once: a second time it is refused in words, also at the same moment, and after half an hour too', async () => {
    world = await openShopWorld();
    const query = await begin();
    const both = await Promise.all([callback(query), callback({ ...query, code: world.standIn.authorise() })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const again = await callback(query);
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('was completed before')]);
    const late = await begin();
    world.pass(stateLastsMs);
    expect((await callback(late)).text).toContain('more than half an hour ago');
  });

  it('that was begun by an admin for a creator is completed by that admin', async () => {
    world = await openShopWorld();
    const route = 'POST /v1/creators/{creatorId}/connections/tiktok-shop';
    const admin = { creatorId: 'c-1', sub: 'boss', roles: ['admin'] };
    const { json } = await world.askConnect({ route, ...admin });
    const state = new URL(json.url).searchParams.get('state') ?? '';
    const body = { vendor: 'tiktok-shop', back: String(new URLSearchParams({ code: world.standIn.authorise(), state })) };
    const done = await world.askConnect({ route: 'POST /v1/creators/{creatorId}/connections', ...admin, body });
    expect([done.status, done.json.shops]).toMatchObject([200, [{ shop: 'Stand-in shop' }]]);
  });
});

describe('a shop', () => {
  it('is connected by coming back with the code; its reading is started', async () => {
    world = await openShopWorld();
    const { status, text } = await world.connect();
    expect(status).toBe(200);
    expect(text).toContain('Connected: Stand-in shop.');
    expect(world.started).toMatchObject([{ vendor: 'tiktok-shop' }]);
    expect((await connections()).json.connections).toMatchObject([
      { vendor: 'tiktok-shop', shop: 'Stand-in shop', state: 'connected' },
    ]);
  });

  it('is not connected by a link that did not begin here, by a code that is not good, or without consent', async () => {
    world = await openShopWorld();
    const begun = await world.askConnect({
      route: 'POST /v1/creators/{creatorId}/connections/tiktok-shop',
      creatorId: 'c-1',
      as: 'c-1',
    });
    const state = new URL(begun.json.url).searchParams.get('state') ?? '';
    expect((await callback({ code: world.standIn.authorise(), state: 'made.up' })).text).toContain('did not begin here');
    expect((await callback({ code: 'null', error: 'auth_denied', state })).text).toContain('did not give consent');
    const bad = await callback({ code: 'made-up', state, locale: 'en' });
    expect(bad.text).toContain('It could not be connected');
    expect(bad.text).not.toContain('made-up');
    expect((await connections()).json).toEqual({ connections: [] });
  });

  it('of one creator is not connected to another', async () => {
    world = await openShopWorld();
    await world.connect('c-1');
    expect((await world.connect('c-2')).text).toContain('is connected to another creator');
    expect((await connections('c-2')).json).toEqual({ connections: [] });
  });

  it('is neither seen nor connected by another creator, nor connected by an analyst', async () => {
    world = await openShopWorld();
    await world.connect();
    expect((await connections('c-1', 'c-2')).status).toBe(404);
    const begin = { route: 'POST /v1/creators/{creatorId}/connections/tiktok-shop', creatorId: 'c-1' };
    expect((await world.askConnect({ ...begin, as: 'c-2' })).status).toBe(404);
    expect((await world.askConnect({ ...begin, roles: ['analyst'] })).status).toBe(403);
    expect((await connections('c-1', 'c-1', ['analyst'])).status).toBe(200);
  });

  it('leaves no token, secret or code in the table or in an answer', async () => {
    world = await openShopWorld();
    await world.connect();
    await world.run();
    const { Items } = await world.pipeline.table.send(new ScanCommand({ TableName: 'kpi' }));
    const told = JSON.stringify(Items) + (await connections()).text;
    for (const secret of ['access-1', 'refresh-1', 'the-app-secret', 'code-1']) expect(told).not.toContain(secret);
    expect((await connections()).text).not.toContain('the-cipher');
    expect([...world.secrets.values()].join()).toContain('refresh-1');
  });
});
