/** How does a test call the command `import`, and what does a service answer it that takes everything? */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { type Reply, standIn } from './stand-in-api.ts';

const root = join(import.meta.dirname, '../..');

export function runImport(kind: string, args: string[]): Promise<{ code: number | null; out: string; said: string }> {
  const child = spawn(process.execPath, [join(root, 'commands/import.ts'), kind, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, said] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    said += data;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, said })));
}

/** Knows the creator, or nobody. */
export const serviceThatTakes = (creatorId: string, known: boolean) =>
  standIn((batch: CloudEvent[], _, path): Reply => {
    if (path.startsWith('/v1/events/progress'))
      return {
        status: 200,
        body: { creators: known ? [{ creatorId, position: 'b', lagSeconds: 0, quarantined: 0 }] : [] },
      };
    return { status: 202, body: { accepted: batch.length, rejected: [] } };
  });
