/** Do the commands of the first-run page run word for word, in a checkout with a runtime that is empty? */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importOwn, importSample, type Place, sendOrder, startDemo } from '../../web/session/commands.ts';

const run = promisify(execFile);
// A folder that is a checkout in all but what a command writes into it.
const checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
for (const name of readdirSync(process.cwd()))
  if (!['.git', '.data', 'my-shop'].includes(name)) symlinkSync(join(process.cwd(), name), join(checkout, name));
let runtime: ChildProcess;
let said = '';
let place: Place = { origin: '', dataDir: 'my data' };

const words = (text: string): string[] => text.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? [];
const bash = (command: string) => run('bash', ['-c', command], { cwd: checkout, timeout: 120_000 });
const ask = async (path: string, token: string) => {
  const response = await fetch(`${place.origin}/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, json: await response.json() };
};
const tokenOf = async (creator: string): Promise<string> =>
  (await bash(`npm run --silent token -- --creator ${creator} --data-dir 'my data'`)).stdout.trim();
const ordersOf = async (creator: string, from: string, to: string): Promise<unknown> => {
  const query = `names=orders&from=${from}&to=${to}&grain=total`;
  const { json } = await ask(`/creators/${creator}/kpis?${query}`, await tokenOf(creator));
  return (json as { series?: { total: number }[] }).series?.[0]?.total;
};

beforeAll(async () => {
  runtime = spawn('npm', ['start', '--', '--empty', '--no-open', '--port', '0', '--data-dir', 'my data'], {
    cwd: checkout,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  runtime.stdout?.on('data', (text) => {
    said += text;
  });
  await vi.waitFor(() => expect(said).toMatch(/^ready http/m), { timeout: 90_000, interval: 100 });
  place = { origin: /^ready (.*)$/m.exec(said)?.[1] ?? '', dataDir: 'my data' };
});
afterAll(() => {
  // npm runs the service as a child of its own: all of the group end.
  if (runtime.pid) process.kill(-runtime.pid, 'SIGKILL');
  rmSync(checkout, { recursive: true, force: true, maxRetries: 5 });
});

describe('an empty runtime', () => {
  it('prints a token that opens what is there, and no creator’s that is not', async () => {
    const [token = ''] = words(said);
    expect(said).toContain('A token of the analyst');
    expect((await ask('/creators', token)).json).toMatchObject({ creators: [] });
    expect(said).toContain("npm run import -- csv samples/old-shop --data-dir 'my data'");
  });

  it('offers a shop to begin with and the staff, and says in which folder its data lies', async () => {
    const config = await (await fetch(`${place.origin}/config.json`)).json();
    expect(config).toMatchObject({ accounts: [{ id: 'my-shop' }, { id: 'analyst' }, { id: 'operator' }], dataDir: 'my data' });
  });
});

describe('the first steps, word for word', () => {
  it('the sample comes in whole, and its creator can be chosen at once', async () => {
    const { stdout } = await bash(importSample(place));
    expect(stdout).toMatch(/rejected 0/);
    const config = (await (await fetch(`${place.origin}/config.json`)).json()) as { accounts: object[] };
    expect(config.accounts).toContainEqual({ id: 'old-shop', name: 'Nona’s Ceramics' });
    await vi.waitFor(async () => expect(await ordersOf('old-shop', '2016-10-01', '2018-12-31')).toBe(160), { timeout: 120_000 });
    const { json } = await ask('/creators/old-shop', await tokenOf('old-shop'));
    expect(json).toMatchObject({ dataFrom: '2016-10-05', newestSale: '2018-08-29' });
  });

  it('own files come in from a copy of it', async () => {
    const { stdout } = await bash(importOwn(place));
    expect(stdout).toMatch(/rejected 0/);
  });

  const now = new Date().toISOString();
  it.each([
    ['a creator nobody knows yet', 'my-shop', undefined],
    ['a creator that is known', 'my-shop', 'USD'],
  ])('an order of %s is sent with curl', async (_, creatorId, currency) => {
    const { stdout } = await bash(sendOrder(place, { creatorId, currency, timeZone: 'Europe/Berlin', now }));
    expect(JSON.parse(stdout)).toMatchObject({ accepted: currency ? 1 : 2, rejected: [] });
    const day = now.slice(0, 10);
    await vi.waitFor(async () => expect(await ordersOf(creatorId, day, `${day.slice(0, 4)}-12-31`)).toBe(1), {
      timeout: 120_000,
    });
  });

  it('the demo starts beside what runs, in another folder and at another port', () => {
    const port = Number(new URL(place.origin).port) + 1;
    expect(startDemo(place)).toBe(`npm start -- --data-dir .demo --port ${port}`);
    expect(startDemo({ ...place, origin: 'http://127.0.0.1:8787' })).toBe('npm start -- --data-dir .demo --port 8788');
  });
});

describe('commands for a service elsewhere', () => {
  const elsewhere: Place = { origin: 'https://shop.example', dataDir: undefined };
  it('name its address and take the token from the environment', async () => {
    expect(importSample(elsewhere)).toBe('npm run import -- csv samples/old-shop --to https://shop.example');
    const command = sendOrder(elsewhere, { creatorId: 'c-1', currency: 'EUR', timeZone: 'UTC', now: '2026-03-01T12:00:00.000Z' });
    expect(command).not.toContain('npm run');
    expect(command).toContain('Bearer $CREATOR_ANALYTICS_TOKEN');
    // Bash reads it without running it.
    await run('bash', ['-n', '-c', command]);
  });
});
