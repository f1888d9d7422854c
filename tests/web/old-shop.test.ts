/** Does a shop whose numbers are years old see where they are, on every screen, and get there with one click? */
import { beforeAll, expect, it, vi } from 'vitest';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { someOf } from '../rounds.ts';

const sentence = 'Your latest sale was on Aug 29, 2018; there are numbers from Oct 5, 2016 to Aug 29, 2018.';
const kpiDashboards = ['sales', 'products', 'shipping', 'satisfaction'];

describeDashboard('an old shop', ({ url, visit, send, ask }) => {
  beforeAll(async () => {
    const order = (id: string, paidAt: string) => makeOrder(id, { creator: 'c-old', paidAt, unitPrice: 2500 });
    await send([
      makeCreator('c-old', { name: 'Old but gold', timeZone: 'America/Sao_Paulo', currency: 'USD' }, '2016-01-01T00:00:00Z'),
      order('o-1', '2016-10-05T15:00:00Z'),
      order('o-2', '2017-11-24T15:00:00Z'),
      order('o-3', '2018-08-10T15:00:00Z'),
      order('o-4', '2018-08-29T15:00:00Z'),
    ]);
    const days = async () => (await ask('/creators/c-old', 'c-old')).json();
    await vi.waitFor(async () => expect(await days()).toMatchObject({ dataFrom: '2016-10-05', dataTo: '2018-08-29' }), 20_000);
  });

  it('can be chosen at the sign-in, and its overview leads to its numbers with one click', async () => {
    const { page, context, complaints } = await visit('Old but gold');
    await page.getByText(sentence).waitFor();
    expect(await page.getByText('npm run import').count()).toBe(0);
    // The last thirty days of them stand there already.
    await page.getByText('Jul 31 – Aug 29, 2018', { exact: false }).first().waitFor();
    expect(await page.locator('[data-kpi=orders]').textContent()).toBe('2');
    await page.getByRole('link', { name: 'Show all of them' }).click();
    await page.waitForURL('**/c/c-old/sales?from=2016-10-05&to=2018-08-29');
    await settled(page);
    expect(await page.locator('[data-kpi=orders]').textContent()).toBe('4');
    expect(await page.getByLabel('Range').inputValue()).toBe('all');
    // The range goes along to other screens.
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await page.waitForURL('**/c/c-old/products?from=2016-10-05&to=2018-08-29');
    await settled(page);
    expect(await page.locator('[data-kpi=units]').textContent()).toBe('4');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a number of the overview opens on its own days', async () => {
    const { page, context } = await visit('Old but gold');
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await page.waitForURL('**/c/c-old/kpi/orders?from=2018-07-31&to=2018-08-29');
    await settled(page);
    expect(await page.locator('[data-kpi=orders]').first().textContent()).toBe('2');
    await context.close();
  });

  it.each(someOf([...kpiDashboards, 'kpi/orders'], 'oldShopScreens'))(
    '%s says where the numbers are, and shows them on the same screen',
    async (path) => {
      const { page, context } = await visit('Old but gold');
      await page.goto(`${url}/c/c-old/${path}?range=last7`);
      await page.getByText('No numbers on these days').waitFor();
      await page.getByText(sentence).waitFor();
      await page.getByRole('link', { name: 'Show all of them' }).click();
      await page.waitForURL(`**/c/c-old/${path}?from=2016-10-05&to=2018-08-29`);
      await settled(page);
      if (path !== 'satisfaction' && path !== 'shipping') {
        expect(await page.getByText('No numbers on these days').count()).toBe(0);
        expect(await page.locator('[data-kpi]').first().isVisible()).toBe(true);
      }
      await context.close();
    },
  );

  it('rows of a day without any say where the numbers are', async () => {
    const { page, context } = await visit('Old but gold');
    await page.goto(`${url}/c/c-old/rows?kpi=orders&day=2026-01-01`);
    await page.getByText(sentence).waitFor();
    await page.getByRole('link', { name: 'Show all of them' }).click();
    await page.waitForURL('**/c/c-old/kpi/orders?from=2016-10-05&to=2018-08-29');
    await context.close();
  });

  it('rows show nothing under a wrong name while the dictionary is on its way', async () => {
    const { page, context } = await visit('Old but gold');
    let letThrough = () => {};
    const arrived = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route('**/v1/kpis', async (route) => {
      await arrived;
      await route.continue();
    });
    const rows = page.waitForResponse('**/orders?*');
    await page.goto(`${url}/c/c-old/rows?kpi=orders&day=2018-08-29`);
    await (await rows).finished();
    // Two frames: whatever the answer brings stands there now.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect([(await page.locator('h1').textContent())?.trim(), await page.locator('main .card').count()]).toEqual(['', 0]);
    letThrough();
    await page.locator('[data-kpi=orders]').waitFor();
    expect(await page.locator('h1').textContent()).toBe('Orders');
    await context.close();
  });

  it('the list of ranges has all numbers and the newest, and days typed by hand follow', async () => {
    const { page, context } = await visit('Old but gold');
    await page.goto(`${url}/c/c-old/sales`);
    const range = page.getByLabel('Range');
    await range.selectOption('newest');
    await page.waitForURL('**/sales?from=2018-07-31&to=2018-08-29');
    await page.getByRole('button', { name: 'Choose days: Jul 31 – Aug 29, 2018' }).waitFor();
    await range.selectOption('all');
    await page.waitForURL('**/sales?from=2016-10-05&to=2018-08-29');
    await page.getByRole('button', { name: 'Choose days: Oct 5, 2016 – Aug 29, 2018' }).click();
    expect(await page.getByLabel('First day').inputValue()).toBe('2016-10-05');
    await page.getByLabel('First day').fill('2018-01-01');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sales?from=2018-01-01&to=2018-08-29');
    expect(await range.inputValue()).toBe('custom');
    await context.close();
  });

  it('the analyst finds creators by what they sell, with their orders', async () => {
    const { page, context } = await visit(/Analyst/);
    await page.locator('li a').first().waitFor();
    const counts = await page
      .locator('li a')
      .evaluateAll((links) =>
        links.map((link) => Number(/([\d,]+) orders?$/.exec(link.textContent ?? '')?.[1]?.replaceAll(',', ''))),
      );
    expect(counts.length).toBeGreaterThan(3);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts).toContain(4);
    await context.close();
  });
});
