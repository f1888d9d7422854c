/** What is a creator's partition read with? Its marks and what is pending, read before any page: what is merged in between is told by the page's watermark. */
import { type Days, noDays } from '../fold/days.ts';
import { apply, type Backlog, lagOf, type Mark, movingDays } from './backlog.ts';
import { type Pending, readNewest, readPending, readTail } from './pending.ts';
import { newestOf, type Waiting } from './pending-item.ts';
import { readStored } from './progress.ts';
import { type Item, type Table, textOf } from './table.ts';

export interface Partition {
  table: Table;
  partition: string;
  /** Sequence up to which everything is in the pages; pages hold more while a merge is under way, which is pending as well. */
  merged: string;
  pending: Pending;
}

interface LastRead {
  applied: string;
  pendingFrom: string;
  /** When (ms) that was. */
  at: number;
}

/** Up to where partitions were merged when they were last read. */
const lastRead = new WeakMap<Table, Map<string, LastRead>>();
const rememberedFor = 60_000;
const mostRemembered = 10_000;

/**
 * A creator's partition as it is now: everything that its marks promise is in its pages or pending. Whoever was read a moment ago is read
 * from where it was merged then, with the mark at the same time: both come before the pages, which hold what was merged since.
 */
export async function readPartition(table: Table, partition: string): Promise<Partition & { backlog: Backlog }> {
  const remembered = lastRead.get(table) ?? new Map<string, LastRead>();
  lastRead.set(table, remembered);
  const last = remembered.get(partition);
  const isRecent = last !== undefined && performance.now() - last.at < rememberedFor;
  const marks = readStored(table, partition);
  const { applied, pendingFrom } = isRecent ? last : await marks;
  const [stored, found] = await Promise.all([marks, readPending(table, partition, pendingFrom, applied)]);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(partition, { applied: stored.applied, pendingFrom: stored.pendingFrom, at: performance.now() });
  const isPending = ({ seq }: { seq: string }): boolean => seq > stored.applied;
  const pending = { ...found, changes: found.changes.filter(isPending), hidden: found.hidden.filter(isPending) };
  return { table, partition, merged: stored.applied, pending, backlog: pending.marks.reduce(apply, stored) };
}

export interface Progress {
  /**
   * Sequence of the newest record that is in the numbers; '' before the first of the stream. Its entity may be written a moment later, or,
   * where that failed, when the batch is sent again.
   */
  applied: string;
  /** Arrival instant (ISO) through which everything accepted is applied; '' before the first record. */
  asOf: string;
  /** Upper estimate of the age in seconds of the oldest accepted event that is not applied; 0 when there is none. */
  lagSeconds: number;
  /** Days whose numbers what waits may still move. */
  moving: Days;
}

/** What marks say at an instant (ms). */
export const progressOf = (backlog: Backlog, now: number): Progress => ({
  applied: backlog.applied,
  asOf: backlog.asOf,
  lagSeconds: lagOf(backlog, now),
  moving: movingDays(backlog),
});

/** Reads the marks consistently; `now` in ms. */
export const readProgress = async (table: Table, partition: string, now: number): Promise<Progress> =>
  progressOf((await readPartition(table, partition)).backlog, now);

/** Is everything accepted for a partition applied? */
export const isApplied = async (table: Table, partition: string): Promise<boolean> =>
  (await readProgress(table, partition, 0)).lagSeconds === 0;

/** Marks with the newest that is pending, which is as far as anything is counted. Days that it left its entities on are not in it. */
export const withNewest = (stored: Backlog, newest: Omit<Mark, 'days'> | undefined): Backlog =>
  newest ? apply(stored, { ...newest, days: noDays }) : stored;

/** How far a creator is counted, without reading what is pending: two reads of a few hundred bytes. */
export async function readPosition(table: Table, partition: string): Promise<Backlog> {
  const [stored, newest] = await Promise.all([readStored(table, partition), readNewest(table, partition)]);
  return withNewest(stored, newest);
}

/** The last record that is appended, the item that it stands in, and what waits with it to be merged. */
export async function readWaiting(
  table: Table,
  partition: string,
): Promise<{ newest: string; before: Waiting; tail: Item | undefined }> {
  const [stored, last] = await Promise.all([readStored(table, partition), readTail(table, partition)]);
  const newest = last && newestOf(last);
  // Nobody reads what would be put into an item before that key.
  const tail = last && textOf(last.sk) >= stored.pendingFrom ? last : undefined;
  if (!newest || newest.seq <= stored.applied) return { newest: stored.applied, before: { changes: 0, quarantined: 0 }, tail };
  return { newest: newest.seq, before: newest, tail };
}
