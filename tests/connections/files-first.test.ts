/** Does a shop that is connected after its files were imported end in what the shop itself says? */
import { afterEach, expect, it } from 'vitest';
import { snapshot } from '../../shared/sources/files/snapshot.ts';
import { findConnection, putConnection } from '../../shared/store/connections.ts';
import { openShopWorld, type ShopWorld, shopId } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

/** Orders as an export shows them that was made an hour before the shop was connected: it knows no samples, and says the SKU for the product. */
function exported({ plan, state }: ShopWorld) {
  const version = state.now - 3_600_000;
  const placed = plan.orders.filter(({ createdAt }) => createdAt * 1000 < version);
  return placed.map(({ id, createdAt, units, shipping }) => {
    const at = createdAt * 1000;
    const lines = units.map(({ sku }) => ({ productId: sku.id, sku: sku.id, quantity: 1, unitPrice: sku.price }));
    const placedAt = new Date(at).toISOString();
    const data = { status: 'paid', placedAt, paidAt: placedAt, currency: 'USD', lines, shippingCharged: shipping };
    const subject = `order/${id}`;
    return snapshot({ source: '/import/seller-center', entity: 'order', creatorId: 'c-1', subject, at, version, data });
  });
}

async function importFiles(): Promise<void> {
  world = await openShopWorld();
  const events = exported(world);
  for (let i = 0; i < events.length; i += 500) await world.pipeline.post(events.slice(i, i + 500));
  expect(await world.kpis()).not.toEqual(world.truth());
}

it('ends in the truth of the shop, samples and all', async () => {
  await importFiles();
  await world.connect();
  expect(await world.run()).toMatchObject({ outcome: 'done' });
  expect(await world.kpis()).toEqual(world.truth());
});

it('would not, were records told as old as their own last change: the bug is seen', async () => {
  await importFiles();
  await world.connect();
  const { table } = world.connectors;
  const connection = await findConnection(table, { vendor: 'tiktok-shop', shopId });
  if (!connection) throw new Error('nothing is connected');
  // As if it had been connected before the first order.
  await putConnection(table, { ...connection, connectedAt: connection.connectedAt - 60 * 86_400_000 });
  expect(await world.run()).toMatchObject({ outcome: 'done' });
  expect(await world.kpis()).not.toEqual(world.truth());
});
