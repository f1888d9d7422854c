/** Do several tabs have one session: a link opened in a new one stays signed in, and a sign-out is one for all? */
import { expect, it } from 'vitest';
import type { Page } from '../make/browser.ts';
import { describeDashboard } from '../make/dashboard.ts';

const signInPage = (page: Page) => page.getByRole('button', { name: /Harbour/ });

describeDashboard('several tabs', ({ url, visit }) => {
  it('keep the session of a link that is opened in a new one', async () => {
    const { page, context } = await visit(/Rosa/);
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: 'Sales', exact: true }).click({ modifiers: ['ControlOrMeta'] });
    const second = await opened;
    await second.getByRole('heading', { name: 'Sales', level: 1 }).waitFor();
    await second.locator('[data-kpi=netSales]').waitFor();
    // Typed by hand it is no other.
    const third = await context.newPage();
    await third.goto(`${url}/c/c-1/shipping`);
    await third.getByRole('heading', { name: 'Shipping', level: 1 }).waitFor();
    expect(await third.evaluate(() => JSON.stringify({ ...localStorage }))).toBe('{}');
    await context.close();
  });

  it('end together, those included that are restored after the sign-out', async () => {
    const { page, context } = await visit(/Rosa/);
    const second = await context.newPage();
    await second.goto(`${url}/c/c-1/sales`);
    await second.locator('[data-kpi=netSales]').waitFor();
    const kept = await second.evaluate(() => ({ ...sessionStorage }));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signInPage(second).waitFor();
    expect(await second.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toMatch(/eyJ/);
    await second.evaluate(
      (all) => Object.entries(all).forEach(([name, value]) => void sessionStorage.setItem(name, value)),
      kept,
    );
    await second.goto(`${url}/c/c-1/sales`);
    await signInPage(second).waitFor();
    await context.close();
  });

  it('leave nothing behind for a tab that is opened after the last of them', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.close();
    const later = await context.newPage();
    await later.goto(`${url}/c/c-1/sales`);
    await signInPage(later).waitFor();
    await context.close();
  });

  it('share tokens that one of them renewed', async () => {
    const { page, context } = await visit(/Rosa/);
    const second = await context.newPage();
    let renewals = 0;
    second.on('request', (request) => {
      if (request.url().includes('/issuer/token')) renewals += 1;
    });
    await second.goto(`${url}/c/c-1/overview`);
    await second.locator('[data-kpi=netSales]').waitFor();
    const tokenOf = (headers: Record<string, string>): string => headers.authorization ?? '';
    const old = tokenOf((await page.waitForRequest(/\/v1\//)).headers());
    await page.route('**/v1/**', (route) =>
      tokenOf(route.request().headers()) === old ? route.fulfill({ status: 401, json: {} }) : route.continue(),
    );
    await second.waitForRequest((request) => request.url().includes('/v1/') && tokenOf(request.headers()) !== old);
    expect(renewals).toBe(0);
    await context.close();
  });
});
