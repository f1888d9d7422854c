/** Does reading a connected shop come to the shop's own numbers in the reports: over webhooks that fail, storms, tokens that run out, kills? */
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../local/vendors/tiktok-shop/faults.ts';
import { Killed, openShopWorld, type ShopWorld } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

/** The connected shop alone. */
const sources = async () => {
  const { json } = await world.askConnect({ route: 'GET /v1/creators/{creatorId}/sources', creatorId: 'c-1', as: 'c-1' });
  return json.sources.filter(({ name }: { name: string }) => name === 'tiktok-shop');
};
const during = (fault: Fault, first: number, last: number) => (n: number) => (n >= first && n <= last ? fault : undefined);
const anHour = 3_600_000;

describe('a first reading', () => {
  it('comes to the truth of the shop in one run', async () => {
    world = await openShopWorld();
    await world.connect();
    expect(await sources()).toMatchObject([{ state: 'importing', progress: 0 }]);
    expect(await world.run()).toMatchObject({ outcome: 'done', notes: { unknown: [], refused: [] } });
    expect(await world.kpis()).toEqual(world.truth());
    expect(await sources()).toMatchObject([{ state: 'connected', progress: 1, lastError: null, remedy: null }]);
  });

  it('goes on in the next run where the time of one is over, and says how far it is', async () => {
    world = await openShopWorld();
    await world.connect();
    let runs = 0;
    let known = 0;
    for (let outcome: unknown = 'more'; outcome === 'more'; runs++) {
      const begun = world.state.now;
      // Time for a few pages only.
      ({ outcome } = await world.run(() => 152_000 - (world.state.now - begun)));
      const [{ progress }] = await sources();
      expect(progress).toBeGreaterThanOrEqual(known);
      known = progress;
    }
    expect(runs).toBeGreaterThan(3);
    expect(await world.kpis()).toEqual(world.truth());
  });

  it('is complete and counts nothing twice when killed three times at any call', async () => {
    for (const calls of [
      [40, 150, 250],
      [7, 111, 61],
      [200, 201, 102],
    ]) {
      await world?.pipeline.close();
      world = await openShopWorld();
      await world.connect();
      for (const call of calls) {
        world.state.killAt = world.state.calls + call;
        await expect(world.run()).rejects.toThrow(Killed);
        world.revive();
        // A killed run gives its turn back by the time alone.
        expect(await world.run()).toEqual({ outcome: 'another run reads it' });
        world.pass(900_001);
      }
      expect(await world.run()).toMatchObject({ outcome: 'done' });
      expect(await world.kpis()).toEqual(world.truth());
    }
  });

  it('outlives tokens that run out in the middle', async () => {
    world = await openShopWorld({ fault: (n) => (n % 60 === 0 ? 'expired' : undefined) });
    await world.connect();
    expect(await world.run()).toMatchObject({ outcome: 'done' });
    expect(await world.kpis()).toEqual(world.truth());
    expect(world.secrets.size).toBeGreaterThan(1);
  });

  it.each([
    ['429', 'too_many'],
    ['500', 'broken'],
  ] as const)('ends in pauses under a storm of %s, and is complete behind it', async (_, fault) => {
    world = await openShopWorld({ attempts: 3, fault: during(fault, 30, 40) });
    await world.connect();
    expect(await world.run()).toMatchObject({ outcome: 'later', level: 'warn' });
    expect(await sources()).toMatchObject([{ state: 'failing', lastError: expect.stringContaining('asked again') }]);
    expect(await world.run()).toEqual({ outcome: 'too early' });
    const pauses: number[] = [];
    for (let tries = 0; tries < 10; tries++) {
      const before = world.state.now;
      let answer = await world.run();
      while (answer.outcome === 'too early') {
        world.pass(10_000);
        answer = await world.run();
      }
      pauses.push(world.state.now - before);
      if (answer.outcome === 'done') break;
    }
    expect(pauses.length).toBeGreaterThan(1);
    expect(await world.kpis()).toEqual(world.truth());
    expect(await sources()).toMatchObject([{ state: 'connected' }]);
  });

  it('is behind when nothing was read for hours', async () => {
    world = await openShopWorld();
    await world.connect();
    await world.run();
    world.pass(3 * anHour);
    expect(await sources()).toMatchObject([{ state: 'behind', lagSeconds: expect.any(Number) }]);
  });

  it('that a revoked token ends says that the seller has to connect again', async () => {
    world = await openShopWorld();
    await world.connect();
    // The stand-in forgets what it gave: neither token is good.
    for (const [name, text] of world.secrets)
      world.secrets.set(name, text.replaceAll('access-', 'old-access-').replaceAll('refresh-', 'old-refresh-'));
    expect(await world.run()).toMatchObject({ outcome: 'reconnect' });
    const [source] = await sources();
    expect(source).toMatchObject({ state: 'reconnect', remedy: expect.stringContaining('Connect the shop again') });
    expect(source.lastError).not.toContain('old-');
  });
});

describe('a shop of which a third of the webhooks get lost, many come twice, in any order', () => {
  it('comes to the truth after one run of the poller', async () => {
    world = await openShopWorld({ orders: 150, day: 12 });
    await world.connect();
    await world.run();
    for (let round = 0; round < 6; round++) {
      const since = world.state.now / 1000;
      world.pass(16 * anHour);
      const sent = world.webhooks(since, world.state.now / 1000, { lost: 0.3, repeated: 0.4, isShuffled: true });
      for (const { body, authorization } of sent) expect((await world.post(body, authorization)).status).toBe(200);
      expect(new Set(await world.workOff())).toEqual(new Set(['read', 'repeated']));
    }
    expect(await world.kpis()).not.toEqual(world.truth());
    expect(await world.run()).toMatchObject({ outcome: 'done' });
    expect(await world.kpis()).toEqual(world.truth());
  });

  it('tells its requests as operation minutes', async () => {
    world = await openShopWorld({ fault: during('too_many', 10, 12) });
    await world.connect();
    await world.run();
    await world.count();
    const { json } = await world.pipeline.ask({
      route: 'GET /v1/creators/{creatorId}/kpis',
      creatorId: 'c-1',
      as: 'c-1',
      query: { names: 'sourceRequests,sourceFailures', from: '2026-04-01', to: '2026-04-30', grain: 'total' },
    });
    const total = [...world.standIn.requests].reduce(
      (sum, [path, count]) => (/token|authorization/.test(path) ? sum : sum + count),
      0,
    );
    expect(json.series.map((each: { total: number }) => each.total)).toEqual([total, 3]);
  });
});
