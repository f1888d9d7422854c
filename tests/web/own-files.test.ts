/** Does a seller bring in costs by file and by hand, mend what was refused, and take an import back? */
import { expect, it, vi } from 'vitest';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { dropOn } from '../make/drop-on.ts';
import { makeCreator, makeOrder } from '../make/events.ts';

const costs = (...rows: string[]) => ({ 'costs.csv': ['sku,valid_from,unit_cost', ...rows, ''].join('\r\n') });
const patient = { timeout: 150_000, interval: 250 };

describeDashboard('a shop with its own files', ({ url, visit, send, ask }) => {
  const kpis = async (creator: string) => {
    const query = 'names=orders,units,grossSales&from=2026-09-01&to=2026-11-30&grain=total';
    const { series } = (await (await ask(`/creators/${creator}/kpis?${query}`, creator)).json()) as {
      series: { name: string; total: number }[];
    };
    return Object.fromEntries(series.map(({ name, total }) => [name, total]));
  };
  const stored = async (creator: string) =>
    (
      (await (await ask(`/creators/${creator}/unit-costs`, creator)).json()) as { costs: { sku: string; amount: number }[] }
    ).costs.map(({ sku, amount }) => [sku, amount]);

  it('has all costs in after a bad row was mended, types one, and takes the last import back', async () => {
    await send([makeCreator('c-own', { name: 'Own shop', timeZone: 'UTC', currency: 'USD' }, '2026-01-01T00:00:00Z')]);
    const { page, context, complaints } = await visit('Own shop');
    await page.goto(`${url}/c/c-own/sources`);
    await settled(page);
    await page.getByText('No costs yet').waitFor();

    await dropOn(page, costs('S-1,2026-01-01,6.40', '=S-2,2026-01-01,six', 'S-3,2026-01-01,3.00'));
    await page.locator('[data-changes]').getByText('Unit costs: 2 new').waitFor();
    await page.getByText(/costs\.csv line 3, column unit_cost: six is not an amount/).waitFor();
    const link = page.locator('a[data-refused]');
    await link.waitFor();
    await page.getByRole('button', { name: 'Count these numbers' }).click();
    await page.getByText('Done: 2 entries are in').waitFor();
    await vi.waitFor(
      async () =>
        expect(await stored('c-own')).toEqual([
          ['S-1', 640],
          ['S-3', 300],
        ]),
      patient,
    );

    const download = page.waitForEvent('download');
    await link.click();
    const stream = await (await download).createReadStream();
    const refused = Buffer.concat(await stream.toArray()).toString();
    expect(refused).toMatch(/^sku,valid_from,unit_cost,.*problem\r\n'=S-2,2026-01-01,six,/);
    await dropOn(page, { 'costs mended.csv': refused.replace(',six,', ',6,') });
    await page.getByText('Unit costs: 1 new').waitFor();
    await page.getByRole('button', { name: 'Count these numbers' }).click();
    await page.getByText('Done: 1 entry is in').waitFor();
    const all = [
      ['=S-2', 600],
      ['S-1', 640],
      ['S-3', 300],
    ];
    await vi.waitFor(async () => expect(await stored('c-own')).toEqual(all), patient);

    const form = page.locator('[data-cost-form]');
    await form.getByRole('button', { name: 'Save cost' }).click();
    await page.getByText('Give the SKU').waitFor();
    await form.getByLabel('SKU').fill('S-4');
    await form.getByLabel('Cost of one unit (USD)').fill('1.255');
    await form.getByRole('button', { name: 'Save cost' }).click();
    await page.getByText('USD has 2 decimals: round the cost.').waitFor();
    await form.getByLabel('Cost of one unit (USD)').fill('1.25');
    await form.getByLabel('Valid from').fill('2026-02-01');
    await form.getByRole('button', { name: 'Save cost' }).click();
    await page.getByRole('row', { name: /S-4 .*Feb.* \$1\.25/ }).waitFor();
    await page.getByRole('button', { name: /Take out the cost of S-3/ }).click();
    await page.getByRole('row', { name: /S-3/ }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Undo the import of costs mended.csv' }).click();
    await page.getByText('Undone: 1 entry is as before.').waitFor();
    await vi.waitFor(
      async () =>
        expect(await stored('c-own')).toEqual([
          ['S-1', 640],
          ['S-4', 125],
        ]),
      patient,
    );
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('has the numbers of before once an import of orders was undone, and can download a template', async () => {
    await send([
      makeCreator('c-back', { name: 'Back shop', timeZone: 'UTC', currency: 'USD' }, '2026-01-01T00:00:00Z'),
      makeOrder('o-1', { creator: 'c-back', paidAt: '2026-10-01T10:00:00Z' }),
      makeOrder('o-2', { creator: 'c-back', paidAt: '2026-10-02T10:00:00Z' }),
    ]);
    await vi.waitFor(async () => expect((await kpis('c-back')).orders).toBe(2), patient);
    const before = await kpis('c-back');
    const { page, context, complaints } = await visit('Back shop');
    await page.goto(`${url}/c/c-back/sources`);
    await settled(page);
    await page.getByText('Templates for your own files').click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the template of Unit costs as XLSX' }).click();
    expect((await download).suggestedFilename()).toBe('costs.xlsx');

    const titles = 'order_id,placed_at,paid_at,product_id,quantity,unit_price';
    const row = (id: string) => `${id},2026-10-03 10:00:00,2026-10-03 10:00:00,p-1,3,20.00`;
    await dropOn(page, { 'orders.csv': [titles, row('o-2'), row('o-3')].join('\n') });
    await page.getByText('Orders: 1 new and 1 changed').waitFor();
    await page.getByRole('button', { name: 'Count these numbers' }).click();
    await page.getByText('Done: 2 entries are in').waitFor();
    await vi.waitFor(async () => expect(await kpis('c-back')).toMatchObject({ orders: 3, units: 7 }), patient);
    await page.getByRole('button', { name: 'Undo the import of orders.csv' }).click();
    await page.getByText('Undone: 2 entries are as before.').waitFor();
    await vi.waitFor(async () => expect(await kpis('c-back')).toEqual(before), patient);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
