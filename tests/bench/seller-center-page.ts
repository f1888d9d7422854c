/**
 * What does a newcomer see who drops files of Seller Center on the page of an empty service, and are the numbers right? Run by hand:
 * `node tests/bench/seller-center-page.ts <folder> [--pictures <folder>] [--only US]`; each folder in it with a truth.json is a market. Every
 * daily number of its orders and refunds is compared with what the API then says.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRuntime } from '../../local/main.ts';
import { openBrowser, type Page, signIn } from '../make/browser.ts';
import { dropOn } from '../make/drop-on.ts';
import { readingOf } from './seller-center/imported.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { pictures: { type: 'string' }, only: { type: 'string' } },
});
const [root] = positionals;
if (!root) throw new Error('Name the folder of the markets.');

interface Truth {
  currency: string;
  moneyScale: number;
  zone: string;
  firstDay: string;
  lastDay: string;
  orders: { afterBoth: { days: { [day: string]: { [field: string]: number } } } };
  refunds: { byRefundDay: { [day: string]: number } };
}
type Numbers = Map<string, number>;

const fields = ['orders', 'units', 'grossSales', 'sellerDiscounts', 'platformDiscounts', 'shippingCharged'];
const counts = new Set(['orders', 'units']);
const ofRefunds = ['refunds', 'shippingRefunded', 'taxRefunded'];

function truthOf({ orders, refunds }: Truth): Numbers {
  const days = Object.entries(orders.afterBoth.days);
  const sales = days.flatMap(([day, of]) => fields.map((field): [string, number] => [`${day} ${field}`, of[field] ?? 0]));
  const back = Object.entries(refunds.byRefundDay).map(([day, amount]): [string, number] => [`${day} refunds`, amount]);
  return new Map([...sales, ...back].filter(([, number]) => number !== 0));
}

type Ask = (path: string) => Promise<{ series: { name: string; points: { at: string; value: number | null }[] }[] }>;

async function toldBy(ask: Ask, { currency, moneyScale, zone, firstDay, lastDay }: Truth): Promise<Numbers> {
  const { amount } = readingOf(currency, moneyScale, zone);
  const names = [...fields, ...ofRefunds].join();
  const told: Numbers = new Map();
  const { series } = await ask(`/creators/my-shop/kpis?names=${names}&from=${firstDay}&to=${lastDay}&grain=day`);
  for (const { name, points } of series)
    for (const { at, value } of points) {
      const key = `${at} ${ofRefunds.includes(name) ? 'refunds' : name}`;
      if (value) told.set(key, (told.get(key) ?? 0) + (counts.has(name) ? value : amount(value)));
    }
  return told;
}

const differing = (told: Numbers, truth: Numbers): string[] =>
  [...new Set([...told.keys(), ...truth.keys()])]
    .filter((key) => told.get(key) !== truth.get(key))
    .map((key) => `${key}: known ${truth.get(key)}, told ${told.get(key)}`);

async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () => document.fonts.status === 'loaded' && !document.querySelector('.animate-pulse, [aria-busy=true]'),
  );
}

async function tryMarket(market: string, folder: string): Promise<boolean> {
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
  const known = truthOf(truth);
  const dataDir = mkdtempSync(join(tmpdir(), 'newcomer-'));
  const runtime = await startRuntime({ port: 0, dataDir });
  const browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: 'en-GB' })).newPage();
  page.setDefaultTimeout(60_000);
  const take = async (name: string, fullPage = false) => {
    if (!flags.pictures) return;
    await atRest(page);
    await page.screenshot({ path: join(flags.pictures, `drop-files-${name}.png`), fullPage });
  };
  const token = await runtime.token({ roles: ['analyst'] });
  const ask: Ask = async (path) => {
    const answer = await fetch(`${runtime.url}/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    return answer.ok ? answer.json() : { series: [] };
  };
  const names = readdirSync(folder).filter((name) => /\.(xlsx|csv)$/.test(name));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
  try {
    await page.goto(runtime.url);
    await take('1-sign-in');
    await signIn(page, runtime.url, /Your shop/);
    await page.locator('[data-drop-zone]').waitFor();
    await take('2-empty', true);
    const began = performance.now();
    const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
    await dropOn(page, files);
    await page.getByRole('button', { name: 'Count these numbers' }).waitFor();
    const recognised = seconds();
    await take('3-recognised', true);
    await page.getByRole('button', { name: 'Count these numbers' }).click();
    let wrong = differing(await toldBy(ask, truth), known);
    while (wrong.length > 0 && performance.now() - began < 60_000) wrong = differing(await toldBy(ask, truth), known);
    const right = seconds();
    // A shop that was not known before shows its overview as soon as it is.
    await page.getByRole('link', { name: 'Overview' }).waitFor();
    await take('4-overview', true);
    await page.goto(`${runtime.url}/c/my-shop/sales?from=${truth.firstDay}&to=${truth.lastDay}`);
    await take('5-sales', true);
    await page.goto(`${runtime.url}/c/my-shop/sources`);
    await take('6-sources', true);
    console.log(
      `${market}: ${names.length} files; recognised after ${recognised} s, right after ${right} s; ${known.size} daily numbers known, ${wrong.length} different`,
    );
    for (const each of wrong.slice(0, 10)) console.log(`  ${each}`);
    return wrong.length === 0;
  } finally {
    await browser.close();
    await runtime.stop();
    rmSync(dataDir, { recursive: true });
  }
}

let isRight = true;
for (const market of readdirSync(root)) {
  const folder = join(root, market);
  if (!existsSync(join(folder, 'truth.json')) || (flags.only && flags.only !== market)) continue;
  isRight = (await tryMarket(market, folder)) && isRight;
}
process.exit(isRight ? 0 : 1);
