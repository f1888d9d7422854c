/** How do real files get in? Turns Olist, UCI Online Retail or your own CSV files into events and posts them. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { csvEvents } from '../samples/csv.ts';
import { newReport } from '../samples/import-report.ts';
import { olistEvents } from '../samples/olist.ts';
import { type PostResult, postEvents } from '../samples/post-events.ts';
import { uciEvents } from '../samples/uci.ts';
import { isFlawed, showProgress, summarize } from './import-progress.ts';
import { targetOf } from './import-target.ts';

const USAGE = `npm run import -- <olist|uci|csv> <folder or file> [flags]
  --creators n       only the n creators with the most orders (olist)
  --to URL           the service; without it, the one running on the data folder
  --data-dir .data   data folder of the running service, for its URL and a token
  --token JWT        a token of role service, for other services; or CREATOR_ANALYTICS_TOKEN
  --help             this text
What each kind reads is described in docs/02-implementation/import.md. Importing twice is harmless.`;

const importers = { olist: olistEvents, uci: uciEvents, csv: csvEvents };
type Kind = keyof typeof importers;

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      creators: { type: 'string' },
      to: { type: 'string' },
      'data-dir': { type: 'string', default: '.data' },
      token: { type: 'string', default: process.env.CREATOR_ANALYTICS_TOKEN },
      help: { type: 'boolean', default: false },
    },
  });
  const [kind, path] = positionals;
  if (values.help) return undefined;
  if (!kind || !(kind in importers)) throw new Error(`Say what to import: ${Object.keys(importers).join(', ')}.`);
  if (!path || positionals.length > 2) throw new Error('Name one folder or file to import.');
  if (!existsSync(path)) throw new Error(`There is no ${path}.`);
  if (values.creators !== undefined && !/^[1-9]\d*$/.test(values.creators))
    throw new Error('--creators takes a number of at least 1.');
  const target = targetOf({ to: values.to, token: values.token, dataDir: values['data-dir'] });
  return { kind: kind as Kind, path, creators: values.creators ? Number(values.creators) : undefined, target };
}

async function main(): Promise<number> {
  let wanted: ReturnType<typeof readArguments>;
  try {
    wanted = readArguments();
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (!wanted) {
    console.log(USAGE);
    return 0;
  }
  const report = newReport();
  let result: PostResult = { accepted: 0, rejected: new Map(), batches: 0, retries: 0 };
  const progress = showProgress(process.stderr.isTTY === true);
  const onProgress = (now: PostResult) => {
    result = now;
    progress.update(report, now);
  };
  try {
    const events = importers[wanted.kind](wanted.path, { report, creators: wanted.creators });
    result = await postEvents(events, { target: wanted.target, onProgress });
  } catch (error) {
    progress.stop();
    console.error(`Import stopped: ${(error as Error).message}`);
    console.log(summarize(report, result));
    return 1;
  }
  progress.stop();
  console.log(summarize(report, result));
  return isFlawed(report, result) ? 1 : 0;
}

process.exitCode = await main();
