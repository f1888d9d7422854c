/** Can everything be read where it stands: a chart by touch, its axis of five years, what "so far" means, and that something failed? */
import { expect, it } from 'vitest';
import type { Page } from '../make/browser.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';

const phone = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } };
const newOrders = /\/v1\/creators\/c-1\/orders/;

/** Labels of an axis that touch each other or leave the chart. */
const crowdedOn = (page: Page): Promise<string[]> =>
  page.locator('svg [data-tick]').evaluateAll((labels) => {
    const boxes = labels.map((label) => ({ text: label.textContent ?? '', box: label.getBoundingClientRect() }));
    return boxes.flatMap(({ text, box }, i) => {
      const next = boxes[i + 1];
      const isCrowded = next !== undefined && box.right > next.box.left;
      return isCrowded || box.right > innerWidth || box.left < 0 ? [text] : [];
    });
  });

describeDashboard('what stands on a page', ({ url, visit }) => {
  it('is read from a chart by touch: the page stays, and what is said of the point can be seen', async () => {
    const { page, context } = await visit(/Rosa/, phone);
    await page.goto(`${url}/c/c-1/sales?kpi=orders`);
    await settled(page);
    const chart = page.getByRole('slider');
    await chart.scrollIntoViewIfNeeded();
    const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
    for (const share of [0.3, 0.5, 0.97]) {
      await chart.tap({ position: { x: width * share, y: height / 2 } });
      const tip = page.locator('[data-tip]');
      const box = await tip.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 360 && box.y >= 0 && box.y + box.height <= 740).toBe(true);
      expect(new URL(page.url()).pathname).toBe('/c/c-1/sales');
    }
    // The page scrolls by a finger that moves up or down, the chart is read by one that moves aside.
    expect(await chart.evaluate((element) => getComputedStyle(element).touchAction)).toBe('pan-y');
    await page.getByRole('button', { name: 'Show the orders' }).tap();
    await page.waitForURL(/\/rows\?.*kpi=orders/);
    await context.close();
  });

  it('has years on an axis of five years, and no labels that touch, on a phone', async () => {
    const { page, context } = await visit(/Rosa/, phone);
    const today = new Date().toISOString().slice(0, 10);
    const from = `${Number(today.slice(0, 4)) - 5}${today.slice(4, 8)}${today.slice(8)}`;
    const after = new Date(Date.parse(from) + 86_400_000).toISOString().slice(0, 10);
    for (const search of [
      `from=${after}&to=${today}&grain=month`,
      'range=last365&grain=month',
      'range=last365&grain=week',
      'range=last90',
      'range=today',
    ]) {
      await page.goto(`${url}/c/c-1/kpi/orders?${search}`);
      await settled(page);
      await page.locator('svg [data-tick]').first().waitFor({ state: 'attached' });
      expect(await crowdedOn(page)).toEqual([]);
      const labels = await page.locator('svg [data-tick]').allTextContents();
      if (search.startsWith('from')) expect(labels.every((label) => /\d{4}/.test(label))).toBe(true);
      if (search.includes('365')) expect(labels.some((label) => /\d{4}/.test(label))).toBe(true);
    }
    await context.close();
  });

  it('draws what still runs as a part, and says so of it', async () => {
    const { page, context } = await visit(/Rosa/, phone);
    await page.goto(`${url}/c/c-1/kpi/orders?range=year&grain=month`);
    await settled(page);
    expect(await page.locator('svg [data-part]').count()).toBe(1);
    // Its label tells the days that it has.
    expect((await page.locator('svg [data-tick]').allTextContents()).at(-1)).toMatch(/^[A-Z][a-z]{2} \d/);
    const mark = page.locator('article summary', { hasText: 'so far' });
    await mark.focus();
    await page.keyboard.press('Enter');
    await page.getByText('These days are not over yet').first().waitFor();
    await page.keyboard.press('Enter');
    await mark.tap();
    await page.getByText('These days are not over yet').first().waitFor();
    expect(await page.locator('[title]').count()).toBe(0);
    await context.close();
  });

  it('says of how many a rate is, in the card, beside the point and aloud', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/kpi/lateDispatchRate?range=last30&grain=day`);
    await settled(page);
    expect(await page.locator('article').first().textContent()).toMatch(/Parcels shipped: \d+, before \d+/);
    const chart = page.getByRole('slider');
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('[data-tip]').textContent()).toMatch(/Parcels shipped: \d+/);
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/Parcels shipped: \d+/);
    await context.close();
  });

  it('says that the orders could not be loaded, gives another try, and is not called live meanwhile', async () => {
    const { page, context } = await visit(/Rosa/);
    const refuse = (path: RegExp) =>
      page.route(path, (route) => route.fulfill({ status: 400, json: { code: 'bad_request', detail: 'Out of order.' } }));
    await refuse(newOrders);
    await page.goto(`${url}/c/c-1/rows?atRisk=true`);
    await page.getByText('Out of order.').waitFor();
    await page.locator('[data-tone="bg-warn"]').waitFor();
    expect(await page.getByText('Up to date', { exact: true }).count()).toBe(0);
    await page.unroute(newOrders);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Up to date', { exact: true }).waitFor();
    await context.close();
  });

  it('has a way on and a way out at every dead end', async () => {
    const { page, context } = await visit(/Rosa/);
    const deadEnds = ['/c/c-2/overview', '/c/nobody/sales', '/c/c-1/nowhere', '/c/c-1/kpi/nothing'];
    for (const path of deadEnds) {
      await page.goto(url + path);
      await settled(page);
      await page.getByRole('button', { name: 'Sign out' }).first().waitFor();
      await page
        .getByRole('link', { name: /own numbers|Overview/ })
        .first()
        .waitFor();
    }
    await page.route(/\/v1\/creators\/c-1$/, (route) =>
      route.fulfill({ status: 400, json: { code: 'bad_request', detail: 'No profile.' } }),
    );
    await page.goto(`${url}/c/c-1/sales`);
    await page.getByText('No profile.').waitFor();
    await page.getByRole('link', { name: /own numbers/ }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /Harbour/ }).waitFor();
    await context.close();
  });

  it('keeps the menu where a part of it crashes', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.route(/\/kpis\?/, (route) => route.fulfill({ json: { series: [{}] } }));
    await page.goto(`${url}/c/c-1/sales`);
    await page.getByText('This page could not be shown').waitFor();
    await page.getByRole('link', { name: 'Shipping' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).first().waitFor();
    await context.close();
  });
});
