/**
 * What is counted and in no page yet? Each batch appends what its records change, before it writes their entities. A set by record: who
 * appends again what is there changes nothing, and who reads adds to a page what that does not hold.
 */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Change, Voided } from '../fold/fold.ts';
import { isOpen } from './append.ts';
import type { Mark } from './backlog.ts';
import { pagesOf } from './items.ts';
import { type Batch, batchesOf, behind, behindAll, newestOf, type Waiting } from './pending-item.ts';
import { type Item, type Table, textOf } from './table.ts';

/** An item of what is pending, without what it holds. */
export interface PendingItem {
  key: string;
  /** The last record in it. */
  seq: string;
  /** As it was read, where more may be put into it. */
  open?: Item;
}

export interface Pending {
  /** In the order of the stream, each record once. */
  changes: Change[];
  /** One a batch, in order. */
  marks: Mark[];
  /** Changes that are void and still stand in an item: what voids them must not be passed by a merge before they are. */
  hidden: Pick<Change, 'seq' | 'root'>[];
  /** The record up to which every refusal was folded again, where something is void; behind it a change may be missing that is still to come. */
  foldedThrough?: string | undefined;
  /** What it was read from, in the order of the keys. */
  items: PendingItem[];
}

export const noPending: Pending = { changes: [], marks: [], hidden: [], items: [] };

/** Items as they were unpacked when they were last read: a report reads what the one before it has read, but for the newest. */
const lastUnpacked = new WeakMap<Table, Map<string, { item: Item; batches: Batch[] }>>();
const mostRemembered = 2_000;

function unpacked(table: Table, partition: string, item: Item): Batch[] {
  const remembered = lastUnpacked.get(table) ?? new Map<string, { item: Item; batches: Batch[] }>();
  lastUnpacked.set(table, remembered);
  const name = `${partition} ${textOf(item.sk)}`;
  const last = remembered.get(name);
  if (last?.item.batches?.B && item.batches?.B && Buffer.compare(last.item.batches.B, item.batches.B) === 0) return last.batches;
  const batches = batchesOf(item);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(name, { item, batches });
  return batches;
}

/** What waits behind the record `after`, among the items from a key on: of what stands in several items, the first. */
export async function readPending(table: Table, partition: string, from: string, after: string): Promise<Pending> {
  const items: Item[] = [];
  const pages = pagesOf(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: from }, ':to': { S: behindAll } },
    // `changes`, `asOf` and `days` are of items of before.
    ProjectionExpression: 'sk, seq, batches, closed, changes, asOf, days',
  });
  for await (const some of pages) items.push(...some);
  const marks = new Map<string, Mark>();
  const appended: Change[] = [];
  const voided: (Voided & { at: string })[] = [];
  for (const { seq, asOf, days, quarantined, ...batch } of items.flatMap((item) => unpacked(table, partition, item))) {
    // Merged whole; it stands in an item with others that are not.
    if (seq <= after) continue;
    marks.set(seq, { seq, asOf, days, quarantined: Math.max(quarantined, marks.get(seq)?.quarantined ?? 0) });
    appended.push(...batch.changes);
    voided.push(...batch.voided.map((one) => ({ ...one, at: seq })));
  }
  const isVoid = ({ seq, root, era = 0 }: Change): boolean =>
    voided.some((one) => one.root === root && seq >= one.from && era < one.era);
  const changes = new Map<string, Change>();
  for (const one of appended) {
    const { seq } = one;
    // What is merged is in the pages, whatever item still holds it.
    if (seq > after && !changes.has(seq) && !isVoid(one)) changes.set(seq, one);
  }
  return {
    changes: [...changes.values()].sort(bySeq),
    marks: [...marks.values()].sort(bySeq),
    hidden: appended.filter((one) => one.seq > after && isVoid(one)).map(({ seq, root }) => ({ seq, root })),
    foldedThrough: foldedThrough(voided),
    items: items.map((item) => ({ key: textOf(item.sk), seq: newestOf(item).seq, ...(isOpen(item) ? { open: item } : {}) })),
  };
}

/** Of each root the last batch that carries the void of its newest era; of these the least. */
function foldedThrough(voided: readonly (Voided & { at: string })[]): string | undefined {
  const newest = new Map<string, Voided & { at: string }>();
  for (const one of voided) {
    const known = newest.get(one.root);
    if (!known || one.era > known.era || (one.era === known.era && one.at > known.at)) newest.set(one.root, one);
  }
  return [...newest.values()].map(({ at }) => at).sort()[0];
}

const bySeq = (a: { seq: string }, b: { seq: string }): number => (a.seq < b.seq ? -1 : Number(a.seq > b.seq));

/** The newest item of a partition, whole or without what it holds. */
async function readLast(table: Table, partition: string, isWhole: boolean): Promise<Item | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: behind('') }, ':to': { S: behindAll } },
      ...(isWhole ? {} : { ProjectionExpression: 'sk, seq, asOf, waiting, quarantined' }),
    }),
  );
  return Items[0];
}

/** The newest that is appended, and what waits with it; undefined where nothing ever was. */
export async function readNewest(
  table: Table,
  partition: string,
): Promise<(Waiting & { seq: string; asOf: string }) | undefined> {
  const item = await readLast(table, partition, false);
  return item && newestOf(item);
}

/** The newest item, to which a batch may be appended. */
export const readTail = (table: Table, partition: string): Promise<Item | undefined> => readLast(table, partition, true);
