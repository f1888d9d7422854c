/** Can everything be done without a mouse, and does the focus never get lost? */
import { expect, it } from 'vitest';
import type { Page } from '../make/browser.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';

/** Presses Tab until what is focused has this name; as a person would, who knows what they look for. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press(key);
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      const label = (element as HTMLSelectElement | null)?.labels?.[0]?.textContent;
      return element?.getAttribute('aria-label') ?? label ?? element?.textContent?.trim() ?? '';
    });
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
  }
  throw new Error(`${name} cannot be reached with ${key}`);
}

const focusedName = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

describeDashboard('with the keyboard alone', ({ url, visit }) => {
  it('one signs in, skips to the numbers, reads a definition and is back where one was', async () => {
    const { page, context } = await visit();
    await page.goto(url);
    await page.getByRole('button', { name: /Rosa/ }).waitFor();
    await tabTo(page, /Rosa/);
    await page.keyboard.press('Enter');
    await page.locator('[data-kpi=netSales]').waitFor();
    await tabTo(page, 'Skip to the numbers');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(page, 'What Orders means');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Orders' }).getByText('Formula').waitFor();
    // The page behind it cannot be reached.
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focusedName(page)).toBe('What Orders means');
    await context.close();
  });

  it('one changes range and comparison, walks along the chart, and opens the rows of a day', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/sales`);
    await settled(page);
    await tabTo(page, 'Date range');
    await page.keyboard.type('Last 7');
    await page.waitForURL(/range=last7/);
    await tabTo(page, 'Comparison');
    await page.keyboard.type('Same days');
    await page.waitForURL(/compare=previous_year/);
    await settled(page);
    await tabTo(page, 'Orders');
    await page.keyboard.press('Space');
    await page.waitForURL(/kpi=orders/);
    await tabTo(page, /^Orders, point by point/);
    const chart = page.getByRole('slider');
    await page.keyboard.press('Home');
    const first = await chart.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowRight');
    const second = await chart.getAttribute('aria-valuetext');
    expect(first).toMatch(/: \d+, before \d+/);
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/rows\?.*kpi=orders/);
    await page
      .getByRole('heading', { name: /Orders/ })
      .first()
      .waitFor();
    await context.close();
  });

  it('one makes a file, and ends a schedule', async () => {
    const { page, context } = await visit(/Harbour/);
    await page.goto(`${url}/c/c-2/shipping`);
    await settled(page);
    await tabTo(page, 'Export');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Make the file');
    await page.keyboard.press('Enter');
    await page.getByText('Your file is ready.').waitFor();
    await tabTo(page, 'Schedule it');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Stop making/ }).waitFor();
    await tabTo(page, /^Stop making/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('None yet. A file of').waitFor();
    await context.close();
  });

  it('one opens the menu of a phone, goes to a screen, and signs out', async () => {
    const { page, context } = await visit(/Rosa/, { viewport: { width: 390, height: 844 } });
    await settled(page);
    await tabTo(page, 'Menu');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Settings');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await tabTo(page, 'Menu', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Sign out');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Harbour/ }).waitFor();
    await context.close();
  });

  it('nothing moves for who asked for less motion', async () => {
    const { page, context } = await visit(/Rosa/, { reducedMotion: 'reduce' });
    await settled(page);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    const durations = await page
      .locator('button, a')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).transitionDuration));
    expect(new Set(durations)).toEqual(new Set(['0s']));
    await context.close();
  });
});
