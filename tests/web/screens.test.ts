/** Is every screen fit for everyone: without violations that axe knows, on a phone, in dark, from right to left, under its own policy? */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import type { Page } from '../make/browser.ts';
import { describeDashboard, screenPaths, settled } from '../make/dashboard.ts';
import { someOf } from '../rounds.ts';

const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
const paths = [...screenPaths, `rows?kpi=netSales&day=${day}`, 'rows?atRisk=true', 'sales?range=today', 'nowhere'];

/** What axe says of a page: the rule, and the markup that breaks it. */
async function violationsOf(page: Page, ...rules: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => `${page.url()}: ${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

describeDashboard('every screen', ({ url, visit }) => {
  it('has no violation that axe finds', async () => {
    // Without motion: a colour half way between two themes is nobody's.
    const { page, context, complaints } = await visit(/Rosa/, { reducedMotion: 'reduce' });
    for (const path of someOf(paths, 'axeScreens')) {
      await page.goto(`${url}/c/c-1/${path}`);
      await settled(page);
      expect(await violationsOf(page)).toEqual([]);
      // In the dark the colours are others, all else is the same.
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violationsOf(page, 'color-contrast')).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('makes a clean page on paper: light, whole, without what can only be pressed', async () => {
    const { page, context } = await visit(/Rosa/, { colorScheme: 'dark', viewport: { width: 794, height: 1123 } });
    for (const path of ['overview', 'sales', 'kpi/netSales']) {
      await page.goto(`${url}/c/c-1/${path}`);
      await settled(page);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
      expect(
        await page
          .getByRole('button', { name: /Export|Save view|Show as|What .* means/ })
          .filter({ visible: true })
          .count(),
      ).toBe(0);
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(255, 255, 255)');
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await page.emulateMedia({ media: 'screen' });
    }
    await context.close();
  });

  it('speaks the reader’s language, in the creator’s zone, wherever the reader is', async () => {
    const { page, context } = await visit(/Rosa/, { locale: 'es-ES', timezoneId: 'Pacific/Auckland' });
    await page.goto(`${url}/c/c-1/overview`);
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es');
    expect(await page.locator('[data-kpi=netSales]').textContent()).toMatch(/^[\d.]+,\d\d\sUS\$$/);
    await page.goto(`${url}/c/c-1/rows?kpi=orders&day=${day}`);
    await settled(page);
    const paid = await page.getByRole('table').getByRole('row').nth(1).getByRole('cell').nth(1).textContent();
    expect(paid).toMatch(new RegExp(`^${Number(day.slice(8))} \\p{L}+\\.? ${day.slice(0, 4)}, \\d\\d:\\d\\d$`, 'u'));
    await context.close();
  });

  it('speaks another language as soon as it is chosen, and the next time', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/settings`);
    await page.getByLabel('Language').selectOption('id');
    await page.getByRole('heading', { name: 'Pengaturan' }).waitFor();
    await page.goto(`${url}/c/c-1/sales`);
    await page.getByRole('heading', { name: 'Penjualan', exact: true }).waitFor();
    expect(await page.title()).toContain('Penjualan');
    await context.close();
  });

  it('has no violation on the page to sign in with, nor in an open sheet', async () => {
    const { page, context } = await visit();
    await page.goto(url);
    await page.getByRole('button', { name: /Rosa/ }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: /Rosa/ }).click();
    await page.getByRole('button', { name: 'What Net sales means' }).first().click();
    await page.getByRole('dialog').getByText('Formula').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
  });
});
