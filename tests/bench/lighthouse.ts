/** What does Lighthouse say of the first screen? It is 176 MB with all it needs: fetched when it is asked for, not with the project. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../make/browser.ts';
import { median, rounded } from './statistics.ts';

const version = '13.5.0';
const folder = join(import.meta.dirname, '..', '..', '.build', 'lighthouse');
const runs = 3;
const categories = ['performance', 'accessibility', 'best-practices'];

interface Report {
  lhr: {
    categories: Record<string, { score: number }>;
    audits: Record<string, { numericValue?: number; score: number | null; title: string }>;
  };
}
type Run = (url: string, flags: object, config: object, page: unknown) => Promise<Report>;
interface Puppeteer {
  launch(options: object): Promise<{ newPage(): Promise<PuppeteerPage>; close(): Promise<void> }>;
}
interface PuppeteerPage {
  goto(url: string): Promise<unknown>;
  waitForSelector(selector: string): Promise<{ click(): Promise<void> } | null>;
}

async function load(): Promise<{ run: Run; desktop: object; puppeteer: Puppeteer }> {
  if (!existsSync(join(folder, 'node_modules', 'lighthouse')))
    execFileSync('npm', ['install', '--no-save', '--prefix', folder, `lighthouse@${version}`], { stdio: 'ignore' });
  const find = createRequire(join(folder, 'here.js'));
  const own = async (name: string) => import(pathToFileURL(find.resolve(name)).href);
  const { default: run, desktopConfig: desktop } = await own('lighthouse');
  const { default: puppeteer } = await own('puppeteer-core');
  return { run, desktop, puppeteer };
}

/** Scores (0 to 100) of a signed-in reader's page, medians of some runs, on the desktop preset and with a CPU four times slower. */
export async function lighthouse(url: string, path: string): Promise<Record<string, unknown>> {
  const { run, desktop, puppeteer } = await load();
  const browser = await puppeteer.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--window-size=1350,940'] });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await (await page.waitForSelector('main li button'))?.click();
    await page.waitForSelector('[data-kpi]');
    const measure = async (settings: object) => {
      const flags = { logLevel: 'error', output: 'json', onlyCategories: categories, disableStorageReset: true };
      const reports: Report['lhr'][] = [];
      for (let i = 0; i < runs; i++) {
        const config = desktop as { settings: object };
        const { lhr } = await run(url + path, flags, { ...config, settings: { ...config.settings, ...settings } }, page);
        reports.push(lhr);
      }
      const audit = (name: string) => Math.round(median(reports.map(({ audits }) => audits[name]?.numericValue ?? Number.NaN)));
      const scores = Object.fromEntries(
        categories.map((name) => [
          name,
          rounded(median(reports.map((report) => (report.categories[name]?.score ?? 0) * 100)), 0),
        ]),
      );
      const failed = Object.values(reports[0]?.audits ?? {}).filter(({ score }) => score !== null && score < 0.9);
      return {
        ...scores,
        'largest paint (ms)': audit('largest-contentful-paint'),
        'blocking (ms)': audit('total-blocking-time'),
        runs,
        'below 90': failed.map(({ title }) => title).join('; '),
      };
    };
    return {
      'Lighthouse, desktop': await measure({}),
      'Lighthouse, desktop, CPU four times slower': await measure({
        throttling: {
          rttMs: 40,
          throughputKbps: 10_240,
          cpuSlowdownMultiplier: 4,
          requestLatencyMs: 0,
          downloadThroughputKbps: 0,
          uploadThroughputKbps: 0,
        },
      }),
    };
  } finally {
    await browser.close();
  }
}
