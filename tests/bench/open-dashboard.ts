/**
 * What does a dashboard cost that stands open, and how soon does it show an event? A real page of each checkout (`--against ../base`), both
 * at the same time: minutes in which nothing happens, single events after a quiet while, and minutes with an event every few seconds.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { typeOf } from '../../shared/events/entities.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { type Browser, openBrowser, type Page, signIn } from '../make/browser.ts';
import type { Ready, Units } from './metered-service.ts';
import { median, rounded } from './statistics.ts';

const here = join(import.meta.dirname, '../..');
const busyEvery = 4_000;
/** Beyond it (ms) a shop is quiet. */
const quietWhile = 62_000;
const samples = 5;

export interface OpenDashboardOptions {
  /** For which calls are counted, quiet and busy. */
  minutes: number;
  /** Another checkout. */
  against?: string | undefined;
}

/** Requests by route, and what was answered. */
type Calls = Map<string, number>;

interface Open {
  name: string;
  child: ChildProcess;
  folder: string;
  ready: Ready;
  page: Page;
  calls: Calls;
  /** Orders of today that were sent. */
  sent: number;
}

const messageOf = <Message>(child: ChildProcess): Promise<Message> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });

/** `GET kpis 304`: what a page asked, without the creator. */
const routeOf = (method: string, url: string, status: number): string =>
  `${method} ${new URL(url).pathname.replace(/^\/v1(\/creators\/c-1)?\/?/, '') || 'profile'} ${status}`;

/** Starts a checkout's service and opens the first screen of its first shop, which then notes when the orders of today change. */
async function open(browser: Browser, name: string, checkout: string): Promise<Open> {
  const folder = mkdtempSync(join(tmpdir(), 'open-dashboard-'));
  const child = fork(join(import.meta.dirname, 'metered-service.ts'), [checkout, join(folder, 'data')], { stdio: 'inherit' });
  const ready = await messageOf<Ready>(child);
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1350, height: 940 } });
  const page = await context.newPage();
  const calls: Calls = new Map();
  page.on('response', (response) => {
    const url = response.url();
    if (!url.startsWith(`${ready.url}/v1/`)) return;
    const route = routeOf(response.request().method(), url, response.status());
    calls.set(route, (calls.get(route) ?? 0) + 1);
  });
  await signIn(page, ready.url, /Rosa/);
  // Known to both; the other parts of the screen follow.
  await page.locator('[data-today=orders]').waitFor();
  await page.evaluate(() => {
    const seen: [value: number, at: number][] = [];
    const look = () => {
      const text = document.querySelector('[data-today=orders]')?.textContent ?? '';
      const value = Number(text.replaceAll(/\D/g, ''));
      if (value !== seen.at(-1)?.[0]) seen.push([value, Date.now()]);
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { seen });
  });
  return { name, child, folder, ready, page, calls, sent: 0 };
}

async function unitsOf({ child }: Open): Promise<Units> {
  const answer = messageOf<Units>(child);
  child.send('units');
  return answer;
}

/** An order of now, due in two days. */
function orderOf(n: number): CloudEvent {
  const now = Date.now();
  const at = (ms: number) => new Date(now + ms).toISOString();
  return {
    specversion: '1.0',
    id: `open-${n}-${now}`,
    source: '/bench',
    type: typeOf('order'),
    subject: `order/open-${n}-${now}`,
    time: at(0),
    creatorid: 'c-1',
    entityversion: now,
    data: {
      status: 'paid',
      placedAt: at(-1000),
      paidAt: at(-1000),
      currency: 'USD',
      channel: 'live',
      lines: [
        {
          productId: 'p-1',
          sku: 's-1',
          category: 'beauty',
          quantity: 1,
          unitPrice: 1999,
          sellerDiscount: 0,
          platformDiscount: 0,
          tax: 160,
        },
      ],
      shippingCharged: 499,
      shipBy: at(48 * 3_600_000),
      deliverBy: at(7 * 24 * 3_600_000),
    },
  };
}

/** Posts one order; answers when it was accepted. */
async function post(opened: Open): Promise<number> {
  const answer = await fetch(`${opened.ready.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${opened.ready.writer}`, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify([orderOf(opened.sent)]),
  });
  const text = await answer.text();
  if (answer.status !== 202 || JSON.parse(text).rejected.length) throw new Error(`POST /v1/events: ${answer.status} ${text}`);
  opened.sent += 1;
  return Date.now();
}

/** Seconds from each acceptance until the page shows so many orders more than at its beginning; waits for the last of them. */
async function secondsUntilShown({ page }: Open, before: number, accepted: number[]): Promise<number[]> {
  const seen = await page.waitForFunction(
    (last) => {
      const all = (window as unknown as { seen: [number, number][] }).seen;
      return (all.at(-1)?.[0] ?? 0) >= last && all;
    },
    before + accepted.length,
    { timeout: 60_000 },
  );
  const all = (await seen.jsonValue()) as [number, number][];
  return accepted.map((at, i) => {
    const shown = all.find(([value]) => value > before + i)?.[1] ?? Number.NaN;
    return rounded((shown - at) / 1000, 1);
  });
}

const ordersShown = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { seen: [number, number][] }).seen.at(-1)?.[0] ?? 0);

/** Calls and read units an hour, of some minutes. */
async function countDuring(opened: Open, minutes: number, meanwhile: () => Promise<unknown>) {
  opened.calls.clear();
  await unitsOf(opened);
  await Promise.all([pause(minutes * 60_000), meanwhile()]);
  const perHour = (n: number) => Math.round((n * 60) / minutes);
  const { units } = await unitsOf(opened);
  const total = [...opened.calls.values()].reduce((sum, n) => sum + n, 0);
  const byRoute = Object.fromEntries([...opened.calls].sort().map(([route, n]) => [route, perHour(n)]));
  return { calls: perHour(total), readUnits: perHour(units), byRoute };
}

/** Accepts an order every few seconds for some minutes; answers when each was accepted. */
async function beBusy(opened: Open, minutes: number): Promise<number[]> {
  const accepted: number[] = [];
  const began = Date.now();
  for (let n = 0; n * busyEvery < minutes * 60_000; n++) {
    await pause(Math.max(0, began + n * busyEvery - Date.now()));
    accepted.push(await post(opened));
  }
  return accepted;
}

/** Single orders, each after a quiet while and at another moment of the page's rhythm. */
async function singles(opened: Open): Promise<number[]> {
  const seconds: number[] = [];
  for (let n = 0; n < samples; n++) {
    await pause(quietWhile + (n * 9_000) / samples);
    const before = await ordersShown(opened.page);
    seconds.push(...(await secondsUntilShown(opened, before, [await post(opened)])));
  }
  return seconds;
}

async function measure(opened: Open, minutes: number) {
  await pause(30_000);
  const quiet = await countDuring(opened, minutes, async () => {});
  const single = await singles(opened);
  // The rhythm of a busy shop is there after a while.
  await beBusy(opened, 0.5);
  await pause(15_000);
  const before = await ordersShown(opened.page);
  let accepted: number[] = [];
  const busy = await countDuring(opened, minutes, async () => {
    accepted = await beBusy(opened, minutes);
  });
  const shown = await secondsUntilShown(opened, before, accepted);
  return { quiet, single, busy, shown };
}

async function close({ child, folder, page }: Open): Promise<void> {
  await page.context().close();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await ended;
  rmSync(folder, { recursive: true, maxRetries: 5 });
}

/** An hour of an open dashboard, extrapolated from some minutes, and seconds until an event is shown, by checkout. */
export async function openDashboard({ minutes, against }: OpenDashboardOptions): Promise<Record<string, unknown>> {
  const checkouts: [name: string, path: string][] = [
    ['this', here],
    ...(against ? [['other', against] as [string, string]] : []),
  ];
  const browser = await openBrowser();
  const opened: Open[] = [];
  try {
    for (const [name, path] of checkouts) opened.push(await open(browser, name, path));
    const measured = await Promise.all(opened.map(async (one) => [one.name, await measure(one, minutes)] as const));
    return Object.fromEntries(
      measured.flatMap(([name, { quiet, single, busy, shown }]) => [
        [`${name}, quiet, an hour (of ${minutes} min)`, quiet],
        [`${name}, quiet: accepted → on the screen (s)`, single],
        [`${name}, an event every ${busyEvery / 1000} s, an hour (of ${minutes} min)`, busy],
        [
          `${name}, busy: accepted → on the screen (s)`,
          { median: median(shown), most: Math.max(...shown), n: shown.length, all: shown },
        ],
      ]),
    );
  } finally {
    for (const one of opened) await close(one);
    await browser.close();
  }
}
