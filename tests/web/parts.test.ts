/** Are the parts of a number found among a thousand, put in order, and taken as what the page is of? */
import { expect, it } from 'vitest';
import type { Page } from '../make/browser.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { giveManyProducts } from '../make/many-products.ts';

const namesOf = (page: Page): Promise<string[]> =>
  page
    .getByRole('table', { name: 'Net sales by product' })
    .getByRole('rowheader')
    .evaluateAll((cells) => cells.map((cell) => cell.querySelector('bdi')?.textContent ?? cell.textContent ?? ''));

describeDashboard('the parts of a number', ({ url, visit }) => {
  it('are searched, sorted and paged, a thousand of them', async () => {
    const { page, context } = await visit(/Rosa/);
    await giveManyProducts(page);
    await page.goto(`${url}/c/c-1/products`);
    await settled(page);
    const table = page.getByRole('table', { name: 'Net sales by product' });
    await page.getByText('Title 1', { exact: true }).waitFor();
    expect((await namesOf(page)).slice(0, 2)).toEqual(['Title 1', 'Title 2']);
    // The id of a product stands with its title.
    expect(await table.getByRole('rowheader').first().textContent()).toContain('p-1');
    expect((await namesOf(page)).at(-1)).toBe('all others');
    // What is beyond the list has no bar, and does not flatten the others.
    expect(await table.locator('[data-bar]').count()).toBe(25);
    expect(
      await table
        .locator('[data-bar] > div')
        .first()
        .evaluate((bar) => (bar as HTMLElement).style.inlineSize),
    ).toBe('100%');

    const total = table.getByRole('columnheader', { name: 'Net sales' });
    expect(await total.getAttribute('aria-sort')).toBe('descending');
    await total.getByRole('button').click();
    expect(await total.getAttribute('aria-sort')).toBe('ascending');
    expect((await namesOf(page)).at(0)).toBe('Title 1000');
    const product = table.getByRole('columnheader', { name: 'Product' });
    await product.getByRole('button').click();
    expect(await product.getAttribute('aria-sort')).toBe('ascending');
    expect(await total.getAttribute('aria-sort')).toBeNull();
    expect((await namesOf(page)).slice(0, 2)).toEqual(['Title 1', 'Title 2']);

    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('26 to 50 of 1,000').waitFor();
    expect((await namesOf(page)).at(0)).toBe('Title 26');
    await page.getByRole('searchbox', { name: 'Search' }).fill('title 77');
    await page.getByText('1 to 11 of 11').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('p-500');
    await page.getByText('1 to 1 of 1').waitFor();
    await context.close();
  });

  it('narrow the page to one of them by a click, and widen it again', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/sales?range=last30`);
    await settled(page);
    const netSales = () => page.locator('[data-kpi=netSales]').textContent();
    const whole = await netSales();
    const table = page.getByRole('table', { name: 'Net sales by channel' });
    const row = table.getByRole('row').nth(1);
    const part = await row.getByRole('cell').nth(1).textContent();
    await row.getByRole('link').click();
    await page.waitForURL(/where=channel%3A/);
    await settled(page);
    await page.locator('[data-not-narrowed], [data-kpi=netSales]').first().waitFor();
    expect(await netSales()).toBe(part);
    expect(part).not.toBe(whole);
    // What is not kept by channel says so on its card, and the others stand.
    for (const card of await page.locator('[data-not-narrowed]').all())
      expect(await card.textContent()).toContain('cannot be narrowed');
    // The address holds it: another screen of numbers, and a reload, are narrowed, too.
    await page.reload();
    await settled(page);
    expect(await netSales()).toBe(part);
    await page.getByRole('link', { name: 'Shipping', exact: true }).click();
    await page.waitForURL(/shipping\?.*where=channel/);
    await page.goBack();
    await page.getByRole('link', { name: /count all again/ }).click();
    await page.waitForURL((address) => !address.searchParams.has('where'));
    await settled(page);
    expect(await netSales()).toBe(whole);
    await context.close();
  });

  it('that no number of a screen is kept by are told, with the way back to all numbers', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/kpi/netSales?where=carrier:ups`);
    await page.getByText('No number here is counted by carrier').waitFor();
    await page.getByRole('link', { name: 'Show all numbers' }).click();
    await page.locator('[data-kpi=netSales]').waitFor();
    await page.goto(`${url}/c/c-1/sales?where=carrier:ups`);
    await page.getByText('No number here is counted by carrier').or(page.locator('[data-not-narrowed]')).first().waitFor();
    await page.goto(`${url}/c/c-1/sales?where=nonsense`);
    await page.getByText(/address was not understood/).waitFor();
    await context.close();
  });
});
