/** Which table and which lake does a command work on? Those of the runtime of a data folder, or those that the environment names. */
import { openAthena } from '../shared/lake/athena.ts';
import type { Stores } from '../shared/lake/look.ts';
import { openTable } from '../shared/store/table.ts';
import { aliveOn } from './running.ts';

const needed = ['TABLE_NAME', 'ATHENA_DATABASE', 'ATHENA_WORK_GROUP'] as const;

/**
 * Opens table and Athena. In AWS the environment has TABLE_NAME, ATHENA_DATABASE and ATHENA_WORK_GROUP (outputs of the stacks) beside
 * the usual credentials. Throws with the remedy where neither is there.
 */
export function openStores(dataDir: string): Stores {
  const inAws = `name its folder with --data-dir; for AWS set ${needed.join(', ')}`;
  const address = process.env.TABLE_NAME ? undefined : aliveOn(dataDir, inAws);
  // The SDK's clients find the embedded servers by these.
  Object.assign(process.env, address?.environment);
  const missing = needed.filter((name) => !process.env[name]);
  if (missing.length)
    throw new Error(
      address
        ? `The service on ${dataDir} does not say what it holds (${missing.join(', ')}): it is of an older version, start it again with npm start.`
        : `For AWS the environment also needs ${missing.join(', ')}: the outputs of the stacks.`,
    );
  const [table = '', database = '', workGroup = ''] = needed.map((name) => process.env[name]);
  return { table: openTable(table), athena: openAthena(database, workGroup) };
}
