/** How do marks of progress stand in an item, and where does an item with a backlog stand in the index of what is due? */
import { type Backlog, oldestOf, packGroups, unpackGroups } from './backlog.ts';
import { type Item, numberOf, textOf } from './table.ts';

/** Who deals with what is accepted: aggregate (the totals) or archive (the lake). */
export type Reader = 'stream' | 'archive';

// A partition of an index takes a thousand writes a second: the creators are spread over several.
const spread = 8;
// An index row moves only when the oldest record that waits is this much younger: each move costs two write units.
const steps = 2_000;

/** Partitions of the archive's marks begin so; those of creators with C#. */
export const archivePrefix = 'P#archive#';

const readerOf = (partition: string): Reader => (partition.startsWith(archivePrefix) ? 'archive' : 'stream');
const bucketOf = (reader: Reader, n: number): string => `P#waiting#${reader}#${n}`;

function placeOf(partition: string): number {
  let hash = 0;
  for (const char of partition) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return Math.abs(hash) % spread;
}

/** Where an item with a backlog stands in the index of what is due; `oldest` (ms) is the arrival of the oldest record that waits. */
function indexKeysOf(partition: string, oldest: number | undefined, known: Item | undefined): { open?: string; due?: string } {
  if (oldest === undefined) return {};
  const was = Date.parse(textOf(known?.due));
  const due = was <= oldest && oldest - was < steps ? textOf(known?.due) : new Date(oldest).toISOString();
  return { open: bucketOf(readerOf(partition), placeOf(partition)), due };
}

/** The partitions of the index in which a reader's backlogs stand. */
export const bucketsOf = (reader: Reader): string[] => Array.from({ length: spread }, (_, n) => bucketOf(reader, n));

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
