/** Do the controls do what hands expect: a date that is typed, a chart that is tapped, a number that is chosen while answers are slow, Back? */
import { expect, it } from 'vitest';
import { addDays } from '../../shared/time.ts';
import { openBrowser, signIn } from '../make/browser.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';

const someDay = addDays(new Date().toISOString().slice(0, 10), -40);

describeDashboard('the controls', ({ url, visit }) => {
  it('take a date that is typed, digit by digit, and only when it is done', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/sales`);
    await settled(page);
    await page.getByRole('button', { name: /^Choose days/ }).click();
    const first = page.getByRole('dialog').getByLabel('First day');
    await first.focus();
    const [year, month, date] = someDay.split('-');
    await page.keyboard.type(`${month}${date}${year}`);
    expect(await first.inputValue()).toBe(someDay);
    expect(new URL(page.url()).searchParams.get('from')).toBeNull();
    await page.keyboard.press('Enter');
    await page.waitForURL((address) => address.searchParams.get('from') === someDay);
    // However many keys it took, one step back leads to where it began.
    await page.goBack();
    expect(new URL(page.url()).searchParams.get('from')).not.toBe(someDay);
    await context.close();
  });

  it('lead from a click on the chart to the rows of that day', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/sales?kpi=orders`);
    await settled(page);
    const chart = page.getByRole('slider');
    const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
    await chart.click({ position: { x: width / 2, y: height / 2 } });
    await page.waitForURL(/\/rows\?.*kpi=orders/);
    await context.close();
  });

  it('never show the parts of one number under the title of another', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/sales`);
    await settled(page);
    await page.getByRole('table', { name: 'Net sales by channel' }).waitFor();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/kpis?*by=*', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Refunds', exact: true }).click();
    await page.getByRole('heading', { name: 'Refunds by channel' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    release();
    await page.getByRole('table', { name: 'Refunds by channel' }).waitFor();
    await context.close();
  });

  it('lead from a part of a single day to the rows behind it, and from a month to its days', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/products?range=yesterday`);
    await settled(page);
    const part = page.getByRole('table').getByRole('cell').getByRole('link').first();
    const title = await part.textContent();
    await part.click();
    await page.waitForURL(/\/rows\?.*by=product/);
    expect(title?.length).toBeGreaterThan(0);
    await page.getByRole('table').waitFor();
    await page.goto(`${url}/c/c-1/kpi/orders?range=last365&grain=month`);
    await settled(page);
    await page.getByRole('table', { name: 'Orders by month' }).getByRole('link').nth(1).click();
    await page.waitForURL(/kpi\/orders\?.*from=.*-01&to=/);
    expect(new URL(page.url()).searchParams.get('grain')).toBe('day');
    await context.close();
  });

  it('say that the dictionary cannot be had, instead of waiting for ever', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.route('**/v1/kpis', (route) =>
      route.fulfill({ status: 400, json: { code: 'bad_request', detail: 'No dictionary.' } }),
    );
    await page.goto(`${url}/c/c-1/sales`);
    await page.getByText('No dictionary.').waitFor();
    await page.unroute('**/v1/kpis');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-kpi=netSales]').waitFor();
    await context.close();
  });

  it('bring nothing back by Back after signing out, though the browser kept the page whole', async () => {
    const browser = await openBrowser([], ['--disable-back-forward-cache']);
    const page = await browser.newPage();
    await signIn(page, url, /Rosa/);
    await page.locator('[data-kpi=netSales]').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /Harbour/ }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: /Harbour/ }).waitFor();
    expect(await page.locator('[data-kpi]').count()).toBe(0);
    await browser.close();
  });
});
