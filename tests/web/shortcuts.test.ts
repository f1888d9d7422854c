/** Do single keys do what the sheet says, never while something is typed, and not at all once they are switched off? */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { screenKeys } from '../../web/components/shortcut-keys.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';

describeDashboard('keyboard shortcuts', ({ url, visit }) => {
  it('lead to every screen, move the range, and bring the focus to what is chosen', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/sales?from=2026-03-10&to=2026-03-16`);
    await settled(page);
    await page.keyboard.press('[');
    await page.waitForURL(/from=2026-03-03&to=2026-03-09/);
    await page.keyboard.press(']');
    await page.waitForURL(/from=2026-03-10&to=2026-03-16/);
    await page.keyboard.press('c');
    expect(await page.evaluate(() => (document.activeElement as HTMLSelectElement).labels?.[0]?.textContent)).toBe('Comparison');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    for (const [key, path] of Object.entries(screenKeys)) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForURL((address) => address.pathname === `/c/c-1/${path}`);
    }
    await page.goto(`${url}/c/c-1/dictionary`);
    await settled(page);
    await page.keyboard.press('/');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).type)).toBe('search');
    await context.close();
  });

  it('do nothing while a word is typed, in a sheet, or with Ctrl', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/dictionary`);
    await settled(page);
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('g s ? [c');
    expect(await page.getByRole('searchbox').inputValue()).toBe('g s ? [c');
    expect(new URL(page.url()).pathname).toBe('/c/c-1/dictionary');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('g');
    await page.keyboard.press('Control+s');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    expect(new URL(page.url()).pathname).toBe('/c/c-1/dictionary');
    await context.close();
  });

  it('are shown by ?, on a narrow window too, and stay off where they were switched off', async () => {
    const { page, context } = await visit(/Rosa/, { reducedMotion: 'reduce', viewport: { width: 600, height: 800 } });
    await settled(page);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    await sheet.getByLabel('Use keyboard shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.reload();
    await settled(page);
    await page.keyboard.press('?');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    expect(await sheet.count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/c/c-1/overview');
    // The button of the menu leads back to them.
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await sheet.getByLabel('Use keyboard shortcuts').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL(/\/sales/);
    await context.close();
  });
});
