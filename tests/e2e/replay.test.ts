/**
 * Do totals move to new definitions exactly when the newest snapshots are replayed while events arrive, and come back from lost records
 * through a new generation? The service runs from a copy of the tree whose KPIs were changed, as after a deployment.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/main.ts';
import { demoHistory } from '../../samples/demo/history.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { archiveBatch } from '../../shared/lake/archive.ts';
import { openLake } from '../../shared/lake/store.ts';
import { postEvents } from '../../shared/sources/post/post-events.ts';
import { readProductDirectory } from '../../shared/store/product-directory.ts';
import { openTable, settingsOf } from '../../shared/store/table.ts';
import { anOrder, aProduct } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';
import { roundsOf } from '../rounds.ts';

const root = join(import.meta.dirname, '../..');
const minutes = 60_000;
const creator = 'c-1';
/** The definitions version after the newest one of the project. */
const next = dictionary.latest + 1;
const now = Date.now();
const [history] = demoHistory({ seed: 1, now });
const events = history ? [...history.events].slice(-roundsOf('replayed')) : [];
const present = Math.floor(events.length * 0.75);
const [early, late] = [events.slice(0, present), events.slice(present)];

/** A copy of the tree in which `orders` counts large ones only from the next definitions version, and a new KPI counts the others. */
function changedTree(): string {
  mkdirSync(join(root, '.build'), { recursive: true });
  const copy = mkdtempSync(join(root, '.build/changed-'));
  for (const folder of ['shared', 'functions', 'infra', 'local', 'commands', 'samples', 'docs/01-specifications'])
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  for (const file of ['package.json', 'cdk.json', 'tsconfig.json']) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, 'shared/kpis/sales.ts');
  const text = readFileSync(file, 'utf8');
  const [whole = '', body = ''] = / {4}orders: (revised\(.*\)),\n/.exec(text) ?? [];
  expect(body).not.toBe('');
  const counted = (when: string) => `measure({ ...orders, when: all(counts, ${when}), by: perOrder, since: ${next} })`;
  const large = "atLeast('orderValue', 3000)";
  writeFileSync(
    file,
    text
      .replace(whole, `    orders: revised(${body}, ${counted(large)}),\n    smallOrders: ${counted(`not(${large})`)},\n`)
      .replace('import { all, is,', 'import { all, atLeast, is,'),
  );
  return copy;
}

const dataDir = mkdtempSync(join(tmpdir(), 'replay-'));
let copy = '';
let runtime: Runtime;

const target = () => ({ url: () => runtime.url, token: () => runtime.token({ roles: ['service'] }) });

async function post(some: CloudEvent[]): Promise<void> {
  const { rejected } = await postEvents(some, { target: target() });
  expect(rejected).toEqual(new Map());
}

async function totals(names: string): Promise<{ [name: string]: number }> {
  const token = await runtime.token({ roles: ['analyst'] });
  const days = [now - 400 * 86_400_000, now + 86_400_000].map((at) => new Date(at).toISOString().slice(0, 10));
  const path = `/v1/creators/${creator}/kpis?names=${names}&from=${days[0]}&to=${days[1]}&grain=total`;
  const answer = await fetch(runtime.url + path, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const { series } = (await answer.json()) as { series: { name: string; total: number }[] };
  return Object.fromEntries(series.map(({ name, total }) => [name, total]));
}

const openKpis = () => openTable(runtime.deployment.tables[0]?.name ?? '', runtime.servers.clients.dynamodb);

async function titles(): Promise<string[]> {
  const told: string[] = [];
  for await (const { listing } of readProductDirectory(openKpis(), creator)) told.push(listing.title);
  return told;
}

/** As a product is that came before there was a catalogue. */
const forgetTitle = async (id: string) => {
  const key = { pk: { S: settingsOf(creator) }, sk: { S: `S#product#${id}` } };
  await openKpis().send(new DeleteItemCommand({ TableName: openKpis().name, Key: key }));
};

/** A command of the changed tree; answers its exit code and what it printed. */
async function run(command: string, ...flags: string[]): Promise<{ code: number; text: string }> {
  const child = spawn(process.execPath, [`commands/${command}.ts`, '--data-dir', dataDir, ...flags], { cwd: copy });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => (text += more));
  const [code] = (await once(child, 'exit')) as [number];
  return { code, text };
}

/** Posts events a few at a time and reads a report between them, for as long as the job takes; every read must be answered. */
async function meanwhile<T>(some: CloudEvent[], job: () => Promise<T>): Promise<T> {
  let isOver = false;
  const reads = (async () => {
    let count = 0;
    for (let i = 0; !isOver || i < some.length; i += 10) {
      if (i < some.length) await post(some.slice(i, i + 10));
      await totals('orders,units,netSales');
      count++;
      await pause(100);
    }
    return count;
  })();
  const result = await job().finally(() => {
    isOver = true;
  });
  expect(await reads).toBeGreaterThan(5);
  return result;
}

const paidOrders = (of: CloudEvent[]): CloudEvent[] => {
  const newest = new Map<string, CloudEvent>();
  for (const event of of)
    if (event.type.includes('.order.') && (newest.get(event.subject)?.entityversion ?? 0) < event.entityversion)
      newest.set(event.subject, event);
  return [...newest.values()].filter(({ data }) => data.paidAt && !data.sample && !data.replacement && !data.gift && !data.test);
};

function orderValueOf({ data }: CloudEvent): number {
  const lines = data.lines as {
    quantity: number;
    unitPrice: number;
    sellerDiscount?: number;
    platformDiscount?: number;
    tax?: number;
  }[];
  return lines.reduce(
    (sum, { quantity, unitPrice, sellerDiscount = 0, platformDiscount = 0, tax = 0 }) =>
      sum + quantity * unitPrice - sellerDiscount - platformDiscount + tax,
    Number(data.shippingCharged ?? 0),
  );
}

beforeAll(async () => {
  runtime = await startRuntime({ port: 0, dataDir, windowSeconds: 1 });
  await post(history ? [history.creator, aProduct({}, { creator }), ...early] : []);
  await runtime.drained();
  expect(await titles()).toEqual(['Rose serum']);
  await forgetTitle('p-1');
  expect((await totals('orders')).orders).toBe(paidOrders(early).length);
  await runtime.stop();
  copy = changedTree();
  const changed = (await import(/* @vite-ignore */ pathToFileURL(join(copy, 'local/main.ts')).href)) as {
    startRuntime: typeof startRuntime;
  };
  // Nobody looks at its pages.
  runtime = await changed.startRuntime({ port: 0, dataDir, windowSeconds: 1, web: 'web/public' });
}, 5 * minutes);
afterAll(async () => {
  await runtime?.stop();
  for (const folder of [dataDir, copy]) if (folder) rmSync(folder, { recursive: true, maxRetries: 5 });
});

describe('replay', () => {
  test('moves the totals to changed and added KPIs exactly, while events arrive', { timeout: 5 * minutes }, async () => {
    const told = await meanwhile(late, () => run('replay', '--creator', creator, '--rate', '400'));
    expect(told).toMatchObject({ code: 0, text: expect.stringMatching(/1 creators, \d+ snapshots replayed/) });
    await runtime.drained();
    expect(await titles()).toEqual(['Rose serum']);
    const orders = paidOrders(events);
    const large = orders.filter((order) => orderValueOf(order) >= 3000).length;
    expect(large).toBeGreaterThan(0);
    expect(await totals('orders,smallOrders')).toEqual({ orders: large, smallOrders: orders.length - large });
    expect(await run('reconcile', '--creator', creator)).toMatchObject({
      code: 0,
      text: expect.stringContaining(' 0 differing'),
    });
  });

  test('brings back a lost batch through a new generation, and there is a way back', { timeout: 5 * minutes }, async () => {
    const before = await totals('orders,smallOrders');
    const lakeBucket = runtime.deployment.functions.find(({ name }) => name === 'archive')?.environment.LAKE_BUCKET ?? '';
    const lost = aStream(
      Array.from({ length: 40 }, (_, n) => anOrder({}, { order: `lost-${n}` })),
      { definitions: next, receivedAt: new Date().toISOString() },
    );
    // The archive has them, aggregate never saw them: as when the stream forgot them before they were read.
    await archiveBatch(openLake(lakeBucket, runtime.servers.clients.s3), lost, 'shardId-lost', async () => {});
    expect(await run('reconcile', '--creator', creator)).toMatchObject({ code: 1, text: expect.stringContaining('lost-0') });

    const more = Array.from({ length: 60 }, (_, n) => anOrder({}, { order: `new-${n}` }));
    const told = await meanwhile(more, () => run('replay', '--creator', creator, '--generation'));
    expect(told).toMatchObject({ code: 0, text: expect.stringContaining('reports read generation 2 from now on') });
    await runtime.drained();
    const after = await totals('orders,smallOrders');
    expect((after.orders ?? 0) + (after.smallOrders ?? 0)).toBe((before.orders ?? 0) + (before.smallOrders ?? 0) + 100);
    expect(await run('reconcile', '--creator', creator)).toMatchObject({ code: 0 });

    expect(await run('replay', '--creator', creator, '--back')).toMatchObject({
      code: 0,
      text: expect.stringContaining('back to generation 1'),
    });
    await runtime.drained();
    expect(await totals('orders,smallOrders')).toEqual(after);
    expect(await run('reconcile', '--creator', creator)).toMatchObject({ code: 0 });
  });
});
