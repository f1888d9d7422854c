/** Can a table of a thousand products be had in one answer of bounded size and reads? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/report/routes.ts';
import type { Table } from '../../shared/store/table.ts';
import { makeOrder } from '../make/events.ts';
import { ask } from '../make/request.ts';
import { makeShop, type Shop } from '../make/shop.ts';

const products = 1_000;
const now = Date.parse('2026-03-20T16:30:00Z');
let shop: Shop;
let calls = 0;
beforeAll(async () => {
  shop = await makeShop();
  // Ids as long as those of the platform, prices of an expensive shop.
  const product = (i: number) => String(1_729_384_756_000_000_000n + BigInt(i));
  await shop.load(
    'c-1',
    ['2026-02-10', '2026-03-10'].flatMap((day, month) =>
      Array.from({ length: products + 1 }, (_, i) =>
        makeOrder(`o-${month}-${i}`, {
          paidAt: `${day}T15:00:00Z`,
          product: product(i),
          unitPrice: 1_234_567_890 + i * (month + 1),
        }),
      ),
    ),
  );
});
afterAll(() => shop.close());

describe('a split by a thousand products', () => {
  it.each(['grossSales', 'refundRate'])('of %s with a comparison is below a megabyte, in few reads', async (names) => {
    const table: Table = {
      name: shop.table.name,
      send: ((command: never) => {
        calls += 1;
        return shop.table.send(command);
      }) as Table['send'],
    };
    const handler = serve(
      routes,
      () => ({ table, version: '1.2.3', cursorKey: 'a key' }),
      () => now,
    );
    calls = 0;
    const { status, text, json } = await ask(handler, {
      route: 'GET /v1/creators/{creatorId}/kpis',
      creatorId: 'c-1',
      as: 'c-1',
      query: {
        names,
        from: '2026-03-01',
        to: '2026-03-20',
        grain: 'total',
        by: 'product',
        top: '1000',
        compare: 'previous_month',
      },
    });
    expect(status).toBe(200);
    expect(json.series).toHaveLength(names === 'grossSales' ? products + 1 : products);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(calls).toBeLessThanOrEqual(40);
    if (process.env.SIZES) console.log(names, Buffer.byteLength(text), 'bytes', calls, 'reads');
  });
});
