/** Where do the lines go that a function prints, and what of them is told at once? */
import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const LARGEST = 20 * 1024 * 1024;
const QUIET_MS = 10_000;

export interface FunctionLog {
  follow(...outputs: Readable[]): void;
  write(text: string): void;
  /** Tells the person at the terminal; the same message again only every ten seconds, with its count. */
  complain(message: string): void;
  close(): void;
}

/** Appends to `<folder>/<name>.log`, each line with its time (ISO, UTC); a file grown past 20 MB becomes `.log.1` at the next start. */
export function openFunctionLog(folder: string, name: string, log: (line: string) => void): FunctionLog {
  const file = join(folder, `${name}.log`);
  if (existsSync(file) && statSync(file).size > LARGEST) renameSync(file, `${file}.1`);
  let stream: WriteStream | undefined;
  // A full disk costs lines, not the service: a stream that failed is given up, and the next line begins another.
  const open = (): WriteStream => {
    const opened = createWriteStream(file, { flags: 'a' });
    opened.on('error', () => {
      if (stream === opened) stream = undefined;
    });
    return opened;
  };
  const write = (text: string): void => {
    stream ??= open();
    const at = new Date().toISOString();
    for (const line of hideTokens(text).split('\n')) stream.write(`${at} ${line}\n`);
  };
  stream = open();
  const told = new Map<string, { at: number; since: number }>();
  return {
    follow: (...outputs) => {
      for (const output of outputs) createInterface({ input: output }).on('line', write);
    },
    write,
    complain: (message) => {
      const last = told.get(message);
      const now = Date.now();
      if (last && now - last.at < QUIET_MS) {
        last.since += 1;
        return;
      }
      told.set(message, { at: now, since: 0 });
      const first = hideTokens(message).split('\n')[0];
      log(`[${name}] ${first}${last?.since ? ` (and ${last.since} times before)` : ''}; see ${file}`);
    },
    close: () => void stream?.end(),
  };
}

/** A JWT is worth a sign-in: it reaches no file and no terminal. */
export function hideTokens(text: string): string {
  return text.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]');
}
