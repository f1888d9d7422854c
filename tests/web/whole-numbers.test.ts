/** Does every number stand in one line on a phone, its digits, sign and currency together, however large it is? */
import { expect, it } from 'vitest';
import { describeDashboard, screenPaths, settled } from '../make/dashboard.ts';
import { brokenNumbersOn } from '../make/layout.ts';

const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
const paths = [...screenPaths, `rows?kpi=netSales&day=${day}`, 'rows?atRisk=true', 'sales?range=today', 'kpi/refundRate'];

/** The same shop, as if it counted in rupiah, lost, and much of it. */
function enlarged(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(enlarged);
  if (typeof given !== 'object' || given === null) return given;
  const entries = Object.entries(given).map(([name, value]): [string, unknown] => {
    if (name === 'currency') return [name, 'IDR'];
    const isAmount = typeof value === 'number' && (name === 'total' || name === 'value') && Math.abs(value) > 100;
    return [name, isAmount ? -(Number(value) * 1_000_000 + 123_456_789) : enlarged(value)];
  });
  return Object.fromEntries(entries);
}

describeDashboard('every number on a phone', ({ url, visit }) => {
  it('stands in one line', async () => {
    const { page, context } = await visit(/Rosa/, { viewport: { width: 360, height: 740 } });
    for (const path of paths) {
      await page.goto(`${url}/c/c-1/${path}`);
      await settled(page);
      expect(await brokenNumbersOn(page)).toEqual([]);
    }
    await context.close();
  });

  it('stands in one line where it is a negative amount of seventeen digits', async () => {
    const { page, context } = await visit(/Rosa/, { viewport: { width: 360, height: 740 } });
    await page.route('**/v1/creators/**', async (route) => {
      const response = await route.fetch();
      if (!response.ok()) return route.fulfill({ response });
      await route.fulfill({ response, json: enlarged(await response.json()) });
    });
    for (const path of ['overview', 'sales', 'products']) {
      await page.goto(`${url}/c/c-1/${path}`);
      await settled(page);
      expect(await page.locator('[data-kpi]').first().textContent()).toMatch(/^-\u2060?IDR/);
      expect(await brokenNumbersOn(page)).toEqual([]);
      const surplus = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(`${path} ${surplus}`).toBe(`${path} 0`);
    }
    // What is still asked for must not be answered by a page that is gone.
    await page.unrouteAll({ behavior: 'wait' });
    await context.close();
  });

  it('is found where it breaks: the check can fail', async () => {
    const { page, context } = await visit(/Rosa/, { viewport: { width: 360, height: 740 } });
    await page.evaluate(() => {
      document.body.innerHTML = '<p>$1,234,567.89</p>';
      Object.assign((document.body.firstElementChild as HTMLElement).style, { width: '2rem', overflowWrap: 'anywhere' });
    });
    expect(await brokenNumbersOn(page)).toHaveLength(1);
    await context.close();
  });
});
