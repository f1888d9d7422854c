/** How do the many files of a table's day become few? Merged into one by one put, and deleted only where a file that is there contains them. */
import { messageOf } from '../errors.ts';
import { eachLimit } from '../map-limit.ts';
import type { LakeTable } from './columns.ts';
import { isMerged, type Listing, listDay, markKey, markOf, mergedKey, type Unreadable } from './day-listing.ts';
import { deleteFile, type LakeFile, putOnce, readWhole } from './files.ts';
import { mergeRowGroups, schemaMismatchOf } from './merge.ts';
import { assertHolds, type RowGroup, readRowGroup, writeRowGroup } from './row-group.ts';
import type { Lake } from './store.ts';

export interface Compaction {
  /** Files merged, and files they were merged into. */
  merged: number;
  written: number;
  rowsRead: number;
  rowsWritten: number;
  deleted: number;
  unreadable: Unreadable[];
}

export interface CompactOptions {
  now?: () => number;
  /** How long a merged file has to be there before its parts are deleted (ms): a query that began before it reads them to its end. */
  grace?: number;
  /** Most bytes of row groups held in memory at once; the process needs about three times that. */
  memoryLimit?: number;
}

const anHour = 3_600_000;
const defaultMemoryLimit = 256 * 1024 * 1024;
const readsAtOnce = 8;
const deletesAtOnce = 16;

export const nothing = (): Compaction => ({ merged: 0, written: 0, rowsRead: 0, rowsWritten: 0, deleted: 0, unreadable: [] });

/** What is read and not yet written. */
interface Pile {
  files: Pick<LakeFile, 'key' | 'etag'>[];
  rowGroups: RowGroup[];
  bytesInMemory: number;
  types: RowGroup['types'];
}

const emptyPile = (): Pile => ({ files: [], rowGroups: [], bytesInMemory: 0, types: new Map() });

/** One merged file alone is as it should be. */
const isWorthWriting = ({ files }: Pile): boolean => files.some((file) => !isMerged(file)) || files.length > 1;

async function writePile(lake: Lake, table: LakeTable, dt: string, { files, rowGroups }: Pile, done: Compaction): Promise<void> {
  done.merged += files.length;
  done.rowsRead += rowGroups.reduce((sum, { rows }) => sum + rows, 0);
  const marks = files.map(markOf);
  const whole = mergeRowGroups(rowGroups, table);
  const body = writeRowGroup(whole, { [markKey]: marks.join('') });
  // The originals will be deleted because this file says that it contains them: so it is read back first.
  await assertHolds(body, whole);
  await putOnce(lake, mergedKey(table, dt, marks), body);
  done.written++;
  done.rowsWritten += whole.rows;
}

/** Files that no other contains and that are not large already; merged ones first, raw ones in the order of the stream. */
function toMerge({ files, merged, contained }: Listing, memoryLimit: number): LakeFile[] {
  const isSmall = (file: LakeFile): boolean => (merged.get(file) ?? memoryLimit) * 2 < memoryLimit;
  const loose = files.filter((file) => !contained.has(file));
  return [...loose.filter((file) => isMerged(file) && isSmall(file)), ...loose.filter((file) => !isMerged(file))];
}

async function* read(lake: Lake, files: LakeFile[]): AsyncGenerator<{ key: string; etag: string; bytes: Uint8Array }> {
  for (let i = 0; i < files.length; i += readsAtOnce) {
    const some = files.slice(i, i + readsAtOnce);
    const found = await Promise.all(some.map(async ({ key }) => ({ key, ...(await readWhole(lake, key)) })));
    // One that is gone was merged by another run.
    for (const { key, etag, bytes } of found) if (etag !== undefined && bytes) yield { key, etag, bytes };
  }
}

/** What is in a file, or why it cannot be merged into these. */
async function open(bytes: Uint8Array, table: LakeTable, { types }: Pile): Promise<RowGroup | string> {
  try {
    const rowGroup = await readRowGroup(bytes);
    return schemaMismatchOf(rowGroup, table, types) ?? rowGroup;
  } catch (error) {
    return messageOf(error);
  }
}

async function mergeDay(lake: Lake, table: LakeTable, dt: string, listing: Listing, memoryLimit: number): Promise<Compaction> {
  const done = nothing();
  let pile = emptyPile();
  for await (const { key, etag, bytes } of read(lake, toMerge(listing, memoryLimit))) {
    const rowGroup = await open(bytes, table, pile);
    if (typeof rowGroup === 'string') {
      done.unreadable.push({ key, reason: rowGroup });
      continue;
    }
    if (pile.files.length && pile.bytesInMemory + rowGroup.bytesInMemory > memoryLimit) {
      if (isWorthWriting(pile)) await writePile(lake, table, dt, pile, done);
      pile = emptyPile();
    }
    pile.files.push({ key, etag });
    pile.rowGroups.push(rowGroup);
    pile.bytesInMemory += rowGroup.bytesInMemory;
    for (const [name, type] of rowGroup.types) pile.types.set(name, type);
  }
  if (isWorthWriting(pile)) await writePile(lake, table, dt, pile, done);
  return done;
}

/** Deletes what is contained, whole and unchanged, in a file that has been there for the grace. Answers how many. */
async function sweep(lake: Lake, { contained }: Listing, before: number): Promise<number> {
  const due = [...contained].filter(([, since]) => since <= before).map(([file]) => file);
  const failed = await eachLimit(due, deletesAtOnce, (file) => deleteFile(lake, file));
  if (failed[0]) throw failed[0].error;
  return due.length;
}

/**
 * Compacts one table's day. Whatever is cut short, run twice, at the same time or late: every row that was there is there at every
 * moment, since a file's parts are deleted only after it is found in the lake and says that it contains exactly them.
 * Throws when a call fails; a file that cannot be read stays and is named.
 */
export async function compactDay(
  lake: Lake,
  table: LakeTable,
  dt: string,
  { now = Date.now, grace = anHour, memoryLimit = defaultMemoryLimit }: CompactOptions = {},
): Promise<Compaction> {
  const before = await listDay(lake, table, dt);
  const done = await mergeDay(lake, table, dt, before, memoryLimit);
  const after = done.written ? await listDay(lake, table, dt) : before;
  const unreadable = [...after.unreadable, ...done.unreadable];
  return { ...done, deleted: await sweep(lake, after, now() - grace), unreadable };
}
