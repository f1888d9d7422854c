/** How much memory did this process ever have? */
import { existsSync, readFileSync } from 'node:fs';

const status = '/proc/self/status';

/**
 * The peak of the process's memory, in MB. TRICKY: Linux hands the peak that getrusage tells down to a child, so that a small process
 * of a large one looks large; what /proc says begins with the program.
 */
export function peakMB(): number {
  const own = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return Math.round(Number(own ?? process.resourceUsage().maxRSS) / 1000);
}
