/** Does the lake lose or double anything when its writers are killed? `npm run lake-crash -- --help` */
import { parseArgs } from 'node:util';
import { type MadeBucket, makeBucket } from '../make/bucket.ts';
import { playArchive } from './lake-archive.ts';
import { playCompaction } from './lake-compact.ts';
import { killLake } from './lake-kills.ts';
import { findLakeRed, realLake } from './lake-red.ts';
import { lakeRule, lakeRuleNames } from './lake-rules.ts';

const help = `npm run lake-crash -- [seed] [--events 100000] [--kills 100] [--all-rules]

Archives and compacts on a real S3 server while calls fail, answers are lost, processes die at any call and late calls land, and asks
the views by DuckDB what they log; then kills real processes with SIGKILL.

  seed         of the first world (1)
  --events     that pass while archive is killed (100000)
  --kills      of archive; half as many of compaction, a fifth of real processes (100)
  --all-rules  switches every rule off in turn and stops at the first world that goes wrong

Rules:
${lakeRuleNames.map((name) => `  ${name.padEnd(12)} ${lakeRule(name).says}`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '100' },
    'all-rules': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const seed = Number(positionals[0] ?? 1);
const [events, kills] = [Number(values.events), Number(values.kills)];
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const count = (n: number): string => n.toLocaleString('en');
const verdict = (wrong: string[]): string => (wrong.length ? ['WRONG', ...wrong].join('\n  ') : 'nothing wrong');

async function timed<T>(work: () => Promise<T>): Promise<[T, string]> {
  const began = performance.now();
  return [await work(), `${Math.round((performance.now() - began) / 1000)} s`];
}

async function playAll(bucket: MadeBucket): Promise<boolean> {
  const [archived, archiveTime] = await timed(() =>
    playArchive(bucket, realLake.archiveBatch, seed, { events, kills, largest: Math.max(50, events / 400), checkEvery: 40 }),
  );
  write(
    `archive: ${count(archived.events)} events, ${archived.batches} batches, ${archived.kills} kills and faults (${archived.late} late), ` +
      `${count(archived.calls)} calls, ${count(archived.files)} files, ${count(archived.doubledRows)} rows doubled in raw tables, ` +
      `${archived.checks} reads: ${verdict(archived.wrong)} (${archiveTime})`,
  );
  const [compacted, compactTime] = await timed(() =>
    playCompaction(bucket, realLake.compactDay, seed, { events: 2000, kills: Math.ceil(kills / 2) }),
  );
  write(
    `compaction: ${count(compacted.events)} events, ${compacted.runs} runs, ${compacted.kills} kills and faults, ` +
      `${count(compacted.calls)} calls, ${compacted.lateArrivals} late arrivals, ${count(compacted.reads)} reads: ` +
      `${verdict(compacted.wrong)} (${compactTime})`,
  );
  const [killed, killTime] = await timed(() => killLake(bucket, seed, { events: events / 10, kills: Math.ceil(kills / 5) }));
  write(
    `SIGKILL: ${count(killed.events)} events, ${killed.archiveKills} kills of archive, ${killed.compactKills} of compaction, ` +
      `${killed.files.archived} files came to ${killed.files.compacted}, doubled rows ${killed.doubledRows.archived} to ` +
      `${killed.doubledRows.compacted}: ${verdict(killed.wrong)} (${killTime})`,
  );
  return archived.wrong.length + compacted.wrong.length + killed.wrong.length === 0;
}

async function showRed(bucket: MadeBucket): Promise<boolean> {
  let isEachRed = true;
  for (const name of lakeRuleNames) {
    const [red, time] = await timed(() => findLakeRed(bucket, name, seed));
    isEachRed &&= red !== undefined;
    write(`${name.padEnd(12)} ${red ? `seed ${red.seed}: ${red.what}` : 'nothing went wrong'} (${time})`);
  }
  return isEachRed;
}

if (values.help) write(help);
else {
  const bucket = await makeBucket();
  const isAsItShould = await (values['all-rules'] ? showRed(bucket) : playAll(bucket));
  await bucket.close();
  process.exitCode = isAsItShould ? 0 : 1;
}
