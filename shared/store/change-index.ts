/**
 * Which entities stand behind a day's number? Each merge writes a list for every day: the roots that moved it, by topic. A list may name
 * too many: whoever uses it reads the entities again.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Change } from '../fold/fold.ts';
import { eachLimit } from '../map-limit.ts';
import { changedRootsOf, movedBy } from './changes.ts';
import { readItems } from './items.ts';
import type { Partition } from './partition.ts';
import type { Pending } from './pending.ts';
import { type Item, type Table, textOf } from './table.ts';

// An item holds 400 KB and a root at most 900 bytes.
const rootsPerItem = 400;
const listsAtOnce = 8;
const prefixOf = (dayOrMonth: string): string => `L#${dayOrMonth}`;

/** Topics by root. */
type List = [root: string, ...topics: string[]][];

/** The items that name the roots moved by day (`topic|day`), by what is merged up to `seq`. */
export function* packChangeLists(partition: string, roots: ReadonlyMap<string, Iterable<string>>, seq: string): Generator<Item> {
  const days = new Map<string, Map<string, string[]>>();
  for (const [key, moved] of roots) {
    const [topic = '', day = ''] = key.split('|');
    const topics = days.get(day) ?? new Map<string, string[]>();
    days.set(day, topics);
    for (const root of moved) topics.set(root, [...(topics.get(root) ?? []), topic]);
  }
  for (const [day, topics] of days) {
    const all: List = [...topics].map(([root, own]) => [root, ...own]);
    for (let i = 0; i < all.length; i += rootsPerItem) {
      const list = JSON.stringify(all.slice(i, i + rootsPerItem));
      // Whoever merges up to the same record once more finds the same pending, and writes the same lists.
      const sk = `${prefixOf(day)}#${seq}.${i / rootsPerItem}`;
      yield { pk: { S: partition }, sk: { S: sk }, roots: { B: deflateRawSync(list) } };
    }
  }
}

/** Writes the lists of a merge; a repetition writes the same or adds others, both harmless. Throws when a call fails. */
export async function putChangeLists(table: Table, partition: string, pending: Pending, seq: string): Promise<void> {
  const lists = packChangeLists(partition, changedRootsOf(pending.changes), seq);
  const failed = await eachLimit(lists, listsAtOnce, (Item) => table.send(new PutItemCommand({ TableName: table.name, Item })));
  if (failed[0]) throw failed[0].error;
}

const listOf = (item: Item): List => JSON.parse(inflateRawSync(item.roots?.B ?? new Uint8Array()).toString());
/** Sequence up to which the merge went that wrote a list. */
const mergedThrough = (item: Item): string => textOf(item.sk).split('#').at(-1)?.split('.', 1)[0] ?? '';

/** Roots of the lists of a topic's day (or month). */
export interface ChangeIndex {
  roots: Set<string>;
  /** Equal keys mean equal lists. */
  keys: string;
}

/** Does a change move a number of these topics on a day, or in a month? */
const isOnDay =
  (topics: readonly string[], dayOrMonth: string) =>
  (change: Change): boolean =>
    movedBy(change).some(({ place }) => place.period.startsWith(dayOrMonth) && topics.includes(place.topic));

/** Reads all lists of a day (or month) for some topics, with what is pending. */
export async function readChangeIndex(
  { table, partition, pending }: Partition,
  topics: readonly string[],
  dayOrMonth: string,
): Promise<ChangeIndex> {
  const roots = new Set<string>();
  const keys = createHash('sha256');
  const isOn = isOnDay(topics, dayOrMonth);
  for (const change of pending.changes)
    if (isOn(change)) {
      roots.add(change.root);
      keys.update(change.seq);
    }
  for await (const item of readItems(table, partition, prefixOf(dayOrMonth))) {
    keys.update(textOf(item.sk));
    for (const [root, ...own] of listOf(item)) if (own.some((topic) => topics.includes(topic))) roots.add(root);
  }
  return { roots, keys: keys.digest('base64url') };
}

/** Roots that ever moved a topic's numbers on a day (or in a month), those that moved away again included. */
export const readChangedRoots = async (from: Partition, topic: string, dayOrMonth: string): Promise<string[]> => [
  ...(await readChangeIndex(from, [topic], dayOrMonth)).roots,
];

/** Did something after a record move a topic's numbers on a day (or in a month)? Where a merge went beyond it, all that it moved may have been. */
export async function isChangedAfter(from: Partition, topic: string, dayOrMonth: string, seq: string): Promise<boolean> {
  const isOn = isOnDay([topic], dayOrMonth);
  if (from.pending.changes.some((change) => change.seq > seq && isOn(change))) return true;
  for await (const item of readItems(from.table, from.partition, prefixOf(dayOrMonth)))
    if (mergedThrough(item) > seq && listOf(item).some(([, ...topics]) => topics.includes(topic))) return true;
  return false;
}
