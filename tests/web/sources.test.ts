/** Does a seller without a number come to a connected shop by the screen Sources alone, and see there what is wrong later on? */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, inject, it, vi } from 'vitest';
import { signWebhook } from '../../shared/sources/tiktok-shop/sign.ts';
import type { Page } from '../make/browser.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { makeCreator } from '../make/events.ts';
import { surplusOf } from '../make/layout.ts';

/** Waits until the tile of a shop tells this state. An open page looks every half minute: it is looked at anew instead. */
const becomes = (page: Page, state: string) =>
  vi.waitFor(
    async () => {
      await page.reload();
      await settled(page);
      expect(await page.locator('[data-source-state]').first().getAttribute('data-source-state')).toBe(state);
    },
    { timeout: 90_000, interval: 200 },
  );
const missing = (page: Page) =>
  page.locator('[data-missing]').evaluateAll((all) => all.map((each) => each.getAttribute('data-missing')));
const axe = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 160)}`);

describeDashboard('a shop without a number', ({ url, visit, send }) => {
  it('is led to Sources, connects there, and connects again when consent was withdrawn', async () => {
    const { appKey, appSecret, shopId } = inject('standIn');
    await send([
      makeCreator(
        'c-join',
        { name: 'Joining shop', timeZone: 'America/Los_Angeles', currency: 'USD', country: 'US' },
        '2026-01-01T00:00:00Z',
      ),
    ]);
    const { page, context, complaints } = await visit('Joining shop', { viewport: { width: 390, height: 844 } });
    // In a seller's words: commands are folded away.
    expect(await page.locator('[data-command]').first().isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Connect your shop' }).click();
    await page.waitForURL('**/c/c-join/sources');
    await settled(page);
    await becomes(page, 'not_connected');
    expect(await missing(page)).toEqual(['order', 'review', 'shipment', 'unit-cost']);
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: 'Connect TikTok Shop' }).click();
    await page.getByText('Connected: Stand-in shop.').waitFor();
    // Neither code nor state stays in the address.
    await page.waitForURL('**/c/c-join/sources');
    await becomes(page, 'connected');
    await settled(page);
    expect(await page.locator('[data-source=tiktok-shop]').innerText()).toMatch(/Within 24 hours\s+[1-9]/);
    await vi.waitFor(
      async () => {
        await page.reload();
        await settled(page);
        expect(await missing(page)).toEqual(['review', 'unit-cost']);
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(await axe(page)).toEqual([]);
    expect(await surplusOf(page)).toBe(0);

    const body = JSON.stringify({ type: 6, tts_notification_id: 'gone-1', shop_id: shopId, timestamp: 1, data: {} });
    const headers = { 'content-type': 'application/json', authorization: signWebhook(body, appKey, appSecret) };
    expect((await fetch(`${url}/v1/webhooks/tiktok-shop`, { method: 'POST', headers, body })).status).toBe(200);
    await becomes(page, 'reconnect');
    await page.getByText('the seller has withdrawn consent').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Connect again' }).click();
    await page.getByText('Connected: Stand-in shop.').waitFor();
    await page.goto(`${url}/c/c-join/sources`);
    await becomes(page, 'connected');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is told when a consent that did not begin here comes back, once, and nothing is connected', async () => {
    await send([makeCreator('c-lured', { name: 'Lured shop', currency: 'USD' }, '2026-01-01T00:00:00Z')]);
    const { page, context } = await visit('Lured shop');
    await page.goto(`${url}/c/c-lured/sources?consent=tiktok-shop&back=code%3Dc%26state%3Dmade.up`);
    await page.getByText('The shop was not connected.').waitFor();
    await page.getByText('This did not begin here').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await becomes(page, 'not_connected');
    expect(await page.getByText('The shop was not connected.').count()).toBe(0);
    await context.close();
  });

  it('of an analyst’s view has nothing to press', async () => {
    const { page, context } = await visit(/Analyst/);
    await page.goto(`${url}/c/c-1/sources`);
    await becomes(page, 'not_connected');
    expect(await page.getByRole('button', { name: 'Connect TikTok Shop' }).count()).toBe(0);
    await context.close();
  });
});
