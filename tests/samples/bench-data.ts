/** Where is the real data that tests may read but the project may not ship? Says loudly when it is absent. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env.BENCH_DATA ?? '../shared/data';

/** The folder of a data set, or undefined, said on stderr, where this machine has none. */
export function benchData(name: string): string | undefined {
  const folder = join(root, name);
  if (existsSync(folder)) return folder;
  console.error(
    `SKIPPED: ${folder} is absent, so nothing is checked or measured on the real ${name} files. Set BENCH_DATA to the folder that holds ${name}/.`,
  );
  return undefined;
}
