/**
 * How long does `npm run reconcile -- --all` take, quiet and while a backlog drains? Olist's sellers where they are at hand, else made
 * shops. With another checkout (`--against ../base`) its command takes turns with this one on the same service.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { olistEvents } from '../../samples/olist.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { arrivedSince } from '../../shared/lake/arrivals.ts';
import { mapLimit } from '../../shared/map-limit.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { postEvents } from '../../shared/sources/post/post-events.ts';
import { readPartition } from '../../shared/store/partition.ts';
import { benchData } from '../samples/bench-data.ts';
import { startService } from './service.ts';
import { shopHistory, shopProfile } from './shop.ts';
import { rounded } from './statistics.ts';

export interface BacklogOptions {
  creators: number;
  rounds: number;
  /** Seconds from the first event to the start of the command. */
  head: number;
  /** Another checkout. */
  against?: string | undefined;
}

type Service = Awaited<ReturnType<typeof startService>>;
const here = join(import.meta.dirname, '../..');
const madeEvents = 400;

async function* madeShops(creators: number): AsyncGenerator<CloudEvent> {
  const now = Date.now();
  for (let n = 0; n < creators; n++) {
    yield shopProfile(`shop-${n}`, now - 366 * 86_400_000);
    yield* shopHistory(`shop-${n}`, madeEvents, now);
  }
}

/** The events of so many creators; the first ones are the same however many are asked for. */
function eventsOf(creators: number): AsyncIterable<CloudEvent> {
  const olist = benchData('olist');
  return olist ? olistEvents(olist, { report: newReport(), creators }) : madeShops(creators);
}

/** Runs the command of a checkout to its end: seconds, last line of what it says, peak of its memory (MB). */
async function run(checkout: string, dataDir: string): Promise<Record<string, unknown>> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(checkout, 'commands/reconcile.ts'), '--all', '--data-dir', dataDir], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let peak = 0;
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', () => {});
  const status = `/proc/${child.pid}/status`;
  const look = setInterval(() => {
    const kB = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
    peak = Math.max(peak, Number(kB ?? 0));
  }, 100);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(look);
  const sums = said.split('\n').find((line) => /^\S+ creators?, /.test(line));
  const moving = said.match(/still moving|on their way/g)?.length ?? 0;
  return { seconds: rounded((performance.now() - began) / 1000), code, says: sums, moving, peakMB: Math.round(peak / 1000) };
}

/** How many of the creators of the lake wait for events to be applied. */
async function pendingIn({ table, athena }: Service): Promise<string> {
  const creators = await arrivedSince(athena, '2000-01-01');
  const marks = await mapLimit(creators, 8, (creatorId) => readPartition(table, `C#${creatorId}#1`));
  return `${marks.filter(({ backlog: { accepted, applied } }) => accepted > applied).length} of ${creators.length}`;
}

/** Everything anew: creators are posted, the command runs while their backlog drains, and again when all is quiet. */
async function round(checkout: string, { creators, head }: BacklogOptions): Promise<Record<string, unknown>> {
  const service = await startService();
  const target = { url: () => service.runtime.url, token: () => service.runtime.token({ roles: ['service'] }) };
  try {
    const began = performance.now();
    const posting = postEvents(eventsOf(creators), { target });
    await Promise.race([posting, pause(head * 1000)]);
    const before = await pendingIn(service);
    const backlog = await run(checkout, service.runtime.dataDir);
    const after = await pendingIn(service);
    const { accepted } = await posting;
    await service.runtime.drained();
    const drained = rounded((performance.now() - began) / 1000);
    const quiet = await run(checkout, service.runtime.dataDir);
    const serviceMB = Math.round(process.memoryUsage().rss / 1e6);
    return { events: accepted, drained, pending: `${before}, then ${after}`, backlog, quiet, serviceMB };
  } finally {
    await service.stop();
  }
}

/** Seconds of the command under a backlog and quiet; with another checkout in turns, each on a service of its own with the same load. */
export async function reconcileBacklog(options: BacklogOptions): Promise<Record<string, unknown>> {
  const { against, rounds } = options;
  const checkouts = [['this', here], ...(against ? [['other', against]] : [])] as [string, string][];
  const figures: Record<string, unknown> = {};
  for (let n = 1; n <= rounds; n++)
    for (const [name, checkout] of checkouts) {
      const figure = await round(checkout, options);
      figures[`round ${n}, ${name}`] = figure;
      console.log(`  ${new Date().toISOString().slice(11, 19)} round ${n}, ${name}: ${JSON.stringify(figure)}`);
    }
  return figures;
}
