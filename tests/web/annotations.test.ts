/** Does a day that is marked stand in the charts, with its title to be read, and can it be taken out again? */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { describeDashboard, settled } from '../make/dashboard.ts';

describeDashboard('a day of the calendar', ({ url, visit }) => {
  it('is marked from a chart, read below it, and removed in Settings', async () => {
    const { page, context, complaints } = await visit(/Rosa/, { reducedMotion: 'reduce' });
    await page.goto(`${url}/c/c-1/sales?from=2026-03-10&to=2026-03-16`);
    await settled(page);
    await page.getByRole('button', { name: 'Add a note to a day' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('What it is').selectOption('price');
    await form.getByLabel('Title').fill('Serum from 24 to 19');
    await form.getByLabel('First day').fill('2026-03-12');
    await form.getByLabel('Last day').fill('2026-03-13');
    await form.getByRole('button', { name: 'Mark it' }).click();
    const list = page.getByRole('list', { name: 'Marked on these days' });
    await list.getByText('Serum from 24 to 19').waitFor();
    expect(await list.textContent()).toMatch(/1Serum from 24 to 19 · Price change · Mar 12 – 13, 2026/);
    // In the chart, without a pointer on it.
    await page.locator('svg text', { hasText: '1 Serum from 24 to 19' }).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    // In a chart of other days it is not.
    await page.goto(`${url}/c/c-1/sales?from=2026-04-01&to=2026-04-07`);
    await settled(page);
    await page.getByRole('button', { name: 'Add a note to a day' }).waitFor();
    expect(await page.getByText('Serum from 24 to 19').count()).toBe(0);
    await page.goto(`${url}/c/c-1/settings`);
    await page.getByRole('button', { name: 'Remove Serum from 24 to 19 from the calendar' }).click();
    await page.getByText('Nothing yet. A promotion').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is read by an analyst, who cannot mark one', async () => {
    const { page, context } = await visit(/analyst/i);
    await page.goto(`${url}/c/c-1/sales`);
    await settled(page);
    await page.getByRole('slider').waitFor();
    expect(await page.getByRole('button', { name: 'Add a note to a day' }).count()).toBe(0);
    await context.close();
  });
});
