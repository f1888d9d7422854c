/** How is the whole service started on this machine, with one command? */
import './need-node.cjs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useFewArenas } from './few-arenas.ts';
import { onInterrupt } from './interrupt.ts';
import { refuseKeptFlags } from './npm-flags.ts';
import { dataDirFlag } from './shell-word.ts';
import { vendorKeysOf, vendorOptions, vendorUsage } from './vendor-flags.ts';

const USAGE = `npm start -- [flags]
  --port 8787        where the service answers, on 127.0.0.1 only
  --data-dir .data   where everything is kept; delete the folder to begin anew
  --empty            no demo creators and no generateLive of events
  --no-open          do not open a browser
${vendorUsage}
  --help             this text`;

const flags = readFlags();
if (flags.help) {
  console.log(USAGE);
} else {
  useFewArenas();
  // Half of a start is compiling the same packages again, here and in every thread.
  process.env.NODE_COMPILE_CACHE = join(import.meta.dirname, '..', '.build', 'compiled');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
  // Lambda lives in UTC: code that forgets a time zone must be wrong here too.
  process.env.TZ = 'UTC';
  await start().catch((reason: unknown) => leave(reason instanceof Error ? reason.message : String(reason)));
}

async function start(): Promise<void> {
  // Loaded after the checks above: without its binaries the import itself would fail, in words that help nobody.
  const { startRuntime } = await import('../local/main.ts').catch((reason: unknown) => leave(explainImport(reason)));
  const { prepareDemo, runDemo } = await import('../samples/demo/run.ts');
  const { demoAccounts } = await import('../samples/demo/shops.ts');
  const log = (line: string): void => console.error(line);
  let demo: Awaited<ReturnType<typeof prepareDemo>>;
  const runtime = await startRuntime({
    port: portOf(flags.port),
    dataDir: flags['data-dir'],
    log,
    accounts: flags.empty ? [] : demoAccounts,
    prepare: async (stores) => {
      if (!flags.empty) demo = await prepareDemo(stores, log);
    },
    vendorKeys: flags.vendorKeys,
    onFailure: (reason) => leave(`An embedded server died: ${reason.message}. What was accepted is on disk: start again.`),
  });
  const { stop: stopDemo } = runDemo(runtime, demo, log);
  onInterrupt(() => {
    log('Stopping … (once more to end at once: nothing accepted is lost)');
    void stopDemo()
      .then(() => runtime.stop())
      .catch((reason: unknown) => leave(`It did not stop in order: ${String(reason)}. What was accepted is kept.`))
      .then(() => {
        log(`Stopped. Everything is kept in ${flags['data-dir']}; go on with: ${callOf(flags)}`);
        process.exit(0);
      });
  });
  console.log(`Dashboard: ${runtime.url} – sign in with one click; no password here (API: ${runtime.url}/v1/docs)`);
  console.log(`Mail that it sends stays here, at ${runtime.servers.endpoints.ses}`);
  const [first] = await runtime.creators(1);
  const whose = first ? `creator ${first.creatorId}` : 'the analyst, since no creator is there yet,';
  console.log(`A token of ${whose} for the API (12 hours; more: npm run token -- --help):`);
  const holder = first ? { creator: first.creatorId, roles: ['creator' as const] } : { roles: ['analyst' as const] };
  console.log(await runtime.token({ ...holder, expiresIn: 12 * 3600 }));
  if (!first)
    console.log(
      `No creator is there yet. Sign in as your shop and drop your files, or in a second terminal: npm run import -- csv samples/old-shop${dataDirFlag(flags['data-dir'])}`,
    );
  console.log(`ready ${runtime.url}`);
  if (!flags['no-open'] && process.stdout.isTTY) {
    const { default: open } = await import('open');
    // A machine without a browser is no mistake: the address stands above.
    await open(runtime.url).catch(() => {});
  }
}

function readFlags() {
  try {
    refuseKeptFlags(['port', 'data-dir', 'empty', 'no-open', ...Object.keys(vendorOptions)], 'npm start -- --port 8787');
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8787' },
        'data-dir': { type: 'string', default: '.data' },
        empty: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        ...vendorOptions,
        help: { type: 'boolean', default: false },
      },
    });
    return { ...values, vendorKeys: vendorKeysOf(values) };
  } catch (reason) {
    return leave(`${(reason as Error).message}\n${USAGE}`);
  }
}

type Flags = ReturnType<typeof readFlags>;

/** The call that goes on with what was kept: the same folder, port and kind. */
function callOf(given: Flags): string {
  const words = [
    given.port === '8787' ? '' : ` --port ${given.port}`,
    dataDirFlag(given['data-dir']),
    given.empty ? ' --empty' : '',
  ].join('');
  return `npm start${words && ` --${words}`}`;
}

function portOf(text: string): number {
  const port = Number(text);
  return /^\d+$/.test(text) && port < 65_536 ? port : leave(`--port ${text} is no port: a number from 0 to 65535.`);
}

function explainImport(reason: unknown): string {
  const message = reason instanceof Error ? reason.message : String(reason);
  return `The service could not be loaded: ${message}\nRun \`npm ci\` without --ignore-scripts: some packages fetch their binary in an install script.`;
}

function leave(message: string): never {
  console.error(message);
  process.exit(1);
}
