/** How are functions invoked as Lambda does it: as many environments as calls at once, up to a limit? */
import type { FunctionSpec } from '../deployment.ts';
import { type Environment, type InvocationError, startEnvironment } from './environment.ts';
import { openFunctionLog } from './log.ts';

export interface LambdaFunction {
  name: string;
  timeoutSeconds: number;
  /** Resolves to what the handler returned; rejects with an InvocationError. Waits its turn when all environments are busy. */
  invoke(event: unknown): Promise<unknown>;
  /** Starts an environment before anybody asks, and resolves when its code is loaded. */
  warm(): Promise<void>;
  stop(): Promise<void>;
}

export interface LambdaOptions {
  variables: Record<string, string>;
  logFolder: string;
  /** How many invocations may run at once. AWS allows a thousand; every one here is a thread of some 20 MB. */
  concurrency: number;
  /** Keeps its last environment although there is nothing to do: nobody who asks waits for a cold start. */
  staysWarm: boolean;
  log: (line: string) => void;
}

/** An environment that need not stay goes away after this long without work. */
const IDLE_MS = 20_000;

/** Another environment starts once somebody has waited this long: a cold start costs all that run meanwhile more than a short wait costs one. */
const PATIENCE_MS = 400;

/** Makes a function from its bundle. Environments start when they are first needed. */
export function makeFunction(spec: FunctionSpec, options: LambdaOptions): LambdaFunction {
  const functionLog = openFunctionLog(options.logFolder, spec.name, options.log);
  const idle: { environment: Environment; since: number }[] = [];
  const queue: ((environment: Environment) => void)[] = [];
  const loading = new Set<Environment>();
  /** Running or loading. */
  let busy = 0;
  let stopped = false;
  let patience: NodeJS.Timeout | undefined;

  function acquire(): Promise<Environment> | Environment {
    let free = idle.pop();
    while (free && !free.environment.isAlive()) free = idle.pop();
    if (free || busy === 0) {
      busy += 1;
      return free?.environment ?? start();
    }
    return new Promise((resolve) => {
      queue.push(resolve);
      patience ??= setTimeout(startAnother, PATIENCE_MS);
    });
  }

  function start(): Environment {
    const environment = startEnvironment(spec, options.variables, functionLog);
    loading.add(environment);
    void environment.loaded.then(() => loading.delete(environment));
    return environment;
  }

  /** One at a time. Whoever waits takes it, or one that is free sooner. */
  function startAnother(): void {
    patience = undefined;
    if (stopped || queue.length === 0 || busy >= options.concurrency) return;
    patience = setTimeout(startAnother, PATIENCE_MS);
    if (loading.size > 0) return;
    busy += 1;
    const environment = start();
    void environment.loaded.then(() => release(environment));
  }

  function release(environment: Environment): void {
    const next = stopped ? undefined : queue.shift();
    if (next) {
      next(environment.isAlive() ? environment : start());
      return;
    }
    busy -= 1;
    if (environment.isAlive()) idle.push({ environment, since: Date.now() });
  }

  const cleaner = setInterval(() => {
    const kept = options.staysWarm ? 1 : 0;
    while (idle[0] && busy + idle.length > kept && Date.now() - idle[0].since > IDLE_MS) void idle.shift()?.environment.stop();
  }, 5_000).unref();
  const running = new Set<Environment>();

  return {
    name: spec.name,
    timeoutSeconds: spec.timeoutSeconds,
    invoke: async (event) => {
      if (stopped) throw new Error(`${spec.name} is stopped.`);
      const environment = await acquire();
      running.add(environment);
      try {
        return await environment.invoke(event);
      } catch (reason) {
        const { type, message } = reason as InvocationError;
        functionLog.complain(`${type}: ${message}`);
        throw reason;
      } finally {
        running.delete(environment);
        release(environment);
      }
    },
    warm: async () => {
      if (stopped || busy + idle.length > 0) return;
      const environment = start();
      idle.push({ environment, since: Date.now() });
      await environment.loaded;
    },
    stop: async () => {
      stopped = true;
      clearInterval(cleaner);
      clearTimeout(patience);
      await Promise.all(
        [...running, ...loading, ...idle.map(({ environment }) => environment)].map((environment) => environment.stop()),
      );
      functionLog.close();
    },
  };
}
