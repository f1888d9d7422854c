/** What does every screen look like on paper? No control on it, nothing cut, and the range and comparison in words. */
import { expect, it } from 'vitest';
import type { Page } from '../make/browser.ts';
import { describeDashboard, screenPaths, settled } from '../make/dashboard.ts';
import { someOf } from '../rounds.ts';

const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
const paths = [...screenPaths, `rows?kpi=netSales&day=${day}`, 'rows?atRisk=true'];

/** What can only be pressed or filled in and would be printed. Titles that can be pressed are titles; the profile reads as text. */
const controlsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input, textarea, nav, [role=slider] button')]
      .filter((each) => each.offsetParent !== null && !each.closest('h2, th, .on-paper'))
      .map((each) => each.outerHTML.slice(0, 120)),
  );

/** What scrolls on the screen or is shortened there, and would be cut on paper. */
const cutOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((each) => {
        const { overflowX, overflowY, position } = getComputedStyle(each);
        if (each.offsetParent === null || position === 'absolute' || each.closest('.sr-only, select, input')) return false;
        const isCutAcross = overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1;
        return isCutAcross || (overflowY !== 'visible' && each.scrollHeight > each.clientHeight + 1);
      })
      .map((each) => `${each.className}: ${each.textContent?.slice(0, 60)}`),
  );

describeDashboard('on paper', ({ url, visit }) => {
  it('every screen is whole and has no control', async () => {
    const { page, context } = await visit(/Rosa/, { viewport: { width: 720, height: 1018 } });
    for (const path of someOf(paths, 'paperScreens')) {
      await page.goto(`${url}/c/c-1/${path}`);
      await settled(page);
      await page.emulateMedia({ media: 'print' });
      expect({ path, controls: await controlsOf(page) }).toEqual({ path, controls: [] });
      expect({ path, cut: await cutOf(page) }).toEqual({ path, cut: [] });
      const surplus = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect({ path, surplus }).toEqual({ path, surplus: 0 });
      expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
      await page.emulateMedia({ media: 'screen' });
    }
    await context.close();
  });

  it.each(someOf(['overview', 'sales', 'products', 'shipping', 'satisfaction', 'kpi/netSales'], 'paperScreens'))(
    '%s says its range and what it is compared with in words',
    async (path) => {
      const { page, context } = await visit(/Rosa/);
      await page.goto(`${url}/c/c-1/${path}?from=2026-03-10&to=2026-03-16&compare=previous_year`);
      await settled(page);
      await page.emulateMedia({ media: 'print' });
      const visible = await page.locator('#main').innerText();
      expect(visible).toContain('Mar 10 – 16, 2026');
      expect(visible).toContain('Compared with: Same days last year');
      await context.close();
    },
  );
});
