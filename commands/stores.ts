/** Which table and which lake does a command work on? Those of the runtime of a data folder, or those that the environment names. */
import { readRuntimeAddress } from '../local/data-dir.ts';
import { openAthena } from '../shared/lake/athena.ts';
import type { Stores } from '../shared/lake/reconcile.ts';
import { openTable } from '../shared/store/table.ts';

const needed = ['TABLE_NAME', 'ATHENA_DATABASE', 'ATHENA_WORK_GROUP'] as const;

/**
 * Opens table and Athena. In AWS the environment has TABLE_NAME, ATHENA_DATABASE and ATHENA_WORK_GROUP (outputs of the stacks) beside
 * the usual credentials. Throws with the remedy where neither is there.
 */
export function openStores(dataDir: string): Stores {
  const address = process.env.TABLE_NAME ? undefined : readRuntimeAddress(dataDir);
  // The SDK's clients find the embedded servers by these.
  Object.assign(process.env, address?.environment);
  const missing = needed.filter((name) => !process.env[name]);
  if (missing.length)
    throw new Error(
      `No service runs on ${dataDir}: start it with npm start, name its folder with --data-dir, or set ${needed.join(', ')} for AWS.`,
    );
  const [table = '', database = '', workGroup = ''] = needed.map((name) => process.env[name]);
  return { table: openTable(table), athena: openAthena(database, workGroup) };
}
