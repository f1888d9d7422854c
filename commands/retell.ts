/** How are numbers counted again? The newest snapshots of the lake go through the stream once more, under the definitions of now. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { writeWhole } from '../local/data-dir.ts';
import { postEvents } from '../samples/post-events.ts';
import type { CloudEvent } from '../shared/events/parse.ts';
import { isArchived } from '../shared/lake/arrivals.ts';
import { creatorsInLake, entitiesToldAgain, newestEvents } from '../shared/lake/newest.ts';
import type { Stores } from '../shared/lake/reconcile.ts';
import { goBack, openGeneration, switchReads } from '../shared/store/generations.ts';
import { readProfiles } from '../shared/store/profiles.ts';
import { isApplied } from '../shared/store/progress.ts';
import { partitionOf } from '../shared/store/table.ts';
import { targetOf } from './import-target.ts';
import { openStores } from './stores.ts';

const USAGE = `npm run retell -- --creator c-1 | --all [flags]
  --creator c-1      whose snapshots; several with commas
  --all              every creator of the lake
  --generation       records were lost: fill a new generation from the lake, then switch reads to it at once
  --back             take the last switch back: read and fill the generation before, and tell the newest snapshots again
  --rate 500         events a second at most
  --to URL           the service; without it, the one running on the data folder
  --token JWT        a token of role service, for other services; or CREATOR_ANALYTICS_TOKEN
  --data-dir .data   data folder of the running service
  --help             this text
Cut off, it goes on where it was when it is called again in the same way. Repeating is harmless.`;

// The archive waits a minute for a full batch.
const patience = 180_000;

interface Done {
  [creatorId: string]: string[];
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

/** Which kinds of entity of which creators a run that was cut off has told to their end. */
function openMark(flags: Flags) {
  const name = ['retell', flags.generation && 'generation', flags.back && 'back'].filter(Boolean).join('-');
  const file = join(flags['data-dir'], `${name}.json`);
  const done: Done = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    of: (creatorId: string): string[] => done[creatorId] ?? [],
    add: (creatorId: string, what: string) => {
      done[creatorId] = [...(done[creatorId] ?? []), what];
      writeWhole(file, JSON.stringify(done));
    },
    close: () => rmSync(file, { force: true }),
  };
}

/** What was accepted a moment ago reaches the lake with the next batch; what is in quarantine never does. */
async function untilArchived(stores: Stores, creatorId: string, generation: number): Promise<void> {
  const giveUpAt = Date.now() + patience;
  while (!(await isArchived(stores, partitionOf(creatorId, generation), creatorId))) {
    if (Date.now() > giveUpAt) {
      console.error(
        `${creatorId}: the lake does not have the last record accepted after ${patience / 1000} s: going on without it`,
      );
      return;
    }
    await pause(1000);
  }
}

async function untilApplied({ table }: Stores, creatorId: string, generation: number): Promise<void> {
  while (!(await isApplied(table, partitionOf(creatorId, generation)))) await pause(250);
}

async function tell(stores: Stores, creatorId: string, flags: Flags, mark: ReturnType<typeof openMark>): Promise<number> {
  const target = targetOf({ to: flags.to, token: flags.token, dataDir: flags['data-dir'] });
  let told = 0;
  for (const entity of entitiesToldAgain) {
    if (mark.of(creatorId).includes(entity)) continue;
    const events = limited(newestEvents(stores.athena, creatorId, entity), Number(flags.rate));
    const { accepted, rejected } = await postEvents(events, { target });
    for (const [code, { count }] of rejected) console.error(`${creatorId}: ${count} ${entity} events refused: ${code}`);
    mark.add(creatorId, entity);
    told += accepted;
    if (accepted) console.error(`${creatorId}: ${accepted} ${entity} snapshots told again`);
  }
  return told;
}

async function retellCreator(
  stores: Stores,
  creatorId: string,
  flags: Flags,
  mark: ReturnType<typeof openMark>,
): Promise<number> {
  const { table } = stores;
  if (flags.generation && !mark.of(creatorId).includes('opened')) {
    const { generation } = await openGeneration(table, creatorId, Date.now());
    mark.add(creatorId, 'opened');
    console.error(`${creatorId}: generation ${generation} is filled; reports read the one before until it is complete`);
  }
  if (flags.back && !mark.of(creatorId).includes('back')) {
    const { generation } = await goBack(table, creatorId);
    mark.add(creatorId, 'back');
    console.error(`${creatorId}: back to generation ${generation}`);
  }
  const profile = (await readProfiles(table, [creatorId])).get(creatorId);
  if (!profile) throw new Error(`There is no creator ${creatorId}.`);
  const { generation, reading, previous } = profile;
  for (const each of new Set([generation, reading?.generation, previous]))
    if (each !== undefined) await untilArchived(stores, creatorId, each);
  const told = await tell(stores, creatorId, flags, mark);
  if (flags.generation && !mark.of(creatorId).includes('switched')) {
    const { generation } = await switchReads(table, creatorId, (filled) => untilApplied(stores, creatorId, filled));
    mark.add(creatorId, 'switched');
    console.error(`${creatorId}: reports read generation ${generation} from now on`);
  }
  return told;
}

async function main(): Promise<number> {
  const flags = readFlags();
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  if (Boolean(flags.creator) === flags.all) throw new Error('Say whose: --creator c-1, or --all.');
  if (flags.generation && flags.back) throw new Error('--generation and --back exclude each other.');
  if (!(Number(flags.rate) > 0)) throw new Error(`--rate ${flags.rate} is no number above 0.`);
  const stores = openStores(flags['data-dir']);
  const creators = flags.creator?.split(',') ?? (await creatorsInLake(stores.athena));
  const mark = openMark(flags);
  let total = 0;
  for (const [i, creatorId] of creators.entries()) {
    total += await retellCreator(stores, creatorId, flags, mark);
    console.error(`[${i + 1}/${creators.length}] ${creatorId} done`);
  }
  mark.close();
  console.log(`${creators.length} creators, ${total} snapshots told again`);
  return 0;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  return 2;
});
