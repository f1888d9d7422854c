/** How is a reconciliation told on the terminal? Creator by creator with what is left to do, and all of them in one line at the end. */
import { isSettled, type Reconciliation } from '../shared/lake/reconcile.ts';

const cellsShown = 20;
const namesShown = 20;

const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

function stateOf({ moving, movingDays, isPending, through }: Reconciliation): string {
  if (!through) return 'not compared: nothing of it was applied and archived yet';
  const compared = `compared through ${through}`;
  if (moving) return `${count(movingDays, 'day')} still moving, ${compared}`;
  return isPending ? `later events on their way, ${compared}` : compared;
}

/** One creator: `c-5: 812 cells, 0 differing; 3 days still moving, compared through 2026-…`, and each cell that differs below it. */
export function describe(found: Reconciliation): string {
  const { creatorId, cells, differing, missing } = found;
  const lines = differing
    .slice(0, cellsShown)
    .map(
      ({ item, field, table, lake, entities }) =>
        `  ${item} ${field}: table ${table}, lake ${lake}; behind it: ${entities.join(', ')}`,
    );
  const rest = differing.length > cellsShown ? [`  … and ${differing.length - cellsShown} more`] : [];
  if (missing.length)
    rest.push(`  missing from the totals: ${missing.join(', ')}; replay them: npm run replay -- --creator ${creatorId}`);
  return [`${creatorId}: ${count(cells, 'cell')}, ${differing.length} differing; ${stateOf(found)}`, ...lines, ...rest].join(
    '\n',
  );
}

/** `12/1277, about 9 s left`: as fast as it went so far, since `milliseconds` ago; nothing of the time before there is a pace. */
export function placeOf({ done, of }: { done: number; of: number }, milliseconds: number): string {
  const left = done < of && done >= 5 ? `, about ${Math.ceil(((of - done) * milliseconds) / done / 1000)} s left` : '';
  return `[${done}/${of}${left}]`;
}

/** All of them: cells, differences, and by name who is not settled. */
export function summarize(results: Reconciliation[]): string {
  const total = (of: (one: Reconciliation) => number): number => results.reduce((sum, one) => sum + of(one), 0);
  const sums = `${count(results.length, 'creator')}, ${count(
    total(({ cells }) => cells),
    'cell',
  )}: ${total(({ differing }) => differing.length)} differing`;
  const unsettled = results.filter((one) => !isSettled(one)).map(({ creatorId }) => creatorId);
  if (!unsettled.length) return sums;
  const more = unsettled.length > namesShown ? ` and ${unsettled.length - namesShown} more` : '';
  return `${sums}\n${count(unsettled.length, 'creator')} not settled, compared up to the instant named above: ${unsettled.slice(0, namesShown).join(', ')}${more}. Run it again for what came later.`;
}
