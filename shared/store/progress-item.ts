/** How do marks of progress stand in an item, and where does a shard with a backlog stand in the index of what is due? */
import { type Backlog, oldestOf, packGroups, unpackGroups } from './backlog.ts';
import { type Item, numberOf, textOf } from './table.ts';

/** Who deals with what is accepted: aggregate (the totals) or archive (the lake). */
export type Reader = 'stream' | 'archive';

// An index row moves only when the oldest record that waits is this much younger: each move costs two write units.
const steps = 2_000;

/** Partition of how far a reader is with a shard; those of creators begin with C#. */
export const shardPartition = (reader: Reader, epoch: number, shardId: string): string => `P#${reader}#${epoch}#${shardId}`;
export const isShard = (partition: string): boolean => partition.startsWith('P#');

/** The partition of the index in which a reader's shards with a backlog stand. */
export const bucketOf = (reader: string): string => `P#waiting#${reader}`;

/** Where a shard with a backlog stands in the index of what is due; `oldest` (ms) is the arrival of the oldest record that waits. */
function indexKeysOf(partition: string, oldest: number | undefined, known: Item | undefined): { open?: string; due?: string } {
  if (oldest === undefined || !isShard(partition)) return {};
  const was = Date.parse(textOf(known?.due));
  const due = was <= oldest && oldest - was < steps ? textOf(known?.due) : new Date(oldest).toISOString();
  return { open: bucketOf(partition.split('#')[1] ?? ''), due };
}

/** What stands in a progress item; nothing of an absent one. */
export function backlogOf(item: Item | undefined): Backlog {
  const marks = { accepted: textOf(item?.accepted), applied: textOf(item?.applied) };
  const groups = unpackGroups(textOf(item?.waiting), marks, Date.parse(textOf(item?.pendingSince)) || 0);
  return { ...marks, asOf: textOf(item?.asOf), groups, quarantined: numberOf(item?.quarantined) };
}

/** Attributes as they are to be; undefined: none. */
export function attributesOf(partition: string, backlog: Backlog, known: Item | undefined) {
  const { accepted, applied, asOf, groups, quarantined } = backlog;
  const [first] = groups;
  const { open, due } = indexKeysOf(partition, oldestOf(backlog), known);
  const text = (value: string | undefined) => (value ? { S: value } : undefined);
  return {
    accepted: text(accepted),
    applied: text(applied),
    asOf: text(asOf),
    // Read by code that knows no groups.
    pendingSince: first ? { S: new Date(first.since).toISOString() } : known?.pendingSince,
    waiting: text(groups.length ? packGroups(groups) : undefined),
    quarantined: quarantined ? { N: String(quarantined) } : undefined,
    open: text(open),
    due: text(due),
  };
}
