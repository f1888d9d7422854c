/** Are notifications that wait together read together, without one that fails taking its neighbours along? */
import { afterEach, expect, it } from 'vitest';
import type { Fault } from '../../local/vendors/tiktok-shop/faults.ts';
import { applyWebhooks } from '../../shared/connections/apply-webhooks.ts';
import type { Waiting } from '../../shared/connections/waiting.ts';
import { openShopWorld, type ShopWorld, shopId } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

/** Of an order, or of a return or a package by the vendor's type. */
const named = (id: string, orderId: string): Waiting => ({
  vendor: 'tiktok-shop',
  id,
  notification: { type: 1, shopId, data: { order_id: orderId } },
});
const around = { millisecondsLeft: () => 120_000, failed: () => {} };

async function open(fault?: (n: number, path: string) => Fault | undefined) {
  const state = { isFaulty: false };
  world = await openShopWorld({ day: 12, attempts: 1, fault: (n, path) => (state.isFaulty ? fault?.(n, path) : undefined) });
  await world.connect();
  state.isFaulty = true;
  return world.plan.orders.filter(({ createdAt }) => createdAt * 1000 < world.state.now).map(({ id }) => id);
}
const asked = () => world.standIn.requests.get('/order/202507/orders') ?? 0;

it('fifty orders of a shop, some named twice, are one call of order detail', async () => {
  const orders = await open();
  const before = asked();
  const messages = orders
    .slice(0, 40)
    .flatMap((order, i) => [named(`a-${i}`, order), ...(i < 10 ? [named(`b-${i}`, order)] : [])]);
  expect(new Set(await applyWebhooks(world.connectors, messages, around))).toEqual(new Set(['read']));
  expect(asked() - before).toBe(1);
});

it('where the call for all fails, each is read alone, and only the one that fails comes again', async () => {
  let calls = 0;
  const orders = await open((_, path) => (path.endsWith('/orders') && [1, 3].includes(++calls) ? 'broken' : undefined));
  const messages = orders.slice(0, 3).map((order, i) => named(`a-${i}`, order));
  expect(await applyWebhooks(world.connectors, messages, around)).toEqual(['read', 'failed', 'read']);
  // What failed is not noted as seen: it is read when it comes again, its neighbours are not.
  expect(await applyWebhooks(world.connectors, messages, around)).toEqual(['repeated', 'read', 'repeated']);
});

it('what there is no time for goes back, and is not noted as seen', async () => {
  const orders = await open();
  const messages = orders.slice(0, 2).map((order, i) => named(`a-${i}`, order));
  expect(await applyWebhooks(world.connectors, messages, { ...around, millisecondsLeft: () => 1000 })).toEqual([
    'no time',
    'no time',
  ]);
  expect(await applyWebhooks(world.connectors, messages, around)).toEqual(['read', 'read']);
});

it('messages that an older version left on the queue have no id and are worked off', async () => {
  const [order = ''] = await open();
  const { id: _, ...before } = named('', order);
  expect(await applyWebhooks(world.connectors, [before as Waiting, before as Waiting], around)).toEqual(['read', 'read']);
});
