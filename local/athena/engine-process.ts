/**
 * How does the memory of queries go back when nobody asks any more? DuckDB and the parser run in a process of their own, started by the
 * first query and ended after a while without one: what they hold (hundreds of megabytes) no thread could give back.
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { AthenaCatalog } from './catalog.ts';
import type { Answer, Engine, Put, QueryOptions } from './engine.ts';
import { QueryError } from './errors.ts';

export interface EngineProcessOptions {
  catalog: AthenaCatalog;
  /** Folder of the embedded S3, and where it answers. */
  storageDir: string;
  s3: string;
  region: string;
  /** For views and tables that statements make. */
  stateDir: string;
}

/** The first message opens the engine: the catalog with its views is longer than an argument of a program may be. */
export type EngineCall = { id: number } & (
  | { does: 'open'; options: EngineProcessOptions }
  | { does: 'query'; sql: string; values: readonly string[]; options: Omit<QueryOptions, 'signal'> }
  | { does: 'put'; bucket: string; key: string; body: Uint8Array }
  | { does: 'stop'; of: number }
);

export interface EngineReply {
  id: number;
  answer?: Answer;
  /** `code` where it is a QueryError. */
  fault?: { code?: string; message: string };
}

interface Waiting {
  resolve(answer: Answer | undefined): void;
  reject(reason: Error): void;
}

/** The engine as `openEngine` makes it, in a process that is there only while it is needed. */
export function openEngineProcess(options: EngineProcessOptions, idleMs = 15_000): Engine & { put: Put } {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let calls = 0;
  let ending: NodeJS.Timeout | undefined;

  function end(): void {
    clearTimeout(ending);
    if (child?.connected) child.disconnect();
    child = undefined;
  }

  function startChild(): ChildProcess {
    const started = fork(new URL('./engine-worker.ts', import.meta.url), {
      execArgv: ['--no-warnings'],
      serialization: 'advanced',
    });
    const died = (why: string): void => {
      if (child !== started) return;
      child = undefined;
      for (const { reject } of waiting.values())
        reject(new QueryError('GENERIC_INTERNAL_ERROR', `The query engine ended: ${why}`));
      waiting.clear();
    };
    started.on('error', (reason) => died(reason.message));
    started.on('exit', (code, signal) => died(String(signal ?? code)));
    started.on('message', ({ id, answer, fault }: EngineReply) => {
      const call = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) ending = setTimeout(end, idleMs).unref();
      if (!fault) call?.resolve(answer);
      else
        call?.reject(
          fault.code ? new QueryError(fault.code, fault.message.slice(fault.code.length + 2)) : new Error(fault.message),
        );
    });
    started.send({ id: ++calls, does: 'open', options } satisfies EngineCall);
    return started;
  }

  const send = (call: EngineCall): void => {
    child ??= startChild();
    child.send(call);
  };
  const ask = (id: number, call: EngineCall): Promise<Answer | undefined> => {
    clearTimeout(ending);
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send(call);
    });
  };

  return {
    query: async (sql, values = [], { signal, ...rest } = {}) => {
      const id = ++calls;
      const stop = (): void => {
        if (waiting.has(id)) send({ id: ++calls, does: 'stop', of: id });
      };
      signal?.addEventListener('abort', stop);
      try {
        return (await ask(id, { id, does: 'query', sql, values, options: rest })) as Answer;
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
    put: async (bucket, key, body) => {
      const id = ++calls;
      await ask(id, { id, does: 'put', bucket, key, body });
    },
    close: end,
  };
}
