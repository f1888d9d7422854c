/** Is every screen fit for everyone: without violations that axe knows, on a phone, in dark, from right to left, under its own policy? */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { describeDashboard, screenPaths, settled } from '../make/dashboard.ts';

const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
const paths = [...screenPaths, `rows?kpi=netSales&day=${day}`, 'rows?atRisk=true', 'sales?range=today', 'nowhere'];

describeDashboard('every screen', ({ url, visit }) => {
  for (const colorScheme of ['light', 'dark'] as const)
    it(`has no violation that axe finds, ${colorScheme}`, async () => {
      const { page, context, complaints } = await visit(/Rosa/, { colorScheme });
      for (const path of paths) {
        await page.goto(`${url}/c/c-1/${path}`);
        await settled(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${path}: ${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        );
        expect(found).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await context.close();
    }, 180_000);

  it('fits a phone, in either direction of writing', async () => {
    const { page, context } = await visit(/Rosa/, { viewport: { width: 360, height: 740 } });
    for (const path of paths.slice(0, -1)) {
      await page.goto(`${url}/c/c-1/${path}`);
      await settled(page);
      for (const direction of ['ltr', 'rtl']) {
        await page.evaluate((dir) => {
          document.documentElement.dir = dir;
        }, direction);
        const surplus = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(`${path} ${direction} ${surplus}`).toBe(`${path} ${direction} 0`);
      }
    }
    await context.close();
  }, 180_000);

  it('has no violation on the page to sign in with, nor in an open sheet', async () => {
    const { page, context } = await visit();
    await page.goto(url);
    await page.getByRole('button', { name: /Rosa/ }).waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole('button', { name: /Rosa/ }).click();
    await page.getByRole('button', { name: 'What Net sales means' }).first().click();
    await page.getByRole('dialog').getByText('Formula').waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await context.close();
  });
});
