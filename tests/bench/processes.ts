/** What do a process and those it started weigh together? Read from /proc, so on Linux only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  command: string;
  /** Seconds of CPU, its own and those of children that have ended. */
  cpu: number;
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A process that has just ended.
    return '';
  }
};

function readProcess(pid: number): Process | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name in the second field may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 15) return undefined;
  const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
  return { pid, parent: Number(fields[1]), command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' '), cpu: ticks / 100 };
}

/** The process and everything below it. */
function treeOf(root: number): Process[] {
  if (!existsSync('/proc/self/stat')) throw new Error('Processes are measured by /proc, which only Linux has.');
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []));
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

/** Is this one the service, or a process of npm and its shell that only waits for it? */
const isService = ({ command }: Process): boolean => /^\S*node /.test(command) && !/(^|\/)npm(-cli\.js)? /.test(command);

/** Resident memory (MB) of the service below `npm start`: all of its processes, without npm itself. */
export function residentMB(npm: number): number {
  const kB = treeOf(npm)
    .filter(isService)
    .map(({ pid }) => Number(/VmRSS:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0));
  return Math.round(kB.reduce((sum, each) => sum + each, 0) / 1024);
}

/** Seconds of CPU that a process, those below it and those of them that have ended took so far. */
export const cpuSeconds = (root: number): number => treeOf(root).reduce((sum, { cpu }) => sum + cpu, 0);
