/** Can days be chosen by hands that have only keys, and does the calendar follow the creator's weeks? */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { addDays } from '../../shared/time.ts';
import type { Page } from '../make/browser.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';

const openPicker = async (page: Page, url: string, path = 'sales?from=2026-03-10&to=2026-03-16'): Promise<void> => {
  await page.goto(`${url}/c/c-1/${path}`);
  await settled(page);
  await page.getByRole('button', { name: /^Choose days:/ }).click();
  await page.getByRole('grid').waitFor();
};
const daysOf = (page: Page) => {
  const { searchParams } = new URL(page.url());
  return [searchParams.get('from'), searchParams.get('to')];
};

describeDashboard('the calendar', ({ url, visit, ask, token }) => {
  it('is walked with the arrow keys, chosen from with Enter, and taken over all at once', async () => {
    const { page, context, complaints } = await visit(/Rosa/, { reducedMotion: 'reduce' });
    await openPicker(page, url);
    await page.getByRole('button', { name: /Monday, March 16, 2026/ }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(daysOf(page)).toEqual(['2026-03-10', '2026-03-16']);
    await page.getByRole('button', { name: /^Show Mar 2 – 4, 2026/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=2026-03-02&to=2026-03-04/);
    // The focus is back where the sheet was opened.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Choose days: Mar 2/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is left by Escape with nothing changed, and has no violation that axe finds', async () => {
    const { page, context } = await visit(/Rosa/, { reducedMotion: 'reduce' });
    await openPicker(page, url);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(daysOf(page)).toEqual(['2026-03-10', '2026-03-16']);
    await context.close();
  });

  it('offers ranges with a name, and says why days cannot be shown', async () => {
    const { page, context } = await visit(/Rosa/);
    await openPicker(page, url);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('First day').fill('2026-03-20');
    await dialog.getByText('The first day is after the last').waitFor();
    expect(await dialog.getByRole('button', { name: 'Choose a first and a last day' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Last 7 days' }).click();
    await page.waitForURL(/range=last7/);
    await context.close();
  });

  it('chooses what is compared with, too', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/sales?from=2026-03-10&to=2026-03-16`);
    await settled(page);
    await page.getByLabel('Comparison', { exact: true }).selectOption('custom');
    await page.getByRole('button', { name: /^Choose the days to compare with: Mar 3/ }).click();
    await page.getByRole('dialog').getByLabel('First day').fill('2026-03-01');
    await page.getByRole('dialog').getByRole('button', { name: /^Show/ }).click();
    await page.waitForURL(/compareFrom=2026-03-01&compareTo=2026-03-09/);
    await context.close();
  });

  it('begins its weeks where the creator’s do, and so do this week and what stands beside the range', async () => {
    const profile = await (await ask('/creators/c-3', 'c-3')).json();
    const put = async (weekStart: string) => {
      const { name, timeZone, currency, category, country } = profile;
      const body = { name, timeZone, currency, category, country, preferences: { weekStart, fiscalYearStart: 4 } };
      const response = await fetch(`${url}/v1/creators/c-3`, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await token({ roles: 'creator', creator_id: 'c-3' })}`,
        },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(200);
    };
    await put('sunday');
    const { page, context } = await visit(/Sabor/);
    await page.goto(`${url}/c/c-3/sales?range=week`);
    await settled(page);
    await page.getByText(/time, weeks from Sunday/).waitFor();
    const asked = page.waitForRequest((request) => /\/kpis\?.*from=/.test(request.url()));
    await page.reload();
    const from = new URL((await asked).url()).searchParams.get('from') ?? '';
    expect(new Date(`${addDays(from, 0)}T12:00:00Z`).getUTCDay()).toBe(0);
    await settled(page);
    await page.getByRole('button', { name: /^Choose days:/ }).click();
    await page.getByRole('grid').waitFor();
    expect(await page.getByRole('dialog').locator('th').first().getAttribute('aria-label')).toBe('Sunday');
    expect(await page.getByRole('dialog').getByRole('button', { name: 'This financial year' }).count()).toBe(1);
    await put('monday');
    await context.close();
  });
});
