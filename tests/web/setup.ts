/** What do all tests of the dashboard share? One embedded runtime with the demo's year and one browser, or the knowledge that there is none. */
import type { TestProject } from 'vitest/node';
import { findChromium, shareBrowser } from '../make/browser.ts';
import { startDemo } from '../make/demo-runtime.ts';
import { type StandInApp, standInApp, startShop } from '../make/stand-in.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the runtime; '' where there is no browser to open it with. */
    url: string;
    /** Keys of the stand-in for TikTok Shop whose app the runtime has. */
    standIn: StandInApp;
    /** Address of the browser; '' where there is none. */
    browser: string;
  }
}

const missing = `There is no Chromium, so the dashboard's tests in a browser are SKIPPED: apt-get install chromium, or set CHROMIUM_PATH.`;

/** DASHBOARD_URL names a runtime that is running already, to work on one test without waiting for the demo. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!findChromium()) {
    if (process.env.BROWSER_TESTS === 'required') throw new Error(missing);
    console.error(`\n${missing}\n`);
    project.provide('url', '');
    project.provide('browser', '');
    return undefined;
  }
  const browser = await shareBrowser();
  project.provide('browser', browser.wsEndpoint());
  const { DASHBOARD_URL: url } = process.env;
  let address = url ?? '';
  const shop = await startShop(() => address);
  const runtime = url ? { url, stop: async () => {} } : await startDemo({ windowSeconds: 0, vendorKeys: shop.vendorKeys });
  address = runtime.url;
  project.provide('url', runtime.url);
  project.provide('standIn', standInApp);
  return async () => {
    await browser.close();
    await runtime.stop();
    await shop.stop();
  };
}
