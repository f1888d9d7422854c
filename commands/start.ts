/** How is the whole service started on this machine, with one command? */
import './need-node.cjs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `npm start -- [flags]
  --port 8787        where the service answers, on 127.0.0.1 only
  --data-dir .data   where everything is kept; delete the folder to begin anew
  --empty            no demo creators and no trickle of events
  --no-open          do not open a browser
  --help             this text`;

const { values: flags } = readFlags();
if (flags.help) {
  console.log(USAGE);
} else {
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
  const tell = (line: string): void => console.error(line);
  let demo: Awaited<ReturnType<typeof prepareDemo>>;
  const runtime = await startRuntime({
    port: portOf(flags.port),
    dataDir: flags['data-dir'],
    tell,
    accounts: flags.empty ? [] : demoAccounts,
    prepare: async (stores) => {
      if (!flags.empty) demo = await prepareDemo(stores, tell);
    },
    onFailure: (reason) => leave(`An embedded server died: ${reason.message}. What was accepted is on disk: start again.`),
  });
  const { stop: stopDemo } = runDemo(runtime, demo, tell);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tell('Stopping …');
      void stopDemo()
        .then(() => runtime.stop())
        .then(() => process.exit(0));
    });
  }
  console.log(`Dashboard: ${runtime.url} – sign in with one click; no password here (API: ${runtime.url}/v1/docs)`);
  console.log(`Mail that it sends stays here, at ${runtime.servers.endpoints.ses}`);
  console.log(`A token of creator c-1 for the API (12 hours; more: npm run token -- --help):`);
  console.log(await runtime.token({ creator: 'c-1', roles: ['creator'], expiresIn: 12 * 3600 }));
  console.log(`ready ${runtime.url}`);
  if (!flags['no-open'] && process.stdout.isTTY) {
    const { default: open } = await import('open');
    // A machine without a browser is no mistake: the address stands above.
    await open(runtime.url).catch(() => {});
  }
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8787' },
        'data-dir': { type: 'string', default: '.data' },
        empty: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (reason) {
    return leave(`${(reason as Error).message}\n${USAGE}`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port < 65_536
    ? port
    : leave(`--port ${text} is no port: a number from 0 to 65535.`);
}

function explainImport(reason: unknown): string {
  const message = reason instanceof Error ? reason.message : String(reason);
  return `The service could not be loaded: ${message}\nRun \`npm ci\` without --ignore-scripts: some packages fetch their binary in an install script.`;
}

function leave(message: string): never {
  console.error(message);
  process.exit(1);
}
