/** What does a newcomer see in the first hour? Pictures of it for docs/02-implementation/first-hour.md, of an empty runtime. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser, type Page, signIn } from '../make/browser.ts';

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8787' },
    folder: { type: 'string', default: join(import.meta.dirname, '..', '..', 'docs', '02-implementation', 'pictures') },
  },
});
const { url, folder } = flags;
const browser = await openBrowser();
const look = { viewport: { width: 1100, height: 700 }, colorScheme: 'light', locale: 'en-GB' } as const;

/** Nothing is loading, the letters are there, and what comes live has come. */
async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () => document.fonts.status === 'loaded' && !document.querySelector('.animate-pulse, [aria-busy=true]'),
  );
}
async function take(page: Page, name: string, fullPage = false): Promise<void> {
  await atRest(page);
  await page.screenshot({ path: join(folder, `first-hour-${name}.png`), fullPage });
}

const page = await (await browser.newContext(look)).newPage();
await page.goto(url);
await take(page, '1-sign-in');
await signIn(page, url, /Analyst/);
await page.getByText('Try it with a small shop').waitFor();
await take(page, '2-first-steps', true);
execFileSync('npm', ['run', 'import', '--', 'csv', 'samples/old-shop'], { stdio: 'inherit' });

const other = await (await browser.newContext(look)).newPage();
await other.goto(url);
await other.getByRole('button', { name: /Nona/ }).waitFor();
await take(other, '3-sign-in-again');
await signIn(other, url, /Nona/);
await other.getByText('latest sale was on 29 Aug 2018').waitFor();
await take(other, '4-where-the-numbers-are');
await other.getByRole('link', { name: 'Show all of them' }).click();
await other.waitForURL('**/sales?**');
await take(other, '5-sales');
await browser.close();
