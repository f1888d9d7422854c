/** How does code forget a rule? A copy of the sources with asserted replacements is loaded in place of the real one. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { streamHandler } from '../../functions/stream.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import type { Edit } from './rules.ts';

/** What the worlds run of the project. */
export interface Code {
  streamHandler: typeof streamHandler;
  applyBatch: typeof applyBatch;
}

export const realCode: Code = { streamHandler, applyBatch };

const root = join(import.meta.dirname, '../..');

/**
 * Loads modules of the sources with these edits made. Throws where a text to replace is not there exactly once: the edit has to follow
 * the code.
 */
export async function loadModules(files: readonly string[], edits: readonly Edit[]): Promise<unknown[]> {
  const parent = join(root, '.build', 'mutants');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'm-'));
  try {
    cpSync(join(root, 'shared'), join(folder, 'shared'), { recursive: true });
    mkdirSync(join(folder, 'functions'));
    for (const file of ['stream.ts', 'metric.ts', 'required.ts'])
      cpSync(join(root, 'functions', file), join(folder, 'functions', file));
    for (const { file, from, to } of edits) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
      writeFileSync(
        join(folder, file),
        text.replace(from, () => to),
      );
    }
    const modules: unknown[] = [];
    for (const file of files) modules.push(await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href));
    return modules;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the worlds run, with these edits made. */
export async function loadEdited(edits: readonly Edit[]): Promise<Code> {
  const [stream, store] = await loadModules(['functions/stream.ts', 'shared/store/apply.ts'], edits);
  return { ...(stream as Pick<Code, 'streamHandler'>), ...(store as Pick<Code, 'applyBatch'>) };
}
