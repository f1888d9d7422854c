/** How does a thread give memory back that its last piece of work needed and nothing holds any more? */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Share of a core below which a thread counts as waiting; by its CPU time, which does not grow on a busy machine. */
const idleShare = 0.03;
const everyMs = 5_000;
/** Less than this above what was left by the last collection is not worth another one. */
const slackBytes = 6 * 1024 * 1024;

/**
 * V8 lets a heap grow with the work and hardly shrinks it in a thread that then waits. This looks every few seconds, and where the
 * thread does little and its heap has grown, has it collected: some tens of milliseconds.
 */
export function returnIdleMemory(): void {
  setFlagsFromString('--expose-gc');
  // What was compiled stays: whoever asks next should not wait for it to be made again.
  setFlagsFromString('--no-flush-bytecode');
  const collect = runInNewContext('gc') as (options?: object) => void;
  let left = 0;
  let before = process.threadCpuUsage();
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    const share = (user + system) / 1000 / everyMs;
    if (share > idleShare || getHeapStatistics().total_heap_size < left + slackBytes) return;
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    left = getHeapStatistics().total_heap_size;
  }, everyMs).unref();
}
