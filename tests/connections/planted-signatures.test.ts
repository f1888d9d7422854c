/** Would the tests of the door see it if signatures were not compared? With a comparison that always holds, what is forged is taken. */
import { afterEach, expect, it, vi } from 'vitest';
import { bodyOf, signed } from './carriers.ts';
import { openShopWorld, type Service, type ShopWorld } from './world.ts';

vi.mock('../../shared/sources/digest.ts', () => ({ isSameDigest: () => true }));

let world: ShopWorld;
afterEach(() => world.pipeline.close());

it.each<Service>(['easypost', 'aftership', 'shippo'])('a forged webhook of %s is taken', async (service) => {
  world = await openShopWorld({ orders: 0, day: 10 });
  const body = bodyOf(service, 'usps', '940010000000000000000000', [
    { status: { easypost: 'in_transit', aftership: 'InTransit', shippo: 'TRANSIT' }[service], at: '2026-03-02T16:30:00Z' },
  ]);
  expect((await world.postTo(service, body, signed(service, body, world.state.now, 'a guess'))).status).toBe(200);
  expect(world.queue).toHaveLength(1);
});
