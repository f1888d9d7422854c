/** Can somebody go the whole way: sign in, choose days, follow a number to its rows, take it home as a file; and see a new order arrive? */
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { addDays } from '../../shared/time.ts';
import { formatNumber, type Unit } from '../../web/formatting/numbers.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { makeEvent } from '../make/events.ts';
import { aLine } from '../make/snapshots.ts';

/** "$1,234.56" in cents. */
const cents = (text: string): number => Math.round(Number(text.replace(/[^\d.-]/g, '')) * 100);

type Cells = Record<string, string>;

const cellsOf = (text: string): Cells[] => parse(text, { columns: true, bom: true });

const kinds: { [unit: string]: Unit } = { USD: 'money', '%': 'ratio', count: 'count', seconds: 'seconds' };

/** A number of the file, as the screen would show it: there in dollars or in per cent, here in cents or as a share. */
function shownAs({ Value = '', Unit: unit = '' }: Cells = {}): string {
  const kind = kinds[unit] ?? 'count';
  const value = kind === 'money' ? cents(Value) : kind === 'ratio' ? Number(Value) / 100 : Number(Value);
  return formatNumber(Value ? value : null, { unit: kind, currency: 'USD' });
}

describeDashboard('the way through the dashboard', ({ url, visit, send, ask }) => {
  it('leads from one click to a file that equals the screen', async () => {
    const { page, context, complaints } = await visit(/Rosa/, { acceptDownloads: true });
    await page.getByRole('link', { name: 'Sales', exact: true }).click();
    await page.getByLabel('Range').selectOption('lastMonth');
    await page.getByLabel('Comparison').selectOption('previous_year');
    await page.waitForURL(/range=lastMonth&compare=previous_year/);
    await settled(page);

    // The screen says what the API says.
    await page.getByRole('button', { name: 'Orders', exact: true }).click();
    await page.getByRole('button', { name: 'Show as table' }).click();
    const rows = page.getByRole('table', { name: 'Orders by day' }).getByRole('row');
    const [, first] = await rows.all();
    const days = await rows.count();
    expect(days).toBeGreaterThan(28);

    // From a day of the table to the rows behind it.
    const link = first!.getByRole('link');
    const shown = Number(await link.innerText());
    await link.click();
    await page.waitForURL(/\/rows\?/);
    await settled(page);
    const behind = page.getByRole('table').getByRole('row');
    expect((await behind.count()) - 1).toBe(Math.min(shown, 50));
    await page.goBack();
    await settled(page);

    // To a file, whose numbers are those of the screen.
    const cards = await page
      .locator('[data-kpi]')
      .evaluateAll((all) => all.map((card) => [card.getAttribute('data-kpi'), card.textContent]));
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('button', { name: 'Make the file' }).click();
    await page.waitForURL(/\/exports\?/);
    await page.getByText('Your file is ready.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: /Download/ })
        .first()
        .click(),
    ]);
    const lines = cellsOf(await text(await download.createReadStream()));
    const asked = lines.filter(({ Range }) => Range === 'this range');
    expect(asked.filter(({ Number: title, Row }) => title === 'Orders' && Row === 'Day').length).toBe(days - 1);
    for (const [name, text] of cards) {
      const title = dictionary.entries.get(name ?? '')?.kpi.title;
      const total = asked.find(({ Number: of, Row }) => of === title && Row === 'Whole range');
      expect([name, shownAs(total)]).toEqual([name, text]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows an order that has just been sent, without a reload', async () => {
    const { page, context } = await visit(/Harbour/);
    const orders = page.locator('[data-today=orders]');
    await orders.waitFor();
    const before = Number((await orders.innerText()).replaceAll(',', ''));
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const now = new Date().toISOString();
    const version = Date.now();
    const data = {
      status: 'paid',
      placedAt: now,
      paidAt: now,
      currency: 'GBP',
      channel: 'live',
      lines: [aLine()],
      shippingCharged: 0,
    };
    await send([makeEvent({ entity: 'order', subject: `order/live-${version}`, data, creator: 'c-2', version, time: now })]);
    await page.waitForFunction(
      (wanted) => document.querySelector('[data-today=orders]')?.textContent?.replaceAll(',', '') === String(wanted),
      before + 1,
      { timeout: 120_000 },
    );
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    await context.close();
  });

  it('says on every screen what the API says', async () => {
    const { page, context } = await visit(/Sabor/);
    await page.goto(`${url}/c/c-3/overview`);
    await settled(page);
    const dashboard = (await (await ask('/creators/c-3/dashboard', 'c-3')).json()) as {
      headline: { name: string; unit: string; total: number; points: { at: string }[] }[];
    };
    for (const { name, unit, total } of dashboard.headline) {
      const text = await page.locator(`[data-kpi=${name}]`).innerText();
      if (unit === 'money') expect(cents(text)).toBe(total);
      if (unit === 'count') expect(Number(text.replaceAll(',', ''))).toBe(total);
      if (unit === 'ratio') expect(Number(text.replace('%', ''))).toBeCloseTo(total * 100, 1);
    }
    await context.close();
  });

  it('shares a view by its address', async () => {
    const to = addDays(new Date().toISOString().slice(0, 10), -5);
    const address = `${url}/c/c-1/sales?from=${addDays(to, -9)}&to=${to}&compare=none&grain=week&kpi=units&by=category&refundsBy=order_date`;
    const { page, context } = await visit();
    await page.goto(address);
    await page.getByRole('button', { name: /Rosa/ }).click();
    await page.waitForURL(address);
    await settled(page);
    await page.getByRole('button', { name: /^Choose days/ }).click();
    expect(await page.getByLabel('First day').inputValue()).toBe(addDays(to, -9));
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Group by').inputValue()).toBe('week');
    expect(await page.getByLabel('Refunds', { exact: true }).inputValue()).toBe('order_date');
    expect(await page.getByRole('button', { name: 'Units', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('heading', { name: 'Units by category' }).waitFor();
    await context.close();
  });

  it('keeps a view under a name, and forgets it again', async () => {
    const { page, context } = await visit(/Rosa/);
    await page.goto(`${url}/c/c-1/shipping?range=last7`);
    await settled(page);
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name').fill('Late <b>parcels</b>');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Late <b>parcels</b>' }).click();
    await page.waitForURL(/shipping\?range=last7/);
    await page.goBack();
    await page.getByRole('button', { name: 'Delete the view Late <b>parcels</b>' }).click();
    await page.getByText('None yet: press Save view').waitFor();
    await context.close();
  });
});
