/** What does an attempt write, and which record is at fault where the store does not take something for what it holds? */
import { isDataFault, RecordFault } from '../data-fault.ts';
import { messageOf } from '../errors.ts';
import type { Folded } from '../fold/fold.ts';
import type { StoredEntity } from '../fold/parts.ts';
import { eachLimit } from '../map-limit.ts';
import { addToItem } from './aggregates.ts';
import { putChangeIndex } from './change-index.ts';
import { putEntity } from './entities.ts';
import type { Table } from './table.ts';

/** Calls of the store that one creator's records make at once. */
export const callsAtOnce = 16;

/** A record that cannot contribute, and why. */
export interface Refused {
  seq: string;
  reason: string;
}

/** A record that the store refuses for what it holds, found when it was written. */
export interface Fault extends Refused {
  root: string;
}

/** Lists the roots of a day; where the store does not take some, finds out which. */
async function indexChanges(table: Table, partition: string, key: string, roots: Iterable<string>, seq: string, folded: Folded) {
  const [topic = '', day = ''] = key.split('|');
  const put = (some: Iterable<string>) => putChangeIndex(table, partition, topic, day, seq, some);
  try {
    await put(roots);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    for (const root of roots) await refusing(folded.changed.get(root)?.first ?? '', () => put([root]));
  }
}

/** A failure that is the data's own becomes the record's. */
async function refusing(seq: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isDataFault(error) ? new RecordFault(seq, messageOf(error)) : error;
  }
}

/**
 * Aggregates of a fold, each acknowledged or failed. The lists of what a batch moves come before the deltas: who finds a number moved
 * finds the batch that moved it, however far that one came.
 */
export async function writeAggregates(table: Table, partition: string, folded: Folded, lastSeq: string): Promise<unknown[]> {
  const unlisted = await eachLimit(folded.changedRoots, callsAtOnce, ([key, roots]) =>
    indexChanges(table, partition, key, roots, lastSeq, folded),
  );
  if (unlisted.length) return unlisted.map(({ error }) => error);
  const unadded = await eachLimit(folded.deltas, callsAtOnce, ([item, deltas]) => addToItem(table, partition, item, deltas));
  return unadded.map(({ error }) => error);
}

/**
 * Puts an entity; where the store does not take it, finds the record after which it does not, and keeps what it was before. A record
 * that is judged already leaves its entity as it was: nothing is lost where not even that is taken.
 */
export async function putChanged(
  table: Table,
  partition: string,
  root: string,
  steps: StoredEntity[],
  judged: ReadonlyMap<string, Fault>,
) {
  const [last] = steps.slice(-1);
  try {
    if (last) await putEntity(table, partition, root, last);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    for (const step of steps)
      await refusing(step.seq, () => putEntity(table, partition, root, step)).catch((fault) => {
        if (!(fault instanceof RecordFault && judged.has(step.seq))) throw fault;
      });
  }
}
