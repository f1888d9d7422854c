/** What does an attempt write, and which record is at fault where the store does not take something for what it holds? */
import { isDataFault, RecordFault } from '../data-fault.ts';
import { messageOf } from '../errors.ts';
import type { StoredEntity } from '../fold/parts.ts';
import { type Appending, appendBatch } from './append.ts';
import { putEntity } from './entities.ts';

import type { Table } from './table.ts';

/** A record that cannot contribute, and why. */
export interface Refused {
  seq: string;
  reason: string;
}

/** A record that the store refuses for what it holds, found when it was written. */
export interface Fault extends Refused {
  root: string;
}

/** A failure that is the data's own becomes the record's. */
async function refusing(seq: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isDataFault(error) ? new RecordFault(seq, messageOf(error)) : error;
  }
}

/** Appends what a batch changes; where the store does not take it, finds the first record at fault. */
export async function appendChanges(table: Table, partition: string, appending: Appending): Promise<void> {
  try {
    await appendBatch(table, partition, appending);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    const alone = { ...appending, tail: undefined, quarantined: 0, voided: [] };
    for (const change of appending.changes)
      await refusing(change.seq, () => appendBatch(table, partition, { ...alone, seq: change.seq, changes: [change] }));
    throw error;
  }
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
): Promise<void> {
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
