/** Does the dashboard keep its shape and its word, whatever comes: hostile names, absurd numbers, tokens that expire, answers that fail? */
import { expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import type { Page } from '../make/browser.ts';
import { type Dashboard, describeDashboard, settled } from '../make/dashboard.ts';
import { makeEvent } from '../make/events.ts';
import { aLine } from '../make/snapshots.ts';

const hostile = [
  `<img src=x onerror="document.title='owned'">`,
  '\u202Eevil\u202C and "quotes" & ampersands',
  '👩‍👩‍👧‍👦🧴'.repeat(40),
  'x'.repeat(500),
  'سيروم الورد مع مصل فيتامين سي',
];

const now = new Date();
const version = now.getTime();

const creatorOf = (creator: string, data: object): CloudEvent =>
  makeEvent({
    entity: 'creator',
    subject: `creator/${creator}`,
    data: { name: creator, timeZone: 'Asia/Tokyo', currency: 'JPY', ...data },
    creator,
    version,
    time: now.toISOString(),
  });

const orderOf = (creator: string, id: string, line: Record<string, unknown>, data: object = {}): CloudEvent => {
  const at = now.toISOString();
  return makeEvent({
    entity: 'order',
    subject: `order/${id}`,
    data: {
      status: 'paid',
      placedAt: at,
      paidAt: at,
      currency: 'JPY',
      channel: 'live',
      lines: [aLine(line)],
      shippingCharged: 0,
      ...data,
    },
    creator,
    version,
    time: at,
  });
};

/** Signs in as a creator that no button names; the issuer of the embedded runtime takes any id. */
async function enter({ url }: Dashboard, page: Page, creator: string): Promise<void> {
  await page.route('**/config.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), accounts: [{ id: creator, name: creator }] } });
  });
  await page.goto(url);
  await page.getByRole('button', { name: creator }).click();
  await page.waitForURL(/\/c\//);
}

/** The page is no wider than its window. */
const surplusOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describeDashboard(
  'the dashboard',
  (dashboard) => {
    const { url, visit, send } = dashboard;

    it('shows names as text, whatever is in them, and keeps its shape', async () => {
      const creator = `hostile.names-${version}`;
      const products = hostile.map((title, i) =>
        makeEvent({ entity: 'product', subject: `product/h-${i}`, data: { title }, creator, version, time: now.toISOString() }),
      );
      const sales = hostile.map((title, i) =>
        orderOf(creator, `<o-${i}>`, { productId: `h-${i}`, category: title.slice(0, 100), unitPrice: 1000 + i }),
      );
      await send([creatorOf(creator, { name: hostile[0] }), ...products, ...sales]);
      const { page, context, complaints } = await visit(undefined, { viewport: { width: 390, height: 844 } });
      await enter(dashboard, page, creator);
      for (const path of ['overview', 'products?range=today', 'sales?range=today&by=category', 'settings']) {
        await page.goto(`${url}/c/${creator}/${path}`);
        await settled(page);
        expect([path, await surplusOf(page)]).toEqual([path, 0]);
        expect(await page.locator('img').count()).toBe(0);
      }
      await page.goto(`${url}/c/${creator}/products?range=today`);
      await page.getByText('<img src=x').first().waitFor();
      await page.waitForFunction(() => document.title.includes('<img src=x'));
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('tells huge and negative amounts, and a currency without decimals', async () => {
      const creator = `huge-numbers-${version}`;
      const huge = orderOf(creator, 'huge', {
        quantity: 1,
        unitPrice: 9_999_999_999_999,
        sellerDiscount: 0,
        platformDiscount: 0,
        tax: 0,
      });
      const discount = orderOf(creator, 'negative', {
        quantity: 1,
        unitPrice: 0,
        sellerDiscount: 0,
        platformDiscount: 0,
        tax: 0,
      });
      const refund = makeEvent({
        entity: 'refund',
        subject: 'order/negative/refund/r-1',
        data: { status: 'completed', completedAt: now.toISOString(), currency: 'JPY', goodsAmount: 123 },
        creator,
        version,
        time: now.toISOString(),
      });
      await send([creatorOf(creator, {}), huge]);
      const { page, context } = await visit(undefined, { viewport: { width: 390, height: 844 } });
      await enter(dashboard, page, creator);
      await page.getByText('¥9,999,999,999,999').first().waitFor();
      expect(await surplusOf(page)).toBe(0);
      await send([discount, refund]);
      await page.getByText('¥9,999,999,999,876').first().waitFor();
      await context.close();
    });

    it('says what is missing of an address that was edited by hand, and shows the usual', async () => {
      const { page, context } = await visit(/Rosa/);
      await page.goto(`${url}/c/c-1/sales?from=2026-02-31&to=x&grain=minute&kpi=__proto__&by=%3Cscript%3E`);
      await settled(page);
      await page.getByText('Part of this page’s address was not understood').waitFor();
      expect(await page.locator('[data-kpi=netSales]').count()).toBe(1);
      await page.goto(`${url}/c/c-1/kpi/constructor`);
      await page.getByRole('heading', { name: 'There is no such number' }).waitFor();
      await page.goto(`${url}/c/c-1/rows?kpi=netSales&day=yesterday`);
      await page.getByText('This cannot be shown').waitFor();
      await context.close();
    });

    it('says that nothing happened in a range without data', async () => {
      const { page, context } = await visit(/Rosa/);
      await page.goto(`${url}/c/c-1/sales?from=2019-01-01&to=2019-01-31`);
      await page.getByText('No numbers on these days').waitFor();
      await context.close();
    });

    it('renews a token that expires in the middle, unseen; and asks to sign in again when that fails', async () => {
      const { page, context } = await visit(/Rosa/);
      await settled(page);
      let refused = 0;
      await page.route('**/v1/creators/c-1/kpis*', (route) =>
        refused++ === 0 ? route.fulfill({ status: 401, json: { message: 'Unauthorized' } }) : route.continue(),
      );
      await page.getByRole('link', { name: 'Shipping' }).click();
      await page.locator('[data-kpi=onTimeDeliveryRate]').waitFor();
      expect(refused).toBeGreaterThan(1);
      await page.route('**/v1/**', (route) => route.fulfill({ status: 401, json: { message: 'Unauthorized' } }));
      await page.route('**/issuer/token', (route) => route.fulfill({ status: 400, json: { error: 'invalid_grant' } }));
      await page.getByRole('link', { name: 'Satisfaction' }).click();
      await page.getByRole('button', { name: /Harbour/ }).waitFor();
      await context.close();
    });

    it.each([
      [429, 'Too many requests'],
      [500, 'Something went wrong here'],
      [503, 'does not answer'],
    ])('tries again by itself after %s', async (status, detail) => {
      const { page, context } = await visit(/Rosa/);
      let failures = 2;
      await page.route('**/v1/creators/c-1/kpis*', (route) =>
        failures-- > 0
          ? route.fulfill({ status, headers: { 'retry-after': '1' }, json: { code: 'x', detail } })
          : route.continue(),
      );
      await page.goto(`${url}/c/c-1/shipping`);
      await page.locator('[data-kpi=onTimeDeliveryRate]').waitFor();
      await context.close();
    });

    it('keeps what it knew and says how old it is, when the service fails; and tells offline from that', async () => {
      const { page, context } = await visit(/Rosa/);
      await settled(page);
      const before = await page.locator('[data-kpi=orders]').textContent();
      await page.route('**/v1/**', (route) =>
        route.fulfill({ status: 503, json: { code: 'unavailable', detail: 'The store does not answer.' } }),
      );
      await page.getByText('Last known', { exact: true }).waitFor({ timeout: 120_000 });
      expect(await page.locator('[data-kpi=orders]').textContent()).toBe(before);
      await page.unroute('**/v1/**');
      await page.getByText('Up to date', { exact: true }).waitFor({ timeout: 120_000 });
      await context.setOffline(true);
      await page.getByText('Offline', { exact: true }).waitFor();
      expect(await page.locator('[data-kpi=orders]').textContent()).toBe(before);
      await context.setOffline(false);
      await page.getByText('Up to date', { exact: true }).waitFor({ timeout: 120_000 });
      await context.close();
    });

    it('shows a failure with a way to try again, once it has tried by itself', async () => {
      const { page, context } = await visit(/Rosa/);
      await page.route('**/v1/creators/c-1/orders*', (route) =>
        route.fulfill({
          status: 400,
          json: { code: 'bad_request', detail: 'The query is wrong.', issues: [{ path: 'day', message: 'is missing' }] },
        }),
      );
      await page.goto(`${url}/c/c-1/rows?kpi=orders&day=2026-11-20`);
      await page.getByText('day is missing').waitFor();
      await page.unroute('**/v1/creators/c-1/orders*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('table').waitFor();
      await context.close();
    });

    it('waits for a slow answer with shapes of what will come', async () => {
      const { page, context } = await visit(/Rosa/);
      await page.route('**/v1/creators/c-1/kpis*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue();
      });
      await page.goto(`${url}/c/c-1/shipping`);
      await page.getByRole('status', { name: 'Loading the numbers' }).waitFor();
      await page.locator('[data-kpi=onTimeDeliveryRate]').waitFor();
      await context.close();
    });

    it('tells days and ages by the clock of the service, where the machine’s is wrong', async () => {
      const { page, context } = await visit();
      await page.clock.install({ time: new Date(now.getTime() - 40 * 86_400_000) });
      await page.clock.resume();
      await page.goto(url);
      await page.getByRole('button', { name: /Rosa/ }).click();
      await page.locator('[data-kpi=netSales]').waitFor();
      await page.getByRole('link', { name: 'Sales', exact: true }).click();
      const asked = await page.waitForRequest(/\/kpis\?names=/);
      const to = new URL(asked.url()).searchParams.get('to') ?? '';
      expect(Math.abs(Date.parse(to) - now.getTime())).toBeLessThan(3 * 86_400_000);
      await page.getByText(/^Up to date$/).waitFor();
      await context.close();
    });

    it('takes two tabs that change the same thing: nothing is lost', async () => {
      const first = await visit(/Harbour/);
      const second = await first.context.newPage();
      await second.goto(url);
      await second.waitForURL(/\/c\//);
      for (const [page, name] of [
        [first.page, `from the first, ${version}`],
        [second, `from the second, ${version}`],
      ] as const) {
        await page.goto(`${url}/c/c-2/sales`);
        await settled(page);
        await page.getByRole('button', { name: 'Save view' }).click();
        await page.getByLabel('Name').fill(name);
      }
      for (const page of [first.page, second]) await page.getByRole('button', { name: 'Save', exact: true }).click();
      for (const page of [first.page, second]) await page.getByRole('dialog').waitFor({ state: 'detached' });
      await second.goto(`${url}/c/c-2/settings`);
      await second.getByRole('link', { name: `from the first, ${version}` }).waitFor();
      await second.getByRole('link', { name: `from the second, ${version}` }).waitFor();
      await first.context.close();
    });
  },
  { concurrent: true },
);
