/** How is a function invoked without waiting for it: kept until it succeeds, tried again twice, not lost by a kill, a dead letter in the end? */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeIfRoom } from '../data-dir.ts';

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

/** A line of the file: an event that came, or the id of one that is done. A line that was cut off is of an event that nobody was told is kept. */
type Line = [id: string, functionName: string, event: unknown] | [id: string];
/** What the whole file was before it had lines. */
type Before = Record<string, Waiting>;

const lineOf = (line: Line): string => `\n${JSON.stringify(line)}`;

function linesIn(text: string): (Line | Before)[] {
  return text.split('\n').flatMap((line): (Line | Before)[] => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Line | Before];
    } catch {
      return [];
    }
  });
}

/** What a file left undone, by id. */
function undoneIn(file: string): Map<string, Waiting> {
  const waiting = new Map<string, Waiting>();
  for (const line of linesIn(existsSync(file) ? readFileSync(file, 'utf8') : '')) {
    if (!Array.isArray(line)) {
      for (const [id, each] of Object.entries(line)) waiting.set(id, each);
      continue;
    }
    const [id, functionName, event] = line;
    if (functionName === undefined) waiting.delete(id);
    else waiting.set(id, { functionName, event });
  }
  return waiting;
}

/** So many lines of what is done are left in the file. */
const mostDone = 1000;

/** Opens the queue and takes up what an earlier runtime left undone. */
export function openEventQueue({ invoke, file, log, pauses = [1000, 2000] }: EventQueueOptions): EventQueue {
  const waiting = undoneIn(file);
  let done = 0;
  const writeAnew = (): boolean => {
    const lines = [...waiting].map(([id, { functionName, event }]) => lineOf([id, functionName, event]));
    done = 0;
    return writeIfRoom(file, lines.join(''));
  };
  writeAnew();
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

  /** What is done since the last writing: many that end together are one write, and one that a kill keeps from it is done again. */
  const ended: string[] = [];
  /** On a full disk they stay there as not done: the next start does them again. */
  function writeEnded(): void {
    const ids = ended.splice(0);
    if (!ids.length) return;
    try {
      done += ids.length;
      if (done > mostDone + waiting.size) writeAnew();
      else appendFileSync(file, ids.map((id) => lineOf([id])).join(''));
    } catch (error) {
      log(`That an event is done could not be written, so it is done again at the next start: ${String(error)}`);
    }
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
    waiting.delete(id);
    if (ended.push(id) === 1) setImmediate(writeEnded);
  }

  for (const [id, each] of waiting) void run(id, each);
  return {
    add: (functionName, event) => {
      const id = randomUUID();
      const added = { functionName, event };
      appendFileSync(file, lineOf([id, functionName, event]));
      waiting.set(id, added);
      void run(id, added);
    },
    stop: () => {
      stopping.abort();
      writeEnded();
    },
  };
}
