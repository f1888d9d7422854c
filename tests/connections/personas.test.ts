/** Can both connect: a seller with shops, and a creator who sells for the shops of others? */
import { afterEach, describe, expect, it } from 'vitest';
import { commissionOf } from '../../local/vendors/tiktok-shop/figures.ts';
import { signWebhook } from '../../shared/sources/tiktok-shop/sign.ts';
import { readEntities } from '../../shared/store/entities.ts';
import { partitionOf } from '../../shared/store/table.ts';
import { app, openShopWorld, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

const creatorId = 'stand-in-creator';
const begin = (as?: string) =>
  world.askConnect({
    route: 'POST /v1/creators/{creatorId}/connections/tiktok-shop',
    creatorId: 'c-1',
    as: 'c-1',
    ...(as ? { query: { as } } : {}),
  });
const sources = async () => {
  const { json } = await world.askConnect({ route: 'GET /v1/creators/{creatorId}/sources', creatorId: 'c-1', as: 'c-1' });
  return json.sources.filter(({ name }: { name: string }) => name === 'tiktok-shop');
};

describe('a creator who sells for others', () => {
  it('is sent to a page of consent of its own', async () => {
    world = await openShopWorld({ orders: 5 });
    expect((await begin('creator')).json.url).toMatch(
      /^https:\/\/shop\.tiktok\.com\/alliance\/creator\/auth\?app_key=29a39d&state=/,
    );
    expect((await begin()).json.url).toContain('service_id=s-1');
    expect((await begin('partner')).status).toBe(400);
  });

  it('connects, and its commissions come in, again and again; a withdrawn consent ends it', async () => {
    world = await openShopWorld({ orders: 60 });
    const { text } = await world.connect('c-1', 'creator');
    expect(text).toContain('Connected: stand_in_creator.');
    expect(await sources()).toMatchObject([{ state: 'importing', shop: 'stand_in_creator', progress: 0 }]);
    expect(await world.run(undefined, creatorId)).toMatchObject({ outcome: 'done', notes: { unknown: [], refused: [] } });
    await world.count();
    expect(await sources()).toMatchObject([{ state: 'connected', progress: 1, lastError: null }]);
    const sold = world.plan.orders.filter(({ isSample, paidAt }) => !isSample && paidAt !== undefined);
    const roots = sold.map(({ id }) => `order/${id}`);
    const stored = await readEntities(world.pipeline.table, partitionOf('c-1', 1), roots);
    expect([...stored.keys()].sort()).toEqual(roots.sort());
    expect(sold.reduce((sum, order) => sum + commissionOf(order), 0)).toBeGreaterThan(0);

    const body = JSON.stringify({ type: 20, tts_notification_id: '9', creator_open_id: creatorId, timestamp: 1, data: {} });
    await world.post(body, signWebhook(body, app.appKey, app.appSecret));
    expect(await world.workOff()).toEqual(['deauthorised']);
    expect(await sources()).toMatchObject([{ state: 'reconnect' }]);
  });

  it('and the seller of a shop can be the same person: both are read', async () => {
    world = await openShopWorld({ orders: 30 });
    await world.connect('c-1');
    await world.connect('c-1', 'creator');
    await world.run();
    await world.run(undefined, creatorId);
    expect(await sources()).toHaveLength(2);
    expect(await world.kpis()).toEqual(world.truth());
  });
});
