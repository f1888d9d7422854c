/** How does one execution environment (a thread with its own globals and variables) run one invocation at a time? */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FunctionSpec } from '../deployment.ts';
import type { Invocation, Outcome } from './lambda-worker.ts';
import type { FunctionLog } from './log.ts';

/** The function threw, ran out of time or its environment died. */
export class InvocationError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.name = 'InvocationError';
    this.type = type;
  }
}

export interface Environment {
  /** False once it died or was stopped: it takes no further invocation. */
  isAlive(): boolean;
  invoke(event: unknown): Promise<unknown>;
  /** Resolves when its code is loaded, or it died. */
  loaded: Promise<void>;
  stop(): Promise<void>;
}

interface Waiting {
  id: string;
  settle: (outcome: Outcome) => void;
}

const LOADING_SECONDS = 30;
/** V8 takes three times sixteen megabytes before it looks at what is garbage; a batch of events needs no such room. */
const YOUNG_MEGABYTES = 16;

/** Where compiled code is kept: with it a thread needs no compiler of TypeScript, which takes ten megabytes. */
const compiled = (): Record<string, string> => {
  const folder = process.env.NODE_COMPILE_CACHE;
  return folder ? { NODE_COMPILE_CACHE: folder } : {};
};

/** Starts a thread for the function; its code loads while the first invocation waits, as in a cold start. */
export function startEnvironment(spec: FunctionSpec, variables: Record<string, string>, log: FunctionLog): Environment {
  const [file = 'index', exported = 'handler'] = spec.handler.split('.');
  const worker = new Worker(new URL('./lambda-worker.ts', import.meta.url), {
    workerData: { code: join(spec.code, `${file}.mjs`), exported, name: spec.name, arn: spec.arn, yields: spec.yields === true },
    env: { PATH: process.env.PATH, TZ: 'UTC', ...compiled(), ...variables, ...spec.environment },
    execArgv: ['--no-warnings', '--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    stdout: true,
    stderr: true,
  });
  log.follow(worker.stdout, worker.stderr);
  let waiting: Waiting | undefined;
  let alive = true;
  const { promise: loaded, resolve: markLoaded } = Promise.withResolvers<void>();
  const die = (type: string, message: string): void => {
    alive = false;
    markLoaded();
    waiting?.settle({ id: waiting.id, error: { type, message, trace: '' } });
  };
  worker.on('error', (reason) => {
    const { name, message, stack } = reason instanceof Error ? reason : new Error(String(reason));
    log.write(stack ?? message);
    die(name, message);
  });
  worker.on('exit', (code) => die('Runtime.ExitError', `Runtime exited with code ${code}`));
  worker.on('message', (outcome: Outcome | 'ready') => {
    if (outcome === 'ready') markLoaded();
    else if (outcome.id === waiting?.id) waiting.settle(outcome);
  });

  /** Lambda throws the whole environment away as well: nothing may go on writing behind the next attempt's back. */
  function runOut(seconds: number): void {
    die('Sandbox.Timedout', `Task timed out after ${seconds} seconds`);
    void worker.terminate();
  }

  async function invoke(event: unknown): Promise<unknown> {
    const id = randomUUID();
    const { promise: settled, resolve: settle } = Promise.withResolvers<Outcome>();
    waiting = { id, settle };
    // As in Lambda, loading the code has a limit of its own and takes nothing from the function's time.
    const limit = (seconds: number): NodeJS.Timeout => setTimeout(() => runOut(seconds), seconds * 1000);
    let timer = limit(LOADING_SECONDS);
    void loaded.then(() => {
      clearTimeout(timer);
      if (!alive) return;
      timer = limit(spec.timeoutSeconds);
      const deadline = Date.now() + spec.timeoutSeconds * 1000;
      worker.postMessage({ id, event: JSON.stringify(event), deadline } satisfies Invocation);
    });
    const outcome = await settled;
    clearTimeout(timer);
    waiting = undefined;
    if ('result' in outcome) return JSON.parse(outcome.result);
    if (outcome.error.trace) log.write(outcome.error.trace);
    throw new InvocationError(outcome.error.type, outcome.error.message);
  }

  return {
    isAlive: () => alive,
    invoke,
    loaded,
    stop: async () => {
      alive = false;
      await worker.terminate();
    },
  };
}
