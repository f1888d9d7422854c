/** How is a function invoked without waiting for it: kept until it succeeds, tried again twice, not lost by a kill, a dead letter in the end? */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeIfRoom, writeWhole } from '../data-dir.ts';

export interface EventQueueOptions {
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Where events lie that are not done; beside it, `dead-letters.jsonl` takes those that failed to the end. */
  file: string;
  log: (line: string) => void;
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
export function openEventQueue({ invoke, file, log, pauses = [1000, 2000] }: EventQueueOptions): EventQueue {
  const waiting: Record<string, Waiting> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const stopping = new AbortController();
  const { signal } = stopping;
  const deadLetters = join(dirname(file), 'dead-letters.jsonl');

  function giveUp({ functionName, event }: Waiting, reason: unknown): boolean {
    const letter = { at: new Date().toISOString(), functionName, event, error: String(reason) };
    try {
      appendFileSync(deadLetters, `${JSON.stringify(letter)}\n`);
    } catch (error) {
      log(`${functionName} failed ${pauses.length + 1} times; its event stays for the next start: ${String(error)}`);
      return false;
    }
    log(`${functionName} failed ${pauses.length + 1} times; its event lies in ${deadLetters}.`);
    return true;
  }

  async function run(id: string, { functionName, event }: Waiting): Promise<void> {
    for (const pause of [...pauses, undefined]) {
      const failure = await invoke(functionName, event).then(
        () => undefined,
        (reason: unknown) => ({ reason }),
      );
      if (signal.aborted) return;
      if (!failure) break;
      if (pause === undefined) {
        if (!giveUp({ functionName, event }, failure.reason)) return;
      } else await wait(pause, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
    }
    delete waiting[id];
    // On a full disk it stays there as not done: the next start does it again.
    writeIfRoom(file, JSON.stringify(waiting));
  }

  for (const [id, each] of Object.entries(waiting)) void run(id, each);
  return {
    add: (functionName, event) => {
      const id = randomUUID();
      const added = { functionName, event };
      writeWhole(file, JSON.stringify({ ...waiting, [id]: added }));
      waiting[id] = added;
      void run(id, added);
    },
    stop: () => stopping.abort(),
  };
}
