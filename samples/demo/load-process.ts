/** How is one creator's history loaded beside the others? In a process of its own: folding blocks nobody, and its memory goes with it. */
import { type ChildProcess, fork } from 'node:child_process';
import { loadHistory } from '../../shared/ingest/load-history.ts';
import { openLake } from '../../shared/lake/store.ts';
import { openTable } from '../../shared/store/table.ts';
import { type DemoOptions, demoHistory } from './history.ts';

export interface LoadTask {
  tableName: string;
  /** Lake bucket; where absent the history is not archived. */
  lakeBucket?: string | undefined;
  demo: DemoOptions;
  creatorId: string;
}

export interface Loaded {
  events: number;
  items: number;
  refused: { reason: string; subject: string }[];
}

export interface Loaders {
  /** Loads one creator. Throws what went wrong there. */
  load(task: LoadTask): Promise<Loaded>;
  close(): void;
}

// A short lifecycle with much to keep: collections are spared, and code that runs often is made fast sooner.
const shortLife = ['--max-semi-space-size=64', '--min-semi-space-size=64', '--no-lazy-feedback-allocation'];

/** As many processes as loads at once; each takes the next creator with what it has compiled. `environment` leads the SDK to the store. */
export function openLoaders(environment: Record<string, string>): Loaders {
  const idle: ChildProcess[] = [];
  return {
    load: async (task) => {
      const child = idle.pop() ?? startLoader(environment);
      const loaded = await ask(child, task);
      idle.push(child);
      return loaded;
    },
    close: () => {
      for (const child of idle.splice(0)) child.disconnect();
    },
  };
}

const startLoader = (environment: Record<string, string>): ChildProcess =>
  fork(import.meta.filename, {
    env: { ...process.env, ...environment },
    execArgv: ['--no-warnings', ...shortLife],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });

function ask(child: ChildProcess, task: LoadTask): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (text) => (said += text));
    child.once('message', (loaded) => resolve(loaded as Loaded));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`the process that loads ${task.creatorId} ended with ${signal ?? code}: ${said.trim()}`)),
    );
    child.send(task);
  });
}

async function load({ tableName, lakeBucket, demo, creatorId }: LoadTask): Promise<Loaded> {
  const lake = lakeBucket === undefined ? undefined : openLake(lakeBucket);
  for (const { creator, events } of demoHistory(demo))
    if (creator.creatorid === creatorId)
      return loadHistory(openTable(tableName), creator, events, { name: 'demo', ...(lake ? { lake } : {}) });
  throw new Error(`the demo has no creator ${creatorId}`);
}

if (import.meta.main) {
  // Whoever started this one has no more creators, or is gone.
  process.once('disconnect', () => process.exit());
  process.on('message', async (task: LoadTask) => process.send?.(await load(task)));
}
