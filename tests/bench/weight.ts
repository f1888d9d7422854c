/**
 * How long does `npm start` take until it is ready, and how much memory does the service hold: after the demo, after a CSV import and
 * after five reconciliations? Only commands are used, so that another checkout (`--against ../base`) is measured in the same run.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds, residentMB } from './processes.ts';
import { writeShop } from './shop-files.ts';
import { rounded, spreadOf } from './statistics.ts';

const here = join(import.meta.dirname, '../..');
const importedEvents = 10_000;
const reconciliations = 5;
const requests = 200;
/** Between the end of what was asked for and the measurement. */
const quietMs = 60_000;

export interface WeightOptions {
  /** Starts of each checkout, in turn. */
  rounds: number;
  /** Another checkout. */
  against?: string | undefined;
}

const npm = (checkout: string, args: string[]): ChildProcess =>
  spawn('npm', args, { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'], detached: true });

/** Runs a command of the checkout to its end: seconds, and the last line that it said. */
async function run(checkout: string, args: string[]): Promise<{ seconds: number; says: string }> {
  const began = performance.now();
  const child = npm(checkout, ['run', '--silent', ...args]);
  let said = '';
  child.stdout?.on('data', (text) => (said += text));
  child.stderr?.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`npm run ${args.join(' ')} ended with ${code}:\n${said}`);
  return { seconds: rounded((performance.now() - began) / 1000), says: said.trim().split('\n').at(-1) ?? '' };
}

interface Started {
  child: ChildProcess;
  seconds: number;
  cpu: number;
  url: string;
  token: string;
}

async function start(checkout: string, dataDir: string): Promise<Started> {
  const began = performance.now();
  const child = npm(checkout, ['start', '--', '--port', '0', '--no-open', '--data-dir', dataDir]);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (text) => {
      said += text;
      const ready = /^ready (\S+)/m.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    child.stderr?.on('data', (text) => (said += text));
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  const seconds = rounded((performance.now() - began) / 1000);
  return { child, seconds, cpu: rounded(cpuSeconds(child.pid ?? 0)), url, token: /^eyJ\S+/m.exec(said)?.[0] ?? '' };
}

/** Milliseconds of requests for the reports that the dashboard opens with, one after the other. */
async function latencies({ url, token }: Started, count: number): Promise<number[]> {
  const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const days = `from=${day(90)}&to=${day(1)}`;
  const paths = [
    'dashboard',
    `kpis?names=orders,netSales&grain=day&${days}`,
    `kpis?names=netSales&grain=month&${days}`,
    'products',
  ];
  const taken: number[] = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    const answer = await fetch(`${url}/v1/creators/c-1/${paths[n % paths.length]}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`GET ${paths[n % paths.length]}: ${answer.status} ${text.slice(0, 200)}`);
    taken.push(performance.now() - began);
  }
  return taken;
}

/** The peak until it is quiet, and what is held then. */
async function settle(pid: number): Promise<{ atOnce: number; quiet: number }> {
  const atOnce = residentMB(pid);
  await pause(quietMs);
  return { atOnce, quiet: residentMB(pid) };
}

async function stop({ child }: Started): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // As Ctrl-C does it: npm alone would not hand it on to what its shell has started.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await ended;
}

async function measure(checkout: string): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'weight-'));
  const dataDir = join(folder, 'data');
  const files = join(folder, 'files');
  writeShop(files, importedEvents, Date.now());
  const service = await start(checkout, dataDir);
  const pid = service.child.pid ?? 0;
  try {
    const demo = await settle(pid);
    await latencies(service, 20);
    const reports = spreadOf(await latencies(service, requests));
    const importing = await run(checkout, ['import', '--', 'csv', files, '--data-dir', dataDir]);
    const imported = await settle(pid);
    const seconds: number[] = [];
    for (let n = 0; n < reconciliations; n++)
      seconds.push((await run(checkout, ['reconcile', '--', '--all', '--data-dir', dataDir])).seconds);
    const reconciled = await settle(pid);
    return {
      readySeconds: service.seconds,
      readyCpuSeconds: service.cpu,
      demoMB: demo,
      importedMB: imported,
      reconciledMB: reconciled,
      reportsMs: reports,
      importSeconds: importing.seconds,
      reconcileSeconds: seconds,
    };
  } finally {
    await stop(service);
    rmSync(folder, { recursive: true });
  }
}

/** By checkout and round; before that one start of each that builds what it serves. */
export async function weight({ rounds, against }: WeightOptions): Promise<Record<string, unknown>> {
  const checkouts: [name: string, path: string][] = [
    ['this', here],
    ...(against ? [['other', against] as [string, string]] : []),
  ];
  const figures: Record<string, unknown> = {};
  for (const [name, path] of checkouts) {
    const folder = mkdtempSync(join(tmpdir(), 'weight-'));
    const service = await start(path, join(folder, 'data'));
    figures[`${name}, first start of all`] = { readySeconds: service.seconds, readyCpuSeconds: service.cpu };
    console.log(`  ${name}, first start of all: ready after ${service.seconds} s, ${service.cpu} s of CPU`);
    await stop(service);
    rmSync(folder, { recursive: true });
  }
  for (let round = 1; round <= rounds; round++)
    for (const [name, path] of checkouts) {
      figures[`${name}, round ${round}`] = await measure(path);
      console.log(`  ${name}, round ${round}: ${JSON.stringify(figures[`${name}, round ${round}`])}`);
    }
  return figures;
}
