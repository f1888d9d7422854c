/** Does a seller who drops three files of Seller Center see the right totals, and again the same ones when they drop them again? */
import { expect, it, vi } from 'vitest';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { dropOn } from '../make/drop-on.ts';
import { makeCreator } from '../make/events.ts';
import { shop, threeFiles } from '../make/seller-drop.ts';

const paid = shop.filter((order) => order.paid);
const lines = paid.flatMap((order) => order.lines);
const known = {
  orders: paid.length,
  units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  grossSales: lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
};

describeDashboard('an empty shop', ({ url, visit, send, ask }) => {
  it('shows its numbers within a minute after three files were dropped, and the same ones after they were dropped again', async () => {
    await send([
      makeCreator('c-drop', { name: 'Drop shop', timeZone: 'America/Los_Angeles', currency: 'USD' }, '2026-01-01T00:00:00Z'),
    ]);
    const { page, context, complaints } = await visit('Drop shop');
    await page.getByRole('link', { name: 'Bring in your Seller Center files' }).click();
    await page.waitForURL('**/c/c-drop/sources');
    await settled(page);
    const figures = async () => {
      const query = 'names=orders,units,grossSales,netSales&from=2026-09-01&to=2026-11-30&grain=total';
      const { series } = (await (await ask(`/creators/c-drop/kpis?${query}`, 'c-drop')).json()) as {
        series: { name: string; total: number }[];
      };
      return Object.fromEntries(series.map(({ name, total }) => [name, total]));
    };
    const lagOf = async () =>
      ((await (await ask('/creators/c-drop', 'c-drop')).json()) as { sources: { lagSeconds: number }[] }).sources[0]?.lagSeconds;
    const began = Date.now();
    await dropOn(page, threeFiles());
    await page.getByRole('button', { name: 'Count these numbers' }).click();
    await page.getByText(/^Done: \d+ entries are in/).waitFor();
    await vi.waitFor(async () => expect((await figures()).orders).toBe(paid.length), { timeout: 60_000, interval: 200 });
    const seconds = (Date.now() - began) / 1000;
    await page.getByRole('link', { name: 'Show the numbers of these days' }).click();
    await page.waitForURL('**/c/c-drop/sales?from=2026-09-*');
    await settled(page);
    await vi.waitFor(
      async () => expect(await page.locator('[data-kpi=orders]').first().textContent()).toBe(String(paid.length)),
      {
        timeout: 60_000,
      },
    );
    expect(seconds).toBeLessThan(60);
    const before = await figures();
    expect(before).toMatchObject(known);

    await page.goto(`${url}/c/c-drop/sources`);
    await settled(page);
    await dropOn(page, threeFiles());
    await page.getByRole('button', { name: 'Count these numbers' }).click();
    await page.getByText(/^Done: \d+ entries are in/).waitFor();
    await vi.waitFor(async () => expect(await lagOf()).toBe(0), { timeout: 60_000, interval: 200 });
    expect(await figures()).toEqual(before);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
