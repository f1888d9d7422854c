/** What do all tests of the dashboard share? One embedded runtime with the demo's year, and the knowledge whether there is a browser. */
import type { TestProject } from 'vitest/node';
import { findChromium } from '../make/browser.ts';
import { startDemo } from '../make/demo-runtime.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the runtime; '' where there is no browser to open it with. */
    url: string;
  }
}

const missing = `There is no Chromium, so the dashboard's tests in a browser are SKIPPED: apt-get install chromium, or set CHROMIUM_PATH.`;

/** DASHBOARD_URL names a runtime that is running already, to work on one test without waiting for the demo. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!findChromium()) {
    if (process.env.BROWSER_TESTS === 'required') throw new Error(missing);
    console.error(`\n${missing}\n`);
    project.provide('url', '');
    return undefined;
  }
  if (process.env.DASHBOARD_URL) {
    project.provide('url', process.env.DASHBOARD_URL);
    return undefined;
  }
  const { url, stop } = await startDemo({ windowSeconds: 0 });
  project.provide('url', url);
  return stop;
}
