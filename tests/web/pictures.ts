/** What does every screen look like? A picture of each, light and dark, desktop and phone: `npm run pictures`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, type Page, signIn } from '../make/browser.ts';

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8787' },
    folder: { type: 'string', default: join(import.meta.dirname, '..', '..', 'docs', '03-reports', 'pictures') },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(
    'npm run pictures -- [--url http://127.0.0.1:8787] [--folder docs/03-reports/pictures] [--only overview]\nof a running npm start',
  );
  process.exit(0);
}

const screens: [name: string, path: string][] = [
  ['overview', 'overview'],
  ['sales', 'sales'],
  ['products', 'products'],
  ['shipping', 'shipping'],
  ['satisfaction', 'satisfaction'],
  ['operations', 'operations'],
  ['exports', 'exports'],
  ['dictionary', 'dictionary'],
  ['settings', 'settings'],
  ['number', 'kpi/netSales?range=last30'],
  ['rows', 'rows?kpi=netSales&day='],
];
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** Everything that was asked for has come: nothing is loading, and a frame has passed. */
async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('.animate-pulse, [aria-busy=true]'));
}

const browser = await openBrowser();
mkdirSync(flags.folder, { recursive: true });
const aDay = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
for (const [size, viewport] of Object.entries(sizes))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 1, locale: 'en-US' });
    const page = await context.newPage();
    const take = async (name: string): Promise<void> => {
      await atRest(page);
      await page.screenshot({ path: join(flags.folder, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    };
    await page.goto(flags.url);
    if (!flags.only || flags.only === 'sign-in') await take('sign-in');
    await signIn(page, flags.url, /Rosa/);
    if (size === 'desktop' && colorScheme === 'dark' && (!flags.only || flags.only === 'print')) {
      // On paper it is light, whatever the screen is.
      await page.goto(`${flags.url}/c/c-1/overview`);
      await atRest(page);
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 794, height: 1123 });
      await take('overview-on-paper');
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize(viewport);
    }
    for (const [name, path] of screens) {
      if (flags.only && flags.only !== name) continue;
      await page.goto(`${flags.url}/c/c-1/${path.endsWith('day=') ? path + aDay : path}`);
      await take(name);
      console.log(`${name} ${size} ${colorScheme}`);
    }
    await context.close();
  }
await browser.close();
