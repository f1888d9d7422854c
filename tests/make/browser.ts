/** Which browser do tests and pictures use, and how does somebody sign in with it? */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserServer, chromium, type LaunchOptions, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium: CHROMIUM_PATH, or the first of the usual names on the path; undefined where there is none. */
export function findChromium(): string | undefined {
  const path = process.env.CHROMIUM_PATH;
  if (path) return existsSync(path) ? path : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** Throws where there is none: who asks has looked before. */
function optionsOf(args: string[] = [], without: string[] = []): LaunchOptions {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH.');
  // In a container there is no sandbox to be had; nothing but the embedded runtime is ever opened.
  return { executablePath, args: ['--no-sandbox', ...args], ignoreDefaultArgs: without };
}

/** Starts the browser, with switches more and with some of the usual ones left out. */
export const openBrowser = (args: string[] = [], without: string[] = []): Promise<Browser> =>
  chromium.launch(optionsOf(args, without));

/** Starts one for several processes, which reach it at its address. */
export const shareBrowser = (): Promise<BrowserServer> => chromium.launchServer(optionsOf());

/** The browser at an address. Closing it ends what was opened over this connection, and nothing else. */
export const reachBrowser = (address: string): Promise<Browser> => chromium.connect(address);

/** Signs in with one click as an account of the embedded runtime; resolves when its first screen stands. */
export async function signIn(page: Page, url: string, account: string | RegExp): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: account }).click();
  // Back from the issuer, with a session in this tab, and the code gone from the address.
  await page.waitForFunction(
    () => Object.keys(sessionStorage).some((key) => key.startsWith('oidc.user:')) && !location.search.includes('code='),
  );
  await page.locator('h1').waitFor();
}

export type { Browser, BrowserContext, Page };
