/** How is one creator's history loaded beside the others? In a thread of its own, so that folding blocks nobody. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { openLake } from '../../shared/lake/store.ts';
import { loadHistory } from '../../shared/store/bulk.ts';
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

/** Loads one creator in a thread; `environment` leads the SDK to the store. Throws what went wrong there. */
export function loadInThread(task: LoadTask, environment: Record<string, string>): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: task,
      env: { ...process.env, ...environment },
      execArgv: ['--no-warnings'],
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that loads ${task.creatorId} ended with code ${code}`)));
  });
}

async function load({ tableName, lakeBucket, demo, creatorId }: LoadTask): Promise<Loaded> {
  const lake = lakeBucket === undefined ? undefined : openLake(lakeBucket);
  for (const { creator, events } of demoHistory(demo))
    if (creator.creatorid === creatorId)
      return loadHistory(openTable(tableName), creator, events, { name: 'demo', ...(lake ? { lake } : {}) });
  throw new Error(`the demo has no creator ${creatorId}`);
}

if (parentPort) parentPort.postMessage(await load(workerData as LoadTask));
