/** Does health say how connected shops fare, all in all, and nothing of any one of them? */
import { afterEach, describe, expect, it } from 'vitest';
import { pollShops } from '../../shared/connections/poll-shops.ts';
import { openShopWorld, type ShopWorld, shopId } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

const anHour = 3_600_000;
/** What the clock does: starts the runs, and notes how the shops fare. */
const turn = () => pollShops(world.connectors, {}, () => 900_000);
const health = async () => (await world.pipeline.health()).connections;

describe('health', () => {
  it('names no vendor before a shop is connected, and one that is well afterwards', async () => {
    world = await openShopWorld({ orders: 20 });
    await turn();
    expect(await health()).toEqual([]);
    await world.connect();
    await world.run();
    expect(await turn()).toEqual({ started: 1, late: 0 });
    expect(await health()).toMatchObject([
      { name: 'tiktok-shop', state: 'ok', shops: 1, failing: 0, reconnect: 0, lastError: null },
    ]);
  });

  it('tells of a shop that fails, at first as failing, after two hours as degraded; no id, no name, no secret', async () => {
    let isBroken = false;
    world = await openShopWorld({ orders: 20, attempts: 2, fault: () => (isBroken ? 'broken' : undefined) });
    await world.connect();
    await world.run();
    isBroken = true;
    world.pass(anHour);
    await world.run();
    await turn();
    expect(await health()).toMatchObject([{ state: 'ok', failing: 1, lastError: expect.stringContaining('asked again') }]);
    world.pass(1.5 * anHour);
    expect(await turn()).toMatchObject({ late: 1 });
    const [told] = await health();
    expect(told).toMatchObject({ state: 'degraded', lagSeconds: expect.any(Number), degradedAfterSeconds: 7200 });
    expect(told.lagSeconds).toBeGreaterThan(7200);
    const text = JSON.stringify(await world.pipeline.health());
    for (const each of [shopId, 'Stand-in shop', 'c-1', 'access-', 'refresh-', 'the-cipher']) expect(text).not.toContain(each);
  });

  it('counts a seller who has to give consent anew as such, and not as late', async () => {
    world = await openShopWorld({ orders: 20 });
    await world.connect();
    for (const [name, text] of world.secrets)
      world.secrets.set(name, text.replaceAll('access-', 'old-access-').replaceAll('refresh-', 'old-refresh-'));
    await world.run();
    world.pass(24 * anHour);
    await turn();
    expect(await health()).toMatchObject([{ state: 'ok', shops: 1, reconnect: 1, failing: 0 }]);
  });
});
