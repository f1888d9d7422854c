/** Which service runs on a data folder? Every command that needs one says the same where there is none. */
import { existsSync, statSync } from 'node:fs';
import { type RuntimeAddress, readRuntimeAddress } from '../local/data-dir.ts';
import { dataDirFlag } from './shell-word.ts';

/** The call that starts the service of a folder. */
export const startOf = (dataDir: string): string => `npm start${dataDirFlag(dataDir) && ` --${dataDirFlag(dataDir)}`}`;

/** Where the service of a folder answers. Throws with the remedy where none runs; `otherwise` names another way to one. */
export function runningOn(dataDir: string, otherwise = 'name its folder with --data-dir'): RuntimeAddress {
  const remedy = `start it with ${startOf(dataDir)}, or ${otherwise}.`;
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    throw new Error(`${dataDir} is a file, not the data folder of a service: ${otherwise}.`);
  const address = readRuntimeAddress(dataDir);
  if (!address) throw new Error(`No service runs on ${dataDir}${existsSync(dataDir) ? '' : ', which is not there'}: ${remedy}`);
  return address;
}

/** The same, of one that has not ended since it said where it is. */
export function aliveOn(dataDir: string, otherwise?: string): RuntimeAddress {
  const address = runningOn(dataDir, otherwise);
  if (isAlive(address.pid)) return address;
  throw new Error(`The service on ${dataDir} ended without saying so: start it again with ${startOf(dataDir)}.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (reason) {
    // Of another user, but there.
    return (reason as NodeJS.ErrnoException).code === 'EPERM';
  }
}
