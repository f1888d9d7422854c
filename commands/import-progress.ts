/** How far is an import, and what came of it? A bar on a terminal, plain lines elsewhere, a summary at the end. */
import { SingleBar } from 'cli-progress';
import type { ImportReport, Tally } from '../shared/sources/files/import-report.ts';
import type { PostResult } from '../shared/sources/post/post-events.ts';

export interface Progress {
  update(report: ImportReport, result: PostResult): void;
  stop(): void;
}

const linesEvery = 3000;
const refusedOf = (result: PostResult): number => [...result.rejected.values()].reduce((sum, { count }) => sum + count, 0);

function plainLines(): Progress {
  let said = Date.now();
  return {
    update(report, result) {
      if (Date.now() - said < linesEvery) return;
      said = Date.now();
      const share = report.of > 0 ? ` (${Math.floor((100 * report.done) / report.of)} % of the files)` : '';
      const again = result.retries > 0 ? `, ${result.retries} requests repeated` : '';
      console.error(`${result.accepted} events accepted, ${refusedOf(result)} rejected${again}${share}`);
    },
    stop() {},
  };
}

function bar(): Progress {
  const single = new SingleBar({
    format: '{bar} {percentage} % | {accepted} accepted, {rejected} rejected{again} | {duration_formatted}',
    hideCursor: true,
  });
  const payload = { accepted: 0, rejected: 0, again: '' };
  single.start(1, 0, payload);
  return {
    update(report, result) {
      single.setTotal(Math.max(1, report.of));
      const again = result.retries > 0 ? `, ${result.retries} repeated` : '';
      single.update(Math.min(report.done, report.of), { accepted: result.accepted, rejected: refusedOf(result), again });
    },
    stop: () => single.stop(),
  };
}

/** Shows progress on stderr, so that the summary alone is on stdout. */
export const showProgress = (isTerminal: boolean): Progress => (isTerminal ? bar() : plainLines());

function tallies(heading: string, counts: Map<string, Tally>): string[] {
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([, a], [, b]) => b.count - a.count);
  return [
    heading,
    ...sorted.flatMap(([reason, { count, examples }]) => [
      `  ${count} × ${reason}`,
      ...examples.map((example) => `      ${example}`),
    ]),
  ];
}

/** The end of an import in words. */
export function summarize(report: ImportReport, result: PostResult): string {
  const skipped = [...report.skipped.values()].reduce((sum, { count }) => sum + count, 0);
  const wrong = [...report.wrong.values()].reduce((sum, { count }) => sum + count, 0);
  return [
    `accepted ${result.accepted}`,
    `rejected ${refusedOf(result) + wrong}`,
    `skipped  ${skipped}`,
    `${report.rows} rows read, ${result.batches} requests, ${result.retries} repeated`,
    ...tallies('Rejected by the service:', result.rejected),
    ...tallies('Rejected before sending, because the file is wrong:', report.wrong),
    ...tallies('Skipped, as the mapping says:', report.skipped),
    ...tallies('Changed on the way:', report.notes),
  ].join('\n');
}

/** Was anything rejected, by the service or before? */
export const isFlawed = (report: ImportReport, result: PostResult): boolean => refusedOf(result) > 0 || report.wrong.size > 0;
