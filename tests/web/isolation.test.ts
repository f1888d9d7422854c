/** Can a creator reach anything of another one by any address? */
import { expect, it } from 'vitest';
import { describeDashboard, screenPaths } from '../make/dashboard.ts';

describeDashboard('the numbers of another creator', ({ url, visit, ask }) => {
  it('are at no address of the dashboard', async () => {
    const { page, context } = await visit(/Rosa/);
    const answers: { address: string; status: number }[] = [];
    page.on('response', (response) => {
      const address = new URL(response.url()).pathname;
      if (address.startsWith('/v1/creators/c-2')) answers.push({ address, status: response.status() });
    });
    for (const path of [...screenPaths, 'rows?kpi=netSales&day=2026-11-20', 'rows?atRisk=true', 'exports?job=x']) {
      await page.goto(`${url}/c/c-2/${path}`);
      await page.getByRole('heading', { name: 'There is nothing here for you' }).waitFor();
      expect(await page.getByText('Harbour').count()).toBe(0);
    }
    // An id in other letters, encoded, or with a path in it is nobody's either.
    for (const id of ['C-1', 'c-1%2F..%2Fc-2', '..%2Fc-2', 'c-1%00', 'nobody'])
      await page.goto(`${url}/c/${id}/overview`).then(() => page.getByText(/nothing here for you|no such page/).waitFor());
    expect(answers.length).toBeGreaterThan(screenPaths.length);
    expect(answers.filter(({ status }) => status !== 404)).toEqual([]);
    await context.close();
  });

  it('are the same as those of nobody: the API tells neither from the other', async () => {
    const [others, nobodys] = await Promise.all([
      ask('/creators/c-2/dashboard', 'c-1'),
      ask('/creators/nobody/dashboard', 'c-1'),
    ]);
    expect(others.status).toBe(404);
    expect((await others.text()).replaceAll('c-2', '')).toBe((await nobodys.text()).replaceAll('nobody', ''));
  });

  it('are not left behind for whoever signs in next', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.locator('[data-kpi=netSales]').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /Harbour/ }).waitFor();
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toMatch(/eyJ/);
    await page.goto(`${url}/c/c-1/overview`);
    await page.getByRole('button', { name: /Harbour/ }).click();
    await page.getByRole('heading', { name: 'There is nothing here for you' }).waitFor();
    await context.close();
  });

  it('are an analyst’s to look at, not to change', async () => {
    const { page, context } = await visit(/Analyst/);
    await page.getByLabel('Name or id').fill('harb');
    await page.getByRole('link', { name: /Harbour/ }).click();
    await page.locator('[data-kpi=netSales]').waitFor();
    await page.getByRole('button', { name: /choose another shop/ }).click();
    await page.getByRole('link', { name: /Sabor/ }).click();
    await page.waitForURL(/\/c\/c-3\//);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('Only the shop’s owner can change the profile.').waitFor();
    await context.close();
  });

  it('never lie in localStorage with a token', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.locator('[data-kpi=netSales]').waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toBe('{}');
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await context.close();
  });
});
