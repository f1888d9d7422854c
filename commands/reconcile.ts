/** Do the totals agree with the lake, to the cell? Compares them now and names what differs, with the entities behind it. */
import { parseArgs } from 'node:util';
import { reconcile } from '../shared/lake/nightly.ts';
import type { Reconciliation } from '../shared/lake/reconcile.ts';
import { openStores } from './stores.ts';

const USAGE = `npm run reconcile -- [flags]
  --creator c-1      only this one; several with commas. Without it: everyone of whom something arrived since the last run
  --all              everyone
  --data-dir .data   data folder of the running service
  --help             this text
Ends with 1 where a cell differs. What still moves while it looks is left for the next run.`;

const shown = 20;

function describe({ creatorId, cells, differing, untold, moving, through }: Reconciliation): string {
  const lines = differing
    .slice(0, shown)
    .map(
      ({ item, field, table, lake, entities }) =>
        `  ${item} ${field}: table ${table}, lake ${lake}; behind it: ${entities.join(', ')}`,
    );
  const rest = differing.length > shown ? [`  … and ${differing.length - shown} more`] : [];
  if (untold.length)
    rest.push(`  never told to the totals: ${untold.join(', ')}; tell them again: npm run retell -- --creator ${creatorId}`);
  const moves = moving ? `, ${moving} still moving` : '';
  return [
    `${creatorId}: ${cells} cells, ${differing.length} differing${moves}, events through ${through}`,
    ...lines,
    ...rest,
  ].join('\n');
}

async function main(): Promise<number> {
  const { values: flags } = parseArgs({
    options: {
      creator: { type: 'string' },
      all: { type: 'boolean', default: false },
      'data-dir': { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
  });
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  const creators = flags.creator?.split(',');
  const results = await reconcile(openStores(flags['data-dir']), {
    creators,
    isAll: flags.all,
    onCreator: (found, { done, of }) => console.log(`[${done}/${of}] ${describe(found)}`),
  });
  const unknown = creators?.filter((name) => !results.some(({ creatorId }) => creatorId === name)) ?? [];
  if (unknown.length) throw new Error(`There is no creator ${unknown.join(', ')}.`);
  const total = (of: (one: Reconciliation) => number): number => results.reduce((sum, one) => sum + of(one), 0);
  const differing = total((one) => one.differing.length);
  console.log(`${results.length} creators, ${total(({ cells }) => cells)} cells: ${differing} differing`);
  return differing ? 1 : 0;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  return 2;
});
