/** How is a function invoked without waiting for it: kept until it succeeds, tried again twice, not lost by a kill? */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { writeWhole } from '../data-dir.ts';

export interface EventQueueOptions {
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Where events lie that are not done. */
  file: string;
  tell: (line: string) => void;
  /** Pauses before the second and the third attempt; AWS waits one and two minutes. */
  pauses?: number[];
}

export interface EventQueue {
  /** Takes an event over; it is on disk when this returns. */
  add(functionName: string, event: unknown): void;
  /** No further attempts; what is not done is taken up by the next start. */
  stop(): void;
}

interface Waiting {
  functionName: string;
  event: unknown;
}

/** Opens the queue and takes up what an earlier runtime left undone. */
export function openEventQueue({ invoke, file, tell, pauses = [1000, 2000] }: EventQueueOptions): EventQueue {
  const waiting: Record<string, Waiting> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const stopping = new AbortController();
  const { signal } = stopping;
  const save = (): void => writeWhole(file, JSON.stringify(waiting));

  async function run(id: string, { functionName, event }: Waiting): Promise<void> {
    for (const pause of [...pauses, undefined]) {
      const failure = await invoke(functionName, event).then(
        () => undefined,
        (reason: unknown) => ({ reason }),
      );
      if (signal.aborted) return;
      if (!failure) break;
      if (pause === undefined) tell(`${functionName} failed ${pauses.length + 1} times; its event is given up.`);
      else await wait(pause, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
    }
    delete waiting[id];
    save();
  }

  for (const [id, each] of Object.entries(waiting)) void run(id, each);
  return {
    add: (functionName, event) => {
      const id = randomUUID();
      waiting[id] = { functionName, event };
      save();
      void run(id, waiting[id]);
    },
    stop: () => stopping.abort(),
  };
}
