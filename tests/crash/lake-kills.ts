/** Does a lake survive real kills? Child processes that archive and compact are killed with SIGKILL at random moments, and begin again. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MadeBucket } from '../make/bucket.ts';
import { type Chance, chanceOf } from './chance.ts';
import { LakeTruth, lakeHistory } from './lake-history.ts';
import { FastReader, wrongInViews } from './lake-readers.ts';

export interface KillsOutcome {
  events: number;
  archiveKills: number;
  compactKills: number;
  files: { archived: number; compacted: number };
  doubledRows: { archived: number; compacted: number };
  wrong: string[];
}

export interface KillsPlan {
  events: number;
  /** Of each job, where it lasts that long. */
  kills: number;
}

const child = join(import.meta.dirname, 'lake-child.ts');

/** Runs a child until it ends, or kills it that long (ms) after it began its work. Answers whether it was killed. */
function live(args: string[], milliseconds: number | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, ['--no-warnings', child, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let isOver = false;
    started.stdout.once('data', () => {
      if (milliseconds !== undefined) setTimeout(() => isOver || started.kill('SIGKILL'), milliseconds);
    });
    started.on('exit', (code, signal) => {
      isOver = true;
      if (signal === 'SIGKILL') resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`the child ended with ${code ?? signal}`));
    });
  });
}

async function killAgain(chance: Chance, args: string[], kills: number, longest: number): Promise<number> {
  let killed = 0;
  while (killed < kills) {
    if (!(await live(args, 5 + chance.below(longest)))) return killed;
    killed++;
  }
  await live(args, undefined);
  return killed;
}

export async function killLake(bucket: MadeBucket, seed: number, { events, kills }: KillsPlan): Promise<KillsOutcome> {
  const chance = chanceOf(seed);
  const lake = await bucket.another(`kills-${seed}-${Math.round(performance.now())}`);
  const folder = mkdtempSync(join(tmpdir(), 'kills-'));
  const args = [bucket.url, lake.bucket, String(seed), String(events), join(folder, 'places.json')];
  const truth = new LakeTruth();
  for (const records of lakeHistory(chanceOf(seed), events)) truth.add(records);
  const look = async () => {
    const reader = new FastReader(lake);
    const listed = await reader.list();
    const { seqs } = await reader.read(listed);
    const wrong = [...(await reader.withoutLines()), ...(await wrongInViews(lake, bucket.pathIn(lake.bucket), truth))];
    return { files: listed.length, doubled: seqs.length - truth.seqs.size, wrong };
  };
  const archiveKills = await killAgain(chance, ['archive', ...args], kills, 350);
  const archived = await look();
  const compactKills = await killAgain(chance, ['compact', ...args], kills, 400);
  const compacted = await look();
  rmSync(folder, { recursive: true });
  return {
    events,
    archiveKills,
    compactKills,
    files: { archived: archived.files, compacted: compacted.files },
    doubledRows: { archived: archived.doubled, compacted: compacted.doubled },
    wrong: [...archived.wrong, ...compacted.wrong],
  };
}
