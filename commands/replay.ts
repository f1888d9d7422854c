/** How are numbers counted again? The newest snapshots of the lake go through the stream once more, under the definitions of now. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { writeWhole } from '../local/data-dir.ts';
import type { CloudEvent } from '../shared/events/parse.ts';
import { dictionary } from '../shared/kpis/dictionary.ts';
import { isArchived } from '../shared/lake/arrivals.ts';
import type { Stores } from '../shared/lake/look.ts';
import { creatorsInLake, newestEvents, replayedEntities } from '../shared/lake/newest.ts';
import { postEvents } from '../shared/sources/post/post-events.ts';
import { goBack, openGeneration, switchReads } from '../shared/store/generations.ts';
import { isApplied } from '../shared/store/partition.ts';
import { type Profile, readProfiles } from '../shared/store/profiles.ts';
import { partitionOf } from '../shared/store/table.ts';
import { targetOf } from './import-target.ts';
import { codeOfSignal, onInterrupt } from './interrupt.ts';
import { refuseKeptFlags } from './npm-flags.ts';
import { openStores } from './stores.ts';

const USAGE = `npm run replay -- --creator c-1 | --all [flags]
  --creator c-1      whose snapshots; several with commas
  --all              every creator of the lake
  --generation       records were lost: fill a new generation from the lake, then switch reads to it at once
  --back             take the last switch back: read and fill the generation before, and replay the newest snapshots again
  --rate 500         events a second at most
  --to URL           the service; without it, the one running on the data folder
  --token JWT        a token of role service, for other services; or CREATOR_ANALYTICS_TOKEN
  --data-dir .data   data folder of the running service
  --help             this text
Ends with 1 where a snapshot was refused. Cut off, it goes on where it was when it is called again in the same way. Repeating is harmless.`;

// The archive waits a minute for a full batch.
const timeoutMs = 180_000;

/** What is replayed, by creator with the definitions and the zones under which it was: under others it all begins again. */
interface Done {
  [run: string]: string[];
}

const readFlags = () =>
  parseArgs({
    options: {
      creator: { type: 'string' },
      all: { type: 'boolean', default: false },
      generation: { type: 'boolean', default: false },
      back: { type: 'boolean', default: false },
      rate: { type: 'string', default: '500' },
      to: { type: 'string' },
      token: { type: 'string', default: process.env.CREATOR_ANALYTICS_TOKEN },
      'data-dir': { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
  }).values;
type Flags = ReturnType<typeof readFlags>;

/** Lets at most `rate` events a second through. */
async function* limited(events: AsyncIterable<CloudEvent>, rate: number): AsyncGenerator<CloudEvent> {
  const began = performance.now();
  let count = 0;
  for await (const event of events) {
    const due = began + (count++ / rate) * 1000;
    if (due > performance.now() + 50) await pause(due - performance.now());
    yield event;
  }
}

/** Which kinds of entity of which creators a run that was cut off has replayed to their end. */
function openMark(flags: Flags) {
  const name = ['replay', flags.generation && 'generation', flags.back && 'back'].filter(Boolean).join('-');
  const file = join(flags['data-dir'], `${name}.json`);
  const done: Done = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    /** Snapshots that the API did not take in this run. */
    refused: 0,
    of: (run: string): string[] => done[run] ?? [],
    add: (run: string, what: string) => {
      done[run] = [...(done[run] ?? []), what];
      mkdirSync(flags['data-dir'], { recursive: true });
      writeWhole(file, JSON.stringify(done));
    },
    close: () => rmSync(file, { force: true }),
  };
}

/** What was accepted a moment ago reaches the lake with the next batch; what is in quarantine never does. */
async function untilArchived(stores: Stores, creatorId: string, generation: number): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await isArchived(stores, partitionOf(creatorId, generation), creatorId))) {
    if (Date.now() > giveUpAt) {
      console.error(
        `${creatorId}: the lake does not have the last record accepted after ${timeoutMs / 1000} s: going on without it`,
      );
      return;
    }
    await pause(1000);
  }
}

async function untilApplied({ table }: Stores, creatorId: string, generation: number): Promise<void> {
  while (!(await isApplied(table, partitionOf(creatorId, generation)))) await pause(250);
}

type Mark = ReturnType<typeof openMark>;

async function replay(stores: Stores, { creatorId }: Profile, run: string, flags: Flags, mark: Mark): Promise<number> {
  const target = targetOf({ to: flags.to, token: flags.token, dataDir: flags['data-dir'] });
  let replayed = 0;
  for (const entity of replayedEntities) {
    if (mark.of(run).includes(entity)) continue;
    const events = limited(newestEvents(stores.athena, creatorId, entity), Number(flags.rate));
    const { accepted, rejected } = await postEvents(events, { target });
    for (const [code, { count, examples }] of rejected) {
      mark.refused += count;
      console.error(`${creatorId}: ${count} ${entity} snapshots refused, ${code}: ${examples[0] ?? ''}`);
    }
    mark.add(run, entity);
    replayed += accepted;
    if (accepted) console.error(`${creatorId}: ${accepted} ${entity} snapshots replayed`);
  }
  return replayed;
}

/** Opens a new generation, or goes back to the one before, where that is asked for and not done yet. */
async function turn(stores: Stores, known: Profile, run: string, flags: Flags, mark: Mark): Promise<Profile> {
  const { creatorId } = known;
  if (flags.generation && !mark.of(run).includes('opened')) {
    const profile = await openGeneration(stores.table, creatorId, Date.now());
    mark.add(run, 'opened');
    console.error(`${creatorId}: generation ${profile.generation} is filled; reports read the one before until it is complete`);
    return profile;
  }
  if (flags.back && !mark.of(run).includes('back')) {
    const profile = await goBack(stores.table, creatorId);
    mark.add(run, 'back');
    console.error(`${creatorId}: back to generation ${profile.generation}`);
    return profile;
  }
  return known;
}

async function replayCreator(stores: Stores, creatorId: string, flags: Flags, mark: Mark): Promise<number> {
  const { table } = stores;
  const known = (await readProfiles(table, [creatorId])).get(creatorId);
  if (!known) throw new Error(`There is no creator ${creatorId}.`);
  const run = `${creatorId} ${dictionary.latest} ${known.revision}`;
  const profile = await turn(stores, known, run, flags, mark);
  for (const generation of new Set([profile.generation, profile.reading?.generation, profile.previous]))
    if (generation !== undefined) await untilArchived(stores, creatorId, generation);
  const replayed = await replay(stores, profile, run, flags, mark);
  if (flags.generation && !mark.of(run).includes('switched')) {
    const { generation } = await switchReads(table, creatorId, (filled) => untilApplied(stores, creatorId, filled));
    mark.add(run, 'switched');
    console.error(`${creatorId}: reports read generation ${generation} from now on`);
  }
  return replayed;
}

async function main(): Promise<number> {
  refuseKeptFlags(['creator', 'all', 'generation', 'back', 'rate', 'to', 'token', 'data-dir'], 'npm run replay -- --all');
  const flags = readFlags();
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  if (Boolean(flags.creator) === flags.all) throw new Error('Say whose: --creator c-1, or --all.');
  if (flags.generation && flags.back) throw new Error('--generation and --back exclude each other.');
  if (!(Number(flags.rate) > 0)) throw new Error(`--rate ${flags.rate} is no number above 0.`);
  const stores = openStores(flags['data-dir']);
  onInterrupt((signal) => {
    console.error('\nInterrupted. What was replayed is kept: the same command goes on where it was.');
    process.exit(codeOfSignal[signal]);
  });
  const creators = flags.creator?.split(',') ?? (await creatorsInLake(stores.athena));
  const mark = openMark(flags);
  let total = 0;
  for (const [i, creatorId] of creators.entries()) {
    total += await replayCreator(stores, creatorId, flags, mark);
    console.error(`[${i + 1}/${creators.length}] ${creatorId} done`);
  }
  mark.close();
  console.log(`${creators.length} creators, ${total} snapshots replayed${mark.refused ? `, ${mark.refused} refused` : ''}`);
  return mark.refused ? 1 : 0;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  return 2;
});
