/** Which series of the M3, NN5 and Tourism competitions does this machine hold? */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CompetitionRow {
  id: string;
  freq: number;
  h: number;
  train: (number | null)[];
  test: (number | null)[];
}

const folder = join(process.env.BENCH_DATA ?? '../shared/data', 'forecast');

/** Rows of a file, or undefined, said on stderr, where this machine has none. */
export function rowsOf(name: string): CompetitionRow[] | undefined {
  const file = join(folder, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as CompetitionRow[];
  console.error(`SKIPPED: ${file} is absent. Set BENCH_DATA to the folder that holds forecast/.`);
  return undefined;
}
