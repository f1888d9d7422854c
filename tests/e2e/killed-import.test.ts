/**
 * Does an import come to the same numbers when it is sent twice, shuffled, with 20 % duplicates and stale versions, and the service is
 * killed (-9) on the way, again and again? Real sellers where the files are at hand (KILLED_SELLERS of them), else a demo shop's newest events.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { targetOf } from '../../commands/import-target.ts';
import { demoHistory } from '../../samples/demo/history.ts';
import { olistEvents } from '../../samples/olist.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { newReport } from '../../shared/sources/files/import-report.ts';
import { postEvents } from '../../shared/sources/post/post-events.ts';
import { roundsOf, spread } from '../rounds.ts';
import { benchData } from '../samples/bench-data.ts';
import { all } from '../samples/events-of.ts';

const folder = benchData('olist');
const sellers = Number(process.env.KILLED_SELLERS ?? 1);
const minutes = 60_000;
const now = Date.parse('2026-11-20T12:00:00Z');

/** So many events of each creator at most. */
function firstOfEach(events: CloudEvent[], most: number): CloudEvent[] {
  const taken = new Map<string, number>();
  return events.filter(({ creatorid }) => {
    const before = taken.get(creatorid) ?? 0;
    taken.set(creatorid, before + 1);
    return before < most;
  });
}

/** The events with the creators' own first, and the days that their numbers lie on. */
async function theImport(): Promise<{ events: CloudEvent[]; range: { from: string; to: string } }> {
  const most = roundsOf('killedEvents');
  if (folder)
    return {
      events: firstOfEach(await all(olistEvents(folder, { report: newReport(), creators: sellers })), most),
      range: { from: '2016-09-01', to: '2018-12-31' },
    };
  const [shop] = demoHistory({ seed: 1, now });
  if (!shop) throw new Error('the demo has no shop');
  return {
    events: [shop.creator, ...[...shop.events].slice(-Math.min(most, 1200))],
    range: { from: '2026-06-01', to: '2026-12-31' },
  };
}

/** mulberry32: the same shuffle in every run. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const isProfile = (event: CloudEvent): boolean => event.type.includes('.creator.');

/** Twice the same events, shuffled, a tenth of them again as they are and a tenth in an older version that says something else. */
function roughen(events: CloudEvent[], seed: number): CloudEvent[] {
  const random = makeRandom(seed);
  const stale = (event: CloudEvent): CloudEvent => {
    const { lines, ...data } = event.data;
    const older = lines ? { ...data, status: 'older', lines: (lines as object[]).slice(0, 1) } : { ...data, status: 'older' };
    return { ...event, id: `${event.id}-old`, entityversion: event.entityversion - 1 - Math.floor(random() * 1e6), data: older };
  };
  const rest = [...events, ...events].filter((event) => !isProfile(event));
  const more = rest.flatMap((event) => (random() < 0.1 ? [event] : random() < 0.11 ? [stale(event)] : []));
  const mixed = [...rest, ...more].map((event) => ({ event, place: random() }));
  return [...events.filter(isProfile), ...mixed.sort((a, b) => a.place - b.place).map(({ event }) => event)];
}

interface Service {
  child: ChildProcess;
  url: string;
}

/** The service as a user starts it, on a folder and a port; resolves at its `ready` line. */
async function start(dataDir: string, port: number): Promise<Service> {
  const child = spawn(
    process.execPath,
    ['commands/start.ts', '--empty', '--no-open', '--port', String(port), '--data-dir', dataDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^ready (http:\S+)$/.exec(line) ?? [];
    if (url) return { child, url };
  }
  throw new Error('the service ended before it was ready');
}

async function kill({ child }: Service, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Every additive number of every creator and day, once everything accepted is applied. */
async function numbersOf(
  { url }: Service,
  token: string,
  creators: string[],
  { from, to }: { from: string; to: string },
): Promise<Map<string, number>> {
  const names = [...dictionary.entries.values()].filter(({ kpi }) => kpi.kind === 'measure').map(({ name }) => name);
  const numbers = new Map<string, number>();
  for (const creator of creators)
    for (let i = 0; i < names.length; ) {
      const some = names.slice(i, i + 10);
      const query = new URLSearchParams({ names: some.join(), grain: 'day', from, to });
      const answer = await fetch(`${url}/v1/creators/${creator}/kpis?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!answer.ok) throw new Error(`${creator}: ${answer.status} ${await answer.text()}`);
      const { lagSeconds, series } = (await answer.json()) as {
        lagSeconds: number;
        series: { name: string; points: { at: string; value: number }[] }[];
      };
      if (lagSeconds > 0) {
        await pause(500);
        continue;
      }
      for (const { name, points } of series)
        for (const { at, value } of points) if (value !== 0) numbers.set(`${creator} ${at} ${name}`, value);
      i += some.length;
    }
  return numbers;
}

async function tokenOf(dataDir: string): Promise<string> {
  const child = spawn(process.execPath, ['commands/token.ts', '--role', 'analyst', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line;
}

describe(`an import of ${folder ? `${sellers} real sellers` : 'a demo shop (BENCH_DATA has no olist/)'}`, () => {
  const folders: string[] = [];
  const running: Service[] = [];
  const dataDirOf = (name: string): string => {
    const dataDir = mkdtempSync(join(tmpdir(), `${name}-`));
    folders.push(dataDir);
    return dataDir;
  };
  afterAll(async () => {
    for (const service of running)
      if (service.child.exitCode === null && service.child.signalCode === null) await kill(service, 'SIGKILL');
    for (const each of folders) rmSync(each, { recursive: true, maxRetries: 5 });
  });

  test('comes to the same numbers sent twice, shuffled, with duplicates and stale versions, and killed', {
    timeout: (20 + sellers / 10) * minutes,
  }, async () => {
    const { events, range } = await theImport();
    const creators = events.filter(isProfile).map(({ creatorid }) => creatorid);
    const post = (dataDir: string, sent: CloudEvent[], onProgress?: (accepted: number) => void) =>
      postEvents(sent, { target: targetOf({ dataDir }), onProgress: ({ accepted }) => onProgress?.(accepted) });

    const calmDir = dataDirOf('calm');
    const calm = await start(calmDir, 0);
    running.push(calm);
    expect((await post(calmDir, events)).rejected).toEqual(new Map());
    const expected = await numbersOf(calm, await tokenOf(calmDir), creators, range);
    await kill(calm, 'SIGTERM');

    const roughDir = dataDirOf('rough');
    let service = await start(roughDir, 0);
    running.push(service);
    const port = Number(new URL(service.url).port);
    const rough = roughen(events, 7);
    const moments = spread([0.5, 0.2, 0.8], roundsOf('killedImport'))
      .sort()
      .map((share) => Math.floor(share * rough.length));
    let restarts = Promise.resolve();
    const killAndRestart = async () => {
      await kill(service, 'SIGKILL');
      service = await start(roughDir, port);
      running.push(service);
    };
    const { rejected, accepted } = await post(roughDir, rough, (through) => {
      while (moments.length && through >= (moments[0] as number)) {
        moments.shift();
        restarts = restarts.then(killAndRestart);
      }
    });
    await restarts;
    expect(moments).toEqual([]);
    expect(rejected).toEqual(new Map());
    expect(accepted).toBe(rough.length);

    const numbers = await numbersOf(service, await tokenOf(roughDir), creators, range);
    console.log(
      `${creators.length} creators, ${events.length} events once, ${rough.length} sent in the rough; ${numbers.size} numbers compared`,
    );
    expect(expected.size).toBeGreaterThan(500);
    expect(Object.fromEntries(numbers)).toEqual(Object.fromEntries(expected));
  });
});
