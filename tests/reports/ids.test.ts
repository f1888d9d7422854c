/** Do ids leave as their source wrote them, though a slash cannot stand in a subject? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newestProducts } from '../../shared/fold/product-directory.ts';
import { putProducts } from '../../shared/store/product-directory.ts';
import { makeEvent, makeOrder } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';
import { aStream } from '../make/stream.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
  const product = makeEvent({ entity: 'product', subject: 'product/A%2FB 50%25', data: { title: 'Half', currency: 'USD' } });
  await shop.load('c-1', [makeOrder('1001%2F2', { product: 'A/B 50%' })]);
  await putProducts(shop.table, newestProducts(aStream([product])).values());
});
afterAll(() => shop.close());

it('of products: in the directory, and where a line names one', async () => {
  const { products } = (await shop.get('products', { ids: 'A/B 50%' })).json;
  expect(products).toMatchObject([{ productId: 'A/B 50%', title: 'Half' }]);
  const { series } = (await shop.get('kpis', { names: 'units', from: '2026-03-01', to: '2026-03-01', by: 'product' })).json;
  expect(series[0].value).toBe('A/B 50%');
});

it('of orders: behind a number', async () => {
  const { orders } = (await shop.get('orders', { kpi: 'orders', day: '2026-03-01' })).json;
  expect(orders).toMatchObject([{ subject: 'order/1001%2F2', orderId: '1001/2' }]);
});
