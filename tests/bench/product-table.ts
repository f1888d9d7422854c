/** Is a table of a thousand products read without a stutter? Tasks over 50 ms while it is sorted, searched, turned over and scrolled. */
import { type Browser, openBrowser, signIn } from '../make/browser.ts';
import { startDemo } from '../make/demo-runtime.ts';
import { giveManyProducts } from '../make/many-products.ts';
import { rounded } from './statistics.ts';

const rounds = 5;

async function read(browser: Browser, url: string, slowdown: number) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1350, height: 940 } });
  const page = await context.newPage();
  await signIn(page, url, /Rosa/);
  await giveManyProducts(page);
  await page.goto(`${url}/c/c-1/products`);
  await page.getByText('Title 1', { exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  const tasksSoFar = () => page.evaluate(() => (window as unknown as { tasks: number[] }).tasks.splice(0));
  const table = page.getByRole('table', { name: 'Net sales by product' });
  const next = page.getByRole('button', { name: 'Next page' });
  const search = page.getByRole('searchbox', { name: 'Search' });
  const found: Record<string, number[]> = { sorted: [], searched: [], 'turned over': [], scrolled: [] };
  const note = async (what: string): Promise<void> => {
    // An entry is told a frame after its task has ended.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    found[what]?.push(...(await tasksSoFar()));
  };
  await tasksSoFar();
  for (let i = 0; i < rounds; i++) {
    for (const head of await table.getByRole('columnheader').getByRole('button').all()) await head.click();
    await note('sorted');
    await search.pressSequentially('title 77', { delay: 30 });
    await search.fill('');
    await note('searched');
    for (let page = 0; page < 10; page++) await next.click();
    await note('turned over');
    for (let step = 0; step < 20; step++) await page.mouse.wheel(0, step < 10 ? 200 : -200);
    await note('scrolled');
  }
  await context.close();
  return Object.fromEntries(
    Object.entries(found).map(([what, tasks]) => [
      what,
      { 'tasks over 50 ms': tasks.length, 'longest (ms)': rounded(Math.max(0, ...tasks), 0), rounds },
    ]),
  );
}

export async function productTable(): Promise<Record<string, unknown>> {
  const runtime = await startDemo();
  const browser = await openBrowser();
  try {
    return {
      'as it is': await read(browser, runtime.url, 1),
      'CPU four times slower': await read(browser, runtime.url, 4),
    };
  } finally {
    await browser.close();
    await runtime.stop();
  }
}
