/** What does every screen look like? A picture of each: light and dark, desktop and phone, and every language on a phone: `npm run pictures`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, type Page, signIn } from '../make/browser.ts';

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8787' },
    folder: { type: 'string', default: join(import.meta.dirname, '..', '..', 'docs', '03-reports', 'pictures') },
    only: { type: 'string' },
    languages: { type: 'string', default: 'en,id,es,ar-XB' },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(
    `npm run pictures -- [--url http://127.0.0.1:8787] [--folder docs/03-reports/pictures] [--only overview] [--languages en,id,es,ar-XB]
of a running npm start; ar-XB is English with marks, from right to left. Languages other than English: a phone, light.`,
  );
  process.exit(0);
}

const screens: [name: string, path: string][] = [
  ['overview', 'overview'],
  ['sales', 'sales'],
  ['profit', 'profit?range=lastMonth'],
  ['money', 'money'],
  ['content', 'content'],
  ['goals', 'goals'],
  ['forecast', 'forecast'],
  ['customers', 'customers'],
  ['stock', 'stock'],
  ['products', 'products'],
  ['shipping', 'shipping'],
  ['satisfaction', 'satisfaction'],
  ['operations', 'operations'],
  ['sources', 'sources'],
  ['exports', 'exports'],
  ['dictionary', 'dictionary'],
  ['settings', 'settings'],
  ['number', 'kpi/netSales?range=last30'],
  ['rows', 'rows?kpi=netSales&day='],
];
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 780 } };

/** Everything that was asked for has come: nothing is loading, and a frame has passed. */
async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('.animate-pulse, [aria-busy=true]'));
}

const browser = await openBrowser();
const aDay = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);

/** What a picture is taken with. */
interface Look {
  language: string;
  size: keyof typeof sizes;
  colorScheme: 'light' | 'dark';
}

/** The looks of a language: all of them in English, of any other what is narrowest. */
const looksOf = (language: string): Look[] =>
  language === 'en'
    ? (['desktop', 'phone'] as const).flatMap((size) =>
        (['light', 'dark'] as const).map((colorScheme) => ({ language, size, colorScheme })),
      )
    : [{ language, size: 'phone', colorScheme: 'light' }];

async function takeAll({ language, size, colorScheme }: Look): Promise<void> {
  const viewport = sizes[size];
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 1, locale: 'en-US' });
  const page = await context.newPage();
  const folder = language === 'en' ? flags.folder : join(flags.folder, language);
  mkdirSync(folder, { recursive: true });
  const take = async (name: string): Promise<void> => {
    await atRest(page);
    const path = join(folder, `${name}-${size}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: true });
    console.log(path);
  };
  await page.goto(`${flags.url}/?lang=${language}`);
  if (!flags.only || flags.only === 'sign-in') await take('sign-in');
  await signIn(page, flags.url, /Rosa/);
  if (language === 'en' && size === 'desktop' && colorScheme === 'dark' && (!flags.only || flags.only === 'print')) {
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
  }
  await context.close();
}

for (const look of flags.languages.split(',').flatMap(looksOf)) await takeAll(look);
await browser.close();
