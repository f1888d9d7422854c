/** How does the demo come alive on the embedded runtime? History is loaded, then the live generator begins. */
import type { Runtime, Stores } from '../../local/main.ts';
import { openTable } from '../../shared/store/table.ts';
import { generateLive, type LiveMark } from './live-generator.ts';
import { keepMark, loadDemo } from './load.ts';

const seed = 1;
const tokenSeconds = 12 * 3600;

export interface RunningDemo {
  /** Ends the live generator; resolves when it sends no more. */
  stop(): Promise<void>;
}

/**
 * Loads the demo's history where it is missing; resolves when it is complete. To be done before the API opens: an event that was
 * folded meanwhile would be overwritten.
 */
export function prepareDemo({ servers, deployment, dataDir }: Stores, log: (line: string) => void): ReturnType<typeof loadDemo> {
  const [spec] = deployment.tables;
  if (!spec) throw new Error('The template has no table.');
  const table = openTable(spec.name, servers.clients.dynamodb);
  const lakeBucket = deployment.functions.find(({ name }) => name === 'archive')?.environment.LAKE_BUCKET;
  return loadDemo({
    table,
    ...(lakeBucket ? { lakeBucket } : {}),
    environment: servers.environment,
    dataDir,
    seed,
    now: Date.now(),
    log,
  });
}

/** Starts the live generator of what was prepared. */
export function runDemo(runtime: Runtime, demo: Awaited<ReturnType<typeof loadDemo>>, log: (line: string) => void): RunningDemo {
  if (!demo) return { stop: async () => {} };
  const { dataDir } = runtime;
  const ending = new AbortController();
  let token: string | undefined;
  const target = {
    url: () => runtime.url,
    token: async ({ fresh }: { fresh: boolean }) => {
      if (fresh || !token) token = await runtime.token({ roles: ['service'], expiresIn: tokenSeconds });
      return token;
    },
  };
  const { through, fast = [], ...begun } = demo;
  const mark = through === undefined ? undefined : { through, fast };
  const onMark = (reached: LiveMark) => keepMark(dataDir, { ...begun, ...reached });
  const running = generateLive({ demo, target, signal: ending.signal, mark, onMark, log });
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
