/** How does a page look with a shop of a thousand products? Answers of the runtime, enlarged on their way to the page. */
import type { Page } from './browser.ts';

export const manyProducts = 1000;

/** The products p-1 to p-1000 in the place of the shop's own, the first the largest, and more than all of them beyond the list. */
export async function giveManyProducts(page: Page): Promise<void> {
  await page.route(/\/kpis\?.*by=product/, async (route) => {
    const answer = (await (await route.fetch()).json()) as { series: Record<string, unknown>[] };
    const part = { ...answer.series[0], dimension: 'product' };
    const listed = Array.from({ length: manyProducts }, (_, i) => ({
      ...part,
      value: `p-${i + 1}`,
      isOther: undefined,
      total: (manyProducts - i) * 100,
    }));
    const rest = { ...part, value: undefined, isOther: true, total: 900_000_000 };
    await route.fulfill({ json: { ...answer, series: [...listed, rest] } });
  });
  await page.route(/\/products\?/, (route) => {
    const ids = (new URL(route.request().url()).searchParams.get('ids') ?? '').split(',');
    return route.fulfill({ json: { products: ids.map((productId) => ({ productId, title: `Title ${productId.slice(2)}` })) } });
  });
}
