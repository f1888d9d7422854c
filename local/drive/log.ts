/** Where do the lines go that a function prints, and what of them is told at once? */
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
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

/** Appends to `<folder>/<name>.log`; a file grown past 20 MB becomes `.log.1` at the next start. */
export function openFunctionLog(folder: string, name: string, tell: (line: string) => void): FunctionLog {
  const file = join(folder, `${name}.log`);
  if (existsSync(file) && statSync(file).size > LARGEST) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a' });
  const write = (text: string): void => void stream.write(`${hideTokens(text)}\n`);
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
      tell(`[${name}] ${first}${last?.since ? ` (and ${last.since} times before)` : ''}; see ${file}`);
    },
    close: () => stream.end(),
  };
}

/** A JWT is worth a sign-in: it reaches no file and no terminal. */
export function hideTokens(text: string): string {
  return text.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]');
}
