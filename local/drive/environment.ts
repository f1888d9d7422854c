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
  stop(): Promise<void>;
}

interface Waiting {
  id: string;
  settle: (outcome: Outcome) => void;
}

/** Starts a thread for the function; its code loads while the first invocation waits, as in a cold start. */
export function startEnvironment(spec: FunctionSpec, variables: Record<string, string>, log: FunctionLog): Environment {
  const [file = 'index', exported = 'handler'] = spec.handler.split('.');
  const worker = new Worker(new URL('./lambda-worker.ts', import.meta.url), {
    workerData: { code: join(spec.code, `${file}.mjs`), exported, name: spec.name, arn: spec.arn },
    env: { PATH: process.env.PATH, TZ: 'UTC', ...variables, ...spec.environment },
    execArgv: ['--no-warnings', '--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: spec.memoryMegabytes },
    stdout: true,
    stderr: true,
  });
  log.follow(worker.stdout, worker.stderr);
  let waiting: Waiting | undefined;
  let alive = true;
  const die = (type: string, message: string): void => {
    alive = false;
    waiting?.settle({ id: waiting.id, error: { type, message, trace: '' } });
  };
  worker.on('error', (reason) => {
    const { name, message, stack } = reason instanceof Error ? reason : new Error(String(reason));
    log.write(stack ?? message);
    die(name, message);
  });
  worker.on('exit', (code) => die('Runtime.ExitError', `Runtime exited with code ${code}`));
  worker.on('message', (outcome: Outcome | 'ready') => {
    if (outcome !== 'ready' && outcome.id === waiting?.id) waiting.settle(outcome);
  });

  async function invoke(event: unknown): Promise<unknown> {
    const id = randomUUID();
    const deadline = Date.now() + spec.timeoutSeconds * 1000;
    const outcome = await new Promise<Outcome>((settle) => {
      waiting = { id, settle };
      const timer = setTimeout(() => {
        // Lambda throws the whole environment away as well: nothing may go on writing behind the next attempt's back.
        die('Sandbox.Timedout', `Task timed out after ${spec.timeoutSeconds} seconds`);
        void worker.terminate();
      }, spec.timeoutSeconds * 1000);
      waiting.settle = (result) => {
        clearTimeout(timer);
        settle(result);
      };
      worker.postMessage({ id, event: JSON.stringify(event), deadline } satisfies Invocation);
    });
    waiting = undefined;
    if ('result' in outcome) return JSON.parse(outcome.result);
    if (outcome.error.trace) log.write(outcome.error.trace);
    throw new InvocationError(outcome.error.type, outcome.error.message);
  }

  return {
    isAlive: () => alive,
    invoke,
    stop: async () => {
      alive = false;
      await worker.terminate();
    },
  };
}
