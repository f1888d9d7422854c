/** How fast is the first screen, for a reader with a year of numbers? In a real browser, with nothing kept from before. */
import { gzipSync } from 'node:zlib';
import { type BrowserContext, openBrowser, type Page, signIn } from '../make/browser.ts';
import { startDemo } from '../make/demo-runtime.ts';
import { lighthouse } from './lighthouse.ts';
import { median, rounded } from './statistics.ts';

const runs = 9;
const overview = '/c/c-1/overview';

interface Paint {
  largestPaint: number;
  layoutShift: number;
}

/** What the browser tells of a page once its numbers are there and it has come to rest. */
async function paintOf(page: Page, url: string): Promise<Paint> {
  await page.goto(url + overview);
  await page.locator('[data-kpi=netSales]').waitFor();
  await page.getByRole('heading', { name: 'What changed most' }).waitFor();
  await page.waitForLoadState('networkidle');
  return page.evaluate(
    () =>
      new Promise<Paint>((resolve) => {
        const found = { largestPaint: 0, layoutShift: 0 };
        new PerformanceObserver((list) => {
          found.largestPaint = list.getEntries().at(-1)?.startTime ?? 0;
        }).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!entry.hadRecentInput) found.layoutShift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => setTimeout(() => resolve(found), 100));
      }),
  );
}

/** Milliseconds from an interaction to the next frame, for each of those that a reader does most. */
async function interactionsOf(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const durations: number[] = [];
    Object.assign(window, { durations });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (entry.interactionId) durations.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.getByRole('button', { name: 'Orders', exact: true }).click();
  await page.getByRole('button', { name: 'What Net sales means' }).first().click();
  await page.getByRole('dialog').getByText('Formula').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Sales', exact: true }).click();
  await page.getByRole('button', { name: 'Units', exact: true }).click();
  await page.getByRole('button', { name: 'Show as table' }).click();
  await page.getByLabel('Range').selectOption('last365');
  await page.waitForFunction(() => location.search.includes('last365') && !document.querySelector('[aria-busy=true]'));
  return page.evaluate(
    () => new Promise((resolve) => setTimeout(() => resolve((window as unknown as { durations: number[] }).durations), 300)),
  );
}

/** A page that is signed in and keeps no file from one load to the next. */
async function forgetful(context: BrowserContext, url: string) {
  const page = await context.newPage();
  await signIn(page, url, /Rosa/);
  const session = await context.newCDPSession(page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return { page, session };
}

async function visits(context: BrowserContext, url: string, slowdown: number) {
  const { page, session } = await forgetful(context, url);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const paints: Paint[] = [];
  const slowest: number[] = [];
  for (let i = 0; i < runs; i++) {
    paints.push(await paintOf(page, url));
    slowest.push(Math.max(...(await interactionsOf(page))));
  }
  await page.close();
  const spread = (values: number[], digits = 0) => ({
    median: rounded(median(values), digits),
    least: rounded(Math.min(...values), digits),
    most: rounded(Math.max(...values), digits),
    n: values.length,
  });
  return {
    'largest paint (ms)': spread(paints.map(({ largestPaint }) => largestPaint)),
    'layout shift': spread(
      paints.map(({ layoutShift }) => layoutShift),
      4,
    ),
    'slowest interaction (ms)': spread(slowest),
  };
}

/** Kilobytes of JavaScript that the overview loads, as gzip. */
async function scriptsOf(context: BrowserContext, url: string): Promise<Record<string, number>> {
  const { page } = await forgetful(context, url);
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await page.goto(url + overview);
  await page.waitForLoadState('networkidle');
  const all = await Promise.all(sizes);
  await page.close();
  return { files: all.length, 'kB gzip': rounded(all.reduce((sum, size) => sum + size, 0) / 1000) };
}

/** Largest paint, layout shift and interactions, as the machine is and four times slower; scripts; Lighthouse. */
export async function dashboard(): Promise<Record<string, unknown>> {
  const runtime = await startDemo();
  const browser = await openBrowser();
  try {
    const context = () => browser.newContext({ locale: 'en-US', viewport: { width: 1350, height: 940 } });
    const figures = {
      'scripts of the first load': await scriptsOf(await context(), runtime.url),
      'as it is': await visits(await context(), runtime.url, 1),
      'CPU four times slower': await visits(await context(), runtime.url, 4),
    };
    return { ...figures, ...(await lighthouse(runtime.url, overview)) };
  } finally {
    await browser.close();
    await runtime.stop();
  }
}
