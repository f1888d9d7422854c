/** Are the numbers right yet? Waits until everything that was accepted is counted, says how long that will take, and how it ended. */
import { awaitCounted, type Waiting } from '../shared/sources/post/await-counted.ts';
import type { Ledger } from '../shared/sources/post/ledger.ts';
import { ApiRefusal, type Target } from '../shared/sources/post/send-batch.ts';

const linesEvery = 3000;
const number = new Intl.NumberFormat('en-US');

const inWords = (seconds: number): string =>
  seconds < 100 ? `${seconds} s` : seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;

/** `counted 3,500 of 10,000 | the oldest waits 12 s | about 25 s left` */
export function lineOfWaiting({ accepted, counted, lagSeconds, secondsLeft }: Waiting): string {
  const left = secondsLeft === undefined ? 'measuring how long it takes' : `about ${inWords(secondsLeft)} left`;
  return [
    `counted ${number.format(counted)} of ${number.format(accepted)}`,
    `the oldest waits ${inWords(lagSeconds)}`,
    left,
  ].join(' | ');
}

/** How to look, for whoever does not wait. */
export const howToCheck = (url: string): string =>
  `Look at ${new URL('/v1/health', url)}: once \`stream\` has no lag, everything is counted (\`archive\` tells of the lake). ` +
  'Until then reports call what may still move partial.';

/** Lag of the lake as health tells it; undefined where it does not. */
async function lagOfArchive(url: string): Promise<number | undefined> {
  const response = await fetch(new URL('/v1/health', url), { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  const { sources = [] } = (response?.ok ? await response.json() : {}) as { sources?: { name: string; lagSeconds: number }[] };
  return sources.find(({ name }) => name === 'archive')?.lagSeconds;
}

/** The end in words: what is counted, what is not and why, and how far the lake is. */
export function conclude({ accepted, counted, quarantined }: Ledger, archiveLag: number | undefined): string {
  const good = Math.max(0, counted - quarantined);
  const lines = [`counted ${number.format(good)} of ${number.format(accepted)}; reports are complete`];
  if (quarantined)
    lines.push(
      `${number.format(quarantined)} ${quarantined === 1 ? 'is' : 'are'} in quarantine: the reason stands with each in the quarantine bucket, docs/01-specifications/lake.md`,
    );
  if (archiveLag) lines.push(`The lake (SQL) follows: its oldest event waits ${inWords(archiveLag)}.`);
  return lines.join('\n');
}

function shower(isTerminal: boolean): { show: (waiting: Waiting) => void; end: () => void } {
  let said = Number.NEGATIVE_INFINITY;
  return {
    show: (waiting) => {
      const line = lineOfWaiting(waiting);
      if (isTerminal) process.stderr.write(`\r\x1b[2K${line}`);
      else if (Date.now() - said >= linesEvery) {
        said = Date.now();
        console.error(line);
      }
    },
    end: () => {
      if (isTerminal) process.stderr.write('\r\x1b[2K');
    },
  };
}

/** Waits and says how it ended. Answers the exit code: 0, 130 when somebody pressed Ctrl-C, 1 when the service was lost sight of. */
export async function waitUntilCounted(ledger: Ledger, target: Target, isTerminal: boolean): Promise<number> {
  const say = (text: string) => console.log(`${text}\n${howToCheck(target.url())}`);
  const safe = `nothing is lost: all ${number.format(ledger.accepted)} are accepted and go on being counted.`;
  if (ledger.accepted === 0) return 0;
  if (!ledger.isComplete) {
    say('The service does not tell when they are counted.');
    return 0;
  }
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once('SIGINT', stop);
  const { show, end } = shower(isTerminal);
  try {
    await awaitCounted(ledger, { target, onProgress: show, signal: stopped.signal });
    end();
    console.log(conclude(ledger, await lagOfArchive(target.url())));
    return 0;
  } catch (error) {
    end();
    if (stopped.signal.aborted) {
      say(`No longer waiting; ${safe}`);
      return 130;
    }
    if (error instanceof ApiRefusal) {
      say(`${error.message}; ${safe}`);
      return 0;
    }
    say(`${(error as Error).message}; ${safe}`);
    return 1;
  } finally {
    process.off('SIGINT', stop);
  }
}
