/** Do the totals agree with the lake, to the cell? Compares them now and names what differs, with the entities behind it. */
import { parseArgs } from 'node:util';
import { reconcile } from '../shared/lake/reconcile-all.ts';
import { readProfiles } from '../shared/store/profiles.ts';
import { refuseKeptFlags } from './npm-flags.ts';
import { describe, placeOf, summarize } from './reconcile-words.ts';
import { openStores } from './stores.ts';

const USAGE = `npm run reconcile -- [flags]
  --creator c-1      only this one; several with commas. Without it: everyone of whom something arrived since the last run
  --all              everyone
  --data-dir .data   data folder of the running service
  --help             this text
Every cell (days, months, hours, dimensions, distributions) is computed again from the lake and held against the table, each creator up
to the last record that both have: it may run while events come in. What events are moving at that moment is looked at again, twice at
most, and then named as still moving: it was not compared. A cell is said to differ when two looks in a row found it so.
Ends with 0 where no cell differs, 1 where one does, 2 where it could not be done, 130 when it is stopped (Ctrl-C: nothing is harmed).`;

const readFlags = () => {
  refuseKeptFlags(['creator', 'all', 'data-dir'], 'npm run reconcile -- --all');
  return parseArgs({
    options: {
      creator: { type: 'string' },
      all: { type: 'boolean', default: false },
      'data-dir': { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
  }).values;
};

/** The names of a flag. Throws where there is none, or beside --all. */
function namesIn({ creator, all }: ReturnType<typeof readFlags>): string[] | undefined {
  if (creator === undefined) return undefined;
  if (all) throw new Error('--creator and --all exclude each other.');
  const names = creator.split(',').flatMap((name) => name.trim() || []);
  if (!names.length) throw new Error('--creator names nobody: --creator c-1,c-2.');
  return names;
}

async function main(signal: AbortSignal): Promise<number> {
  const flags = readFlags();
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  const creators = namesIn(flags);
  const stores = openStores(flags['data-dir']);
  if (creators) {
    const profiles = await readProfiles(stores.table, creators);
    const unknown = creators.filter((name) => !profiles.has(name));
    if (unknown.length) throw new Error(`There is no creator ${unknown.join(', ')}.`);
  }
  const began = performance.now();
  const results = await reconcile(stores, {
    creators,
    isAll: flags.all,
    signal,
    onBegin: (of) => console.error(`${of} creators to compare …`),
    onPause: (left) => console.error(`${left} creators differ or are moving: looking at them again in a moment …`),
    onCreator: (found, place) => console.log(`${placeOf(place, performance.now() - began)} ${describe(found)}`),
  });
  console.log(summarize(results));
  return results.some(({ differing }) => differing.length) ? 1 : 0;
}

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => {
    console.error('Stopped: what was compared so far stands above and is kept.');
    stopping.abort();
    process.exit(130);
  });

process.exitCode = await main(stopping.signal).catch((error: Error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  return 2;
});
