/** How does an embedded server run in a thread of its own, so that it blocks nobody? */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { returnIdleMemory } from '../idle-memory.ts';

export interface ServerThread {
  url: string;
  stop(): Promise<void>;
}

/** What runs inside a thread. */
export interface ThreadServer {
  port: number;
  close(): Promise<void>;
  /** Hears of what was thrown past every callback; true where it knows what to do about it. */
  failed?: (reason: unknown) => boolean;
}

type FromThread = { type: 'listening'; port: number } | { type: 'stopped' } | { type: 'said'; line: string };

/** A store answers many small requests: more room for garbage is more memory held, and not faster. */
const YOUNG_MEGABYTES = 24;

/**
 * Starts `file` (one of the `*-worker.ts` here) and resolves once it listens. `onFailure` hears of a death nobody asked for, `log` of
 * what the person at the terminal should know.
 */
export function startServerThread(
  file: URL,
  options: object,
  onFailure: (reason: Error) => void,
  log: (line: string) => void = () => {},
): Promise<ServerThread> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: options,
      execArgv: ['--no-warnings'],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    let stopping = false;
    let listening = false;
    const fail = (reason: Error): void => {
      if (stopping) return;
      if (listening) onFailure(reason);
      else reject(reason);
    };
    worker.on('error', (reason) => fail(reason instanceof Error ? reason : new Error(String(reason))));
    worker.on('exit', (code) => fail(new Error(`${file.pathname} ended with code ${code}`)));
    worker.on('message', (message: FromThread) => {
      if (message.type === 'said') log(message.line);
      if (message.type !== 'listening') return;
      listening = true;
      resolve({
        url: `http://127.0.0.1:${message.port}`,
        stop: async () => {
          stopping = true;
          await stopWorker(worker);
        },
      });
    });
  });
}

/** Inside a thread: starts the server with the options given, tells the port, and closes it when asked. */
export async function serveThread<Options>(start: (options: Options) => Promise<ThreadServer>): Promise<void> {
  // These servers throw inside callbacks; one bad request must not take the store down with it.
  let server: ThreadServer | undefined;
  process.on('uncaughtException', (reason) => {
    if (!server?.failed?.(reason)) console.error('embedded server:', reason);
  });
  server = await start(workerData as Options);
  const { port, close } = server;
  returnIdleMemory();
  parentPort?.on('message', async () => {
    await close();
    parentPort?.postMessage({ type: 'stopped' } satisfies FromThread);
    parentPort?.close();
  });
  parentPort?.postMessage({ type: 'listening', port } satisfies FromThread);
}

/** Tells the person at the terminal, from inside a thread. */
export const sayFromThread = (line: string): void => parentPort?.postMessage({ type: 'said', line } satisfies FromThread);

/** Asks politely, then ends the thread: acknowledged writes are on disk already. */
async function stopWorker(worker: Worker): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    worker.on('message', (message: FromThread) => message.type === 'stopped' && resolve());
    worker.on('exit', () => resolve());
    setTimeout(resolve, 5_000).unref();
  });
  worker.postMessage('stop');
  await stopped;
  await worker.terminate();
}
