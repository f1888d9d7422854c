/**
 * What is counted and in no page yet? Each batch appends what its records change, before it writes their entities. A set by record: who
 * appends again what is there changes nothing, and who reads adds to a page what that does not hold.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { packDays, unpackDays } from '../fold/days.ts';
import type { Change, Voided } from '../fold/fold.ts';
import type { Mark } from './backlog.ts';
import { pagesOf } from './items.ts';
import { type Item, numberOf, type Table, textOf } from './table.ts';

export interface Pending {
  /** In the order of the stream, each record once. */
  changes: Change[];
  /** One a batch, in order. */
  marks: Mark[];
  /** Changes that are void and still stand in an item: what voids them must not be passed by a merge before they are. */
  hidden: Pick<Change, 'seq' | 'root'>[];
  /** The record up to which every refusal was folded again, where something is void; behind it a change may be missing that is still to come. */
  foldedThrough?: string | undefined;
}

export const noPending: Pending = { changes: [], marks: [], hidden: [] };

const prefix = 'Q#';
// Behind every key of a sequence, and behind all of them.
const behind = (seq: string): string => (seq === '' ? prefix : `${prefix}${seq}~`);
const behindAll = `${prefix}~`;

const changesPerItem = 500;
const bytesPerItem = 300_000;
// Merged long before, at the latest by the daily run; then nobody reads it any more.
const keptSeconds = 35 * 24 * 3600;

type PackedChange = [seq: string, root: string, items: [item: string, ...fields: (string | number)[]][], era?: number];

function packChange({ seq, root, deltas, era }: Change): PackedChange {
  const byItem = Map.groupBy(deltas, ({ item }) => item);
  const items = [...byItem].map(([item, own]): PackedChange[2][number] => [item, ...own.flatMap(({ field, by }) => [field, by])]);
  return era ? [seq, root, items, era] : [seq, root, items];
}

function unpackChange([seq, root, items, era]: PackedChange): Change {
  const deltas = items.flatMap(([item, ...fields]) =>
    Array.from({ length: fields.length / 2 }, (_, i) => ({ item, field: String(fields[2 * i]), by: Number(fields[2 * i + 1]) })),
  );
  return { seq, root, deltas, ...(era ? { era } : {}) };
}

/** What is appended for a batch. */
export interface Appending extends Mark {
  changes: Change[];
  voided: readonly Voided[];
  /** What waits from before: how many changes, and how many records went into quarantine. */
  before: Waiting;
}

export interface Waiting {
  changes: number;
  quarantined: number;
}

/**
 * The items of a batch, each within what the store takes. Their keys name what they hold: a retry that has less left to append puts
 * nothing in the place of what the first attempt appended.
 */
export function packPending(partition: string, { seq, asOf, days, quarantined, changes, voided, before }: Appending): Item[] {
  const text = JSON.stringify([changes.map(packChange), voided]);
  const bytes = deflateRawSync(text);
  if (changes.length > 1 && (changes.length > changesPerItem || bytes.length > bytesPerItem)) {
    const half = changes.length >> 1;
    const first = changes.slice(0, half);
    const firstMark = { seq: first.at(-1)?.seq ?? seq, asOf, days, quarantined: 0 };
    const rest = { changes: changes.slice(half), voided: [], before: { ...before, changes: before.changes + half } };
    return [
      ...packPending(partition, { ...firstMark, changes: first, voided, before }),
      ...packPending(partition, { ...{ seq, asOf, days, quarantined }, ...rest }),
    ];
  }
  const content = createHash('sha256').update(`${quarantined} ${text}`).digest('base64url').slice(0, 8);
  const item: Item = {
    pk: { S: partition },
    sk: { S: `${prefix}${seq}.${content}` },
    asOf: { S: asOf },
    days: { S: packDays(days) },
    waiting: { N: String(before.changes + changes.length) },
    quarantined: { N: String(before.quarantined + quarantined) },
    expires: { N: String(Math.floor(Date.parse(asOf) / 1000) + keptSeconds) },
  };
  if (changes.length || voided.length) item.changes = { B: bytes };
  return [item];
}

/** Appends items one after the other: whoever finds one finds all before it. */
export async function putPending(table: Table, items: Item[]): Promise<void> {
  for (const Item of items) await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

const seqOf = (item: Item): string => textOf(item.sk).slice(prefix.length).split('.', 1)[0] ?? '';

/** What waits behind a record: of what stands in several items, the first. */
export async function readPending(table: Table, partition: string, after: string): Promise<Pending> {
  const items: Item[] = [];
  const pages = pagesOf(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: behind(after) }, ':to': { S: behindAll } },
  });
  for await (const some of pages) items.push(...some);
  const marks = new Map<string, Mark>();
  const packed: PackedChange[] = [];
  const voided: (Voided & { at: string })[] = [];
  for (const item of items) {
    const seq = seqOf(item);
    const quarantined = Math.max(numberOf(item.quarantined), marks.get(seq)?.quarantined ?? 0);
    marks.set(seq, { seq, asOf: textOf(item.asOf), days: unpackDays(textOf(item.days)), quarantined });
    if (!item.changes?.B) continue;
    const [own, voids] = JSON.parse(inflateRawSync(item.changes.B).toString()) as [PackedChange[], Voided[]];
    packed.push(...own);
    voided.push(...voids.map((one) => ({ ...one, at: seq })));
  }
  const isVoid = ([seq, root, , era = 0]: PackedChange): boolean =>
    voided.some((one) => one.root === root && seq >= one.from && era < one.era);
  const changes = new Map<string, Change>();
  for (const one of packed) {
    const [seq] = one;
    // What is merged is in the pages, whatever item still holds it.
    if (seq > after && !changes.has(seq) && !isVoid(one)) changes.set(seq, unpackChange(one));
  }
  return {
    changes: [...changes.values()].sort(bySeq),
    marks: ownOf([...marks.values()].sort(bySeq)),
    hidden: packed.flatMap((one) => (one[0] > after && isVoid(one) ? [{ seq: one[0], root: one[1] }] : [])),
    foldedThrough: foldedThrough(voided),
  };
}

/** Of each root the last item that carries the void of its newest era; of these the least. */
function foldedThrough(voided: readonly (Voided & { at: string })[]): string | undefined {
  const newest = new Map<string, Voided & { at: string }>();
  for (const one of voided) {
    const known = newest.get(one.root);
    if (!known || one.era > known.era || (one.era === known.era && one.at > known.at)) newest.set(one.root, one);
  }
  return [...newest.values()].map(({ at }) => at).sort()[0];
}

const bySeq = (a: { seq: string }, b: { seq: string }): number => (a.seq < b.seq ? -1 : Number(a.seq > b.seq));

/** Items count what went into quarantine since the last merge; a mark counts its own. */
const ownOf = (marks: Mark[]): Mark[] =>
  marks.map((mark, i) => ({ ...mark, quarantined: Math.max(0, mark.quarantined - (marks[i - 1]?.quarantined ?? 0)) }));

/** The newest that is appended, and what waits with it; undefined where nothing ever was. */
export async function readNewest(
  table: Table,
  partition: string,
): Promise<(Waiting & { seq: string; asOf: string }) | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: prefix }, ':to': { S: behindAll } },
      ProjectionExpression: 'sk, asOf, waiting, quarantined',
    }),
  );
  const [item] = Items;
  const { asOf, waiting, quarantined } = item ?? {};
  return item && { seq: seqOf(item), asOf: textOf(asOf), changes: numberOf(waiting), quarantined: numberOf(quarantined) };
}
