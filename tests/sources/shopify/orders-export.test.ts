/** Does the orders CSV export of Shopify become orders, several rows each, without the buyer? */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { newReport } from '../../../shared/sources/files/import-report.ts';
import { exportTime, shopifyExportEvents } from '../../../shared/sources/shopify/orders-export.ts';
import { dataOf, path, shop, text, valid } from './fixtures.ts';

describe('an export of orders', () => {
  const exportedAt = Date.UTC(2026, 10, 15);
  async function read(file = path('orders-export.csv')) {
    const report = newReport();
    const events: CloudEvent[] = [];
    for await (const event of shopifyExportEvents(file, { shop, report, exportedAt })) events.push(event);
    return { events: valid(events), report };
  }
  it('has an order for each name, with the lines of its rows', async () => {
    const { events, report } = await read();
    expect(events.map(({ subject }) => subject)).toEqual([
      'order/shopify-450789469',
      'order/shopify-450789470',
      'order/shopify-450789471',
    ]);
    expect(events[0]).toMatchObject({
      entityversion: exportedAt,
      time: '2026-10-06T11:05:00Z',
      data: {
        status: 'shipped',
        placedAt: '2026-10-06T11:00:00Z',
        paidAt: '2026-10-06T11:05:00Z',
        currency: 'USD',
        shippingCharged: 499,
        lines: [
          {
            productId: 'shopify-sku-ROSE-30',
            title: 'Rose serum 30 ml',
            quantity: 2,
            unitPrice: 2000,
            sellerDiscount: 667,
            tax: 276,
          },
          {
            productId: 'shopify-sku-BRUSH-S',
            title: 'Brush, small',
            quantity: 1,
            unitPrice: 2000,
            sellerDiscount: 333,
            tax: 137,
          },
        ],
      },
    });
    expect(report.rows).toBe(5);
  });
  it('comes to what the buyer paid', async () => {
    const { events } = await read();
    const { lines, shippingCharged } = (events[0]?.data ?? {}) as { lines: Record<string, number>[]; shippingCharged: number };
    const paid = lines.reduce(
      (sum, line) => sum + Number(line.unitPrice) * Number(line.quantity) - Number(line.sellerDiscount) + Number(line.tax),
      shippingCharged,
    );
    expect(paid).toBe(5912);
  });
  it('names its buyers by the keys that webhooks give them, and by nothing else', async () => {
    const { events } = await read();
    expect(events[0]?.data.buyerKey).toBe(dataOf({ email: 'buyer@example.com' })?.buyerKey);
    expect(events[1]?.data).not.toHaveProperty('buyerKey');
    expect(JSON.stringify(events)).not.toMatch(/Example Buyer|Example Street|@example|door/);
  });
  it('leaves out a row that cannot be read and says where, and counts a refund whose day it does not tell', async () => {
    const { events, report } = await read();
    expect(events[2]?.data).toMatchObject({ status: 'cancelled', cancelledAt: '2026-10-09T12:00:00Z' });
    expect(report.skipped.get('refund without its day')?.count).toBe(1);
    expect([...report.wrong.values()].flatMap(({ examples }) => examples)).toEqual([
      'orders-export.csv line 6: yesterday is no time such as 2026-10-06 07:00:00 -0400',
    ]);
  });
  it('takes an order whole or not at all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shopify-'));
    const rows = text('orders-export.csv').split('\n');
    // The second row of the first order has a cell too many.
    rows[2] = `${rows[2]},one more`;
    writeFileSync(join(folder, 'orders-export.csv'), rows.join('\n'));
    const { events, report } = await read(join(folder, 'orders-export.csv'));
    rmSync(folder, { recursive: true });
    expect(events.map(({ subject }) => subject)).toEqual(['order/shopify-450789470', 'order/shopify-450789471']);
    expect(report.wrong.get('orders: row')?.examples).toContain('orders-export.csv line 2: a row of this order cannot be read');
  });
  it.each([
    ['2026-10-06 07:00:00 -0400', '2026-10-06T11:00:00.000Z'],
    ['2026-11-01 23:30:00 +0530', '2026-11-01T18:00:00.000Z'],
  ])('a time of %s is %s', (written, iso) => expect(new Date(exportTime(written) ?? 0).toISOString()).toBe(iso));
  it.each(['2026-10-06', '2026-10-06 07:00:00', '06/10/2026 07:00'])('%s is no time', (written) =>
    expect(() => exportTime(written)).toThrow(RangeError),
  );
});
