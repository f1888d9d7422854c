/** How do real files get in? Turns Olist, UCI Online Retail, your own files, files of Seller Center or exports of Shopify into events and posts them. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { olistEvents } from '../samples/olist.ts';
import { uciEvents } from '../samples/uci.ts';
import { importOperation } from '../shared/sources/files/import-operation.ts';
import { type FileSource, newReport } from '../shared/sources/files/import-report.ts';
import { openLedger } from '../shared/sources/post/ledger.ts';
import { type PostOptions, type PostResult, postEvents } from '../shared/sources/post/post-events.ts';
import { ApiRefusal, sendBatch, Unreachable } from '../shared/sources/post/send-batch.ts';
import { openCsvImport, readCsvFlags } from './import-csv.ts';
import { isFlawed, showProgress, summarize } from './import-progress.ts';
import { openSellerCenterImport, readSellerCenterFlags, sellerCenter } from './import-seller-center.ts';
import { openShopifyImport, readShopifyFlags, shopify } from './import-shopify.ts';
import { targetOf } from './import-target.ts';
import { writeTemplate } from './import-template.ts';
import { undoLastImport } from './import-undo.ts';
import { howToCheck, waitUntilCounted } from './import-wait.ts';
import { codeOfSignal, onInterrupt } from './interrupt.ts';
import { refuseKeptFlags } from './npm-flags.ts';

/** Files of a known layout, one line a source. Your own CSV files (`csv`) and those of Seller Center have flags besides, and files of their own. */
const sources: { [kind: string]: FileSource } = {
  olist: olistEvents,
  uci: uciEvents,
};
const kinds = [...Object.keys(sources), 'csv'];

const USAGE = `npm run import -- <${kinds.join('|')}> <folder or file> [flags]
npm run import -- ${sellerCenter} <folder or files> [flags]
npm run import -- ${shopify} <folder or files> --creator id [flags]
npm run import -- template <table>      an empty file of a table, as CSV and as a workbook (costs, stock, reviews, …)
npm run import -- undo --creator id     takes the last import of the page Sources back
  --creators n       only the n creators with the most orders (olist)
  --dry-run          csv, seller-center, shopify: says what would be sent and what is wrong, and sends nothing
  --encoding name    csv, seller-center, shopify: what the files are written in, where it is not UTF-8 (windows-1252, …)
  --decimal-mark m   csv: point or comma, where the amounts do not show it
  --exported-at t    csv, seller-center, shopify: when the files were exported (2026-03-01T14:03:00Z), where their names do not say it;
                     csv: the time of each file where absent
  --rejected folder  csv: where rows that were refused go, to be mended (a new folder rejected-…)
  --creator id       csv: whose rows are that do not say it (column creator_id);
                     seller-center: whose files they are; made where there is none (tiktok-shop-id, … of the market where absent)
  --market code      seller-center: ID, US, VN, TH, MY, PH, SG, BR, MX or GB, where the files do not show it
  --zone name        seller-center: the shop's IANA zone, where it is not the market's usual one; shopify: of a creator who is made
  --currency code    seller-center: the shop's currency, where it is not the market's; shopify: where it is not that of most orders
  --yes              seller-center, shopify: sends without asking
  --to URL           the service; without it, the one running on the data folder
  --data-dir .data   data folder of the running service, for its URL and a token
  --token JWT        a token of role service, for other services; or CREATOR_ANALYTICS_TOKEN
  --no-wait          end once everything is accepted; without it, once everything is counted
  --help             this text
What each kind reads is described in docs/02-implementation/import.md. Importing twice is harmless.`;

function readArguments() {
  refuseKeptFlags(
    [
      'dry-run',
      'encoding',
      'decimal-mark',
      'exported-at',
      'rejected',
      'creators',
      'creator',
      'market',
      'zone',
      'currency',
      'to',
      'data-dir',
      'token',
    ],
    'npm run import -- csv samples/old-shop --data-dir .data',
  );
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      creators: { type: 'string' },
      to: { type: 'string' },
      'data-dir': { type: 'string', default: '.data' },
      token: { type: 'string', default: process.env.CREATOR_ANALYTICS_TOKEN },
      'dry-run': { type: 'boolean', default: false },
      encoding: { type: 'string' },
      'decimal-mark': { type: 'string' },
      'exported-at': { type: 'string' },
      rejected: { type: 'string' },
      creator: { type: 'string' },
      market: { type: 'string' },
      zone: { type: 'string' },
      currency: { type: 'string' },
      yes: { type: 'boolean', default: false },
      'no-wait': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [kind, path, ...more] = positionals;
  const isSellerCenter = kind === sellerCenter;
  const isShopify = kind === shopify;
  if (values.help) return undefined;
  if (!kind || !(isSellerCenter || isShopify || kinds.includes(kind)))
    throw new Error(`Say what to import: ${[...kinds, sellerCenter, shopify].join(', ')}.`);
  if (!path || (more.length > 0 && !isSellerCenter && !isShopify)) throw new Error('Name one folder or file to import.');
  const absent = [path, ...more].find((each) => !existsSync(each));
  if (absent !== undefined)
    throw new Error(`There is no ${absent} in ${process.cwd()}. To try it out: npm run import -- csv samples/old-shop`);
  if (values.creators !== undefined && !/^[1-9]\d*$/.test(values.creators))
    throw new Error('--creators takes a number of at least 1.');
  const csv = readCsvFlags(values);
  const shop = isSellerCenter ? readSellerCenterFlags([path, ...more], values) : undefined;
  const shopifyFlags = isShopify ? readShopifyFlags([path, ...more], values) : undefined;
  // Nothing is sent: no service is needed.
  const target = csv.isDryRun ? undefined : targetOf({ to: values.to, token: values.token, dataDir: values['data-dir'] });
  const creators = values.creators ? Number(values.creators) : undefined;
  return { kind, path, creators, csv, shop, shopifyFlags, target, waits: !values['no-wait'] };
}

/** What to do about a service that does not answer, or takes no events. */
function remedyFor(error: unknown): string {
  if (error instanceof Unreachable)
    return 'Is it running? Start it with npm start, or name another one with --to or --data-dir. ';
  if (error instanceof ApiRefusal) return 'Name the service with --to, and give a token of role service with --token. ';
  return '';
}

async function main(): Promise<number> {
  const [first, table] = process.argv.slice(2);
  if (first === 'template') return writeTemplate(table);
  if (first === 'undo') return undoLastImport(process.argv.slice(3));
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
  const at = Date.now();
  const { kind, path, creators } = wanted;
  const source = sources[kind];
  const shop = wanted.shop
    ? await openSellerCenterImport(wanted.shop, wanted.csv, report, wanted.target)
    : wanted.shopifyFlags && (await openShopifyImport(wanted.shopifyFlags, wanted.csv, report, wanted.target));
  if (shop && 'code' in shop) return shop.code;
  const csv = source || shop ? undefined : openCsvImport(path, report, wanted.csv);
  const events = shop?.events ?? csv?.events ?? (source as FileSource)(path, { report, creators });
  let result: PostResult = { accepted: 0, rejected: new Map(), batches: 0, retries: 0 };
  const isTerminal = process.stderr.isTTY === true;
  const progress = showProgress(isTerminal);
  const ledger = openLedger();
  const onAnswer: PostOptions['onAnswer'] = (batch, answer) => {
    ledger.note(batch, answer);
    csv?.onAnswer(batch, answer);
  };
  const onProgress = (now: PostResult) => {
    result = now;
    progress.update(report, now);
  };
  const interrupted = new AbortController();
  let code = 1;
  onInterrupt((signal) => {
    code = codeOfSignal[signal];
    interrupted.abort();
  });
  const { signal } = interrupted;
  try {
    if (wanted.target) {
      result = await postEvents(events, { target: wanted.target, onProgress, onAnswer, signal });
      const creatorId = shop?.creatorId ?? (csv && wanted.csv.creatorId);
      if (creatorId) {
        const wrong = [...report.wrong.values()].reduce((sum, { count }) => sum + count, 0);
        const told = importOperation({ creatorId, at, accepted: result.accepted, refused: result.rejected, wrong });
        await sendBatch([told], wanted.target, () => {}, signal);
      }
    } else for await (const _ of events) signal.throwIfAborted();
  } catch (error) {
    progress.stop();
    const goOn = 'What was accepted is kept: the same command goes on, and what is there already changes nothing.';
    const stopped = `Import stopped: ${(error as Error).message}\n${remedyFor(error)}`;
    // A batch that was under way when it was interrupted may have been accepted too.
    if (signal.aborted) console.error(`\nInterrupted. ${goOn}`);
    else console.error(result.accepted ? stopped + goOn : stopped.trimEnd());
    console.log([summarize(report, result), ...(csv?.summary() ?? [])].join('\n'));
    return code;
  }
  progress.stop();
  console.log([summarize(report, result), ...(csv?.summary() ?? [])].join('\n'));
  const flaw = isFlawed(report, result) ? 1 : 0;
  if (!wanted.target) return flaw;
  if (!wanted.waits) console.log(howToCheck(wanted.target.url()));
  return (wanted.waits && (await waitUntilCounted(ledger, wanted.target, isTerminal))) || flaw;
}

process.exitCode = await main();
