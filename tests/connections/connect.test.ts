/** Is a shop connected only by who began, for whose numbers it is, and are secrets nowhere but where they belong? */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { makeState, readState, stateLastsMs } from '../../shared/connections/consent-state.ts';
import { openShopWorld, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world?.pipeline.close());

const callback = (query: Record<string, string>) =>
  world.askConnect({ route: 'GET /v1/connect/tiktok-shop/callback', roles: null, query });
const connections = async (creatorId = 'c-1', as = creatorId, roles = ['creator']) =>
  world.askConnect({ route: 'GET /v1/creators/{creatorId}/connections', creatorId, as, roles });

describe('a state', () => {
  const now = 1_000_000;
  const state = makeState('c-1', 'key', now);
  it('names the creator for half an hour', () => {
    expect(readState(state, 'key', now + stateLastsMs - 1)).toBe('c-1');
    expect(readState(state, 'key', now + stateLastsMs)).toBeUndefined();
  });
  it.each([
    ['of another key', makeState('c-1', 'other', now)],
    ['whose creator was exchanged', `${makeState('c-2', 'other', now).split('.')[0]}.${state.split('.')[1]}`],
    ['without a signature', state.split('.')[0] ?? ''],
    ['that is empty', ''],
  ])('%s is none', (_, given) => expect(readState(given, 'key', now)).toBeUndefined());
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
