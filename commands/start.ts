/** How is the whole service started on this machine, with one command? */
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
  refuseWrongNode();
  // Lambda lives in UTC: code that forgets a time zone must be wrong here too.
  process.env.TZ = 'UTC';
  await start().catch((reason: unknown) => leave(reason instanceof Error ? reason.message : String(reason)));
}

async function start(): Promise<void> {
  // Loaded after the checks above: without its binaries the import itself would fail, in words that help nobody.
  const { startRuntime } = await import('../local/main.ts').catch((reason: unknown) => leave(explainImport(reason)));
  const tell = (line: string): void => console.error(line);
  const runtime = await startRuntime({
    port: Number(flags.port),
    dataDir: flags['data-dir'],
    tell,
    onFailure: (reason) => leave(`An embedded server died: ${reason.message}. What was accepted is on disk: start again.`),
  });
  let stopDemo = async (): Promise<void> => {};
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tell('Stopping …');
      void stopDemo()
        .then(() => runtime.stop())
        .then(() => process.exit(0));
    });
  }
  if (!flags.empty) {
    const { runDemo } = await import('../samples/demo/run.ts');
    stopDemo = (await runDemo(runtime, tell)).stop;
  }
  const creator = flags.empty ? undefined : 'c-1';
  console.log(`Creator Analytics answers at ${runtime.url} (API: ${runtime.url}/v1/docs)`);
  console.log(`Sign in as creator c-1 with this token (12 hours; more: npm run token -- --help):`);
  console.log(await runtime.token({ creator: creator ?? 'c-1', roles: ['creator'], expiresIn: 12 * 3600 }));
  console.log(`ready ${runtime.url}`);
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

function refuseWrongNode(): void {
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  leave(
    `This is Node ${process.versions.node}; the service needs Node 24. \`npm start\` brings it along as the dev dependency "node": ` +
      'run `npm ci` (without --ignore-scripts, which leaves it out) and start with `npm start`.',
  );
}

function explainImport(reason: unknown): string {
  const message = reason instanceof Error ? reason.message : String(reason);
  return `The service could not be loaded: ${message}\nRun \`npm ci\` without --ignore-scripts: some packages fetch their binary in an install script.`;
}

function leave(message: string): never {
  console.error(message);
  process.exit(1);
}
