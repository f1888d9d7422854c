/**
 * What is counted and in no page yet? Each batch appends what its records change, before it writes their entities. A set by record: who
 * appends again what is there changes nothing, and who reads adds to a page what that does not hold.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { packDays, unpackDays } from '../fold/days.ts';
import type { Change } from '../fold/fold.ts';
import type { Mark } from './backlog.ts';
import { pagesOf } from './items.ts';
import { type Item, numberOf, type Table, textOf } from './table.ts';

export interface Pending {
  /** In the order of the stream, each record once. */
  changes: Change[];
  /** One a batch, in order. */
  marks: Mark[];
}

export const noPending: Pending = { changes: [], marks: [] };

const prefix = 'Q#';
// Behind every key of a sequence, and behind all of them.
const behind = (seq: string): string => (seq === '' ? prefix : `${prefix}${seq}~`);
const behindAll = `${prefix}~`;

const changesPerItem = 500;
const bytesPerItem = 300_000;
// Merged long before, at the latest by the hourly run; then nobody reads it any more.
const keptSeconds = 35 * 24 * 3600;

type PackedChange = [seq: string, root: string, items: [item: string, ...fields: (string | number)[]][]];

function packChange({ seq, root, deltas }: Change): PackedChange {
  const byItem = Map.groupBy(deltas, ({ item }) => item);
  return [seq, root, [...byItem].map(([item, own]) => [item, ...own.flatMap(({ field, by }) => [field, by])])];
}

function unpackChange([seq, root, items]: PackedChange): Change {
  const deltas = items.flatMap(([item, ...fields]) =>
    Array.from({ length: fields.length / 2 }, (_, i) => ({ item, field: String(fields[2 * i]), by: Number(fields[2 * i + 1]) })),
  );
  return { seq, root, deltas };
}

/** What is appended for a batch. */
export interface Appending extends Mark {
  changes: Change[];
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
export function packPending(partition: string, { seq, asOf, days, quarantined, changes, before }: Appending): Item[] {
  const packed = changes.map(packChange);
  const text = JSON.stringify(packed);
  const bytes = deflateRawSync(text);
  if (changes.length > 1 && (changes.length > changesPerItem || bytes.length > bytesPerItem)) {
    const half = changes.length >> 1;
    const first = changes.slice(0, half);
    const firstMark = { seq: first.at(-1)?.seq ?? seq, asOf, days, quarantined: 0 };
    return [
      ...packPending(partition, { ...firstMark, changes: first, before }),
      ...packPending(partition, {
        ...{ seq, asOf, days, quarantined },
        changes: changes.slice(half),
        before: { ...before, changes: before.changes + half },
      }),
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
  if (changes.length) item.changes = { B: bytes };
  return [item];
}

/** Appends items one after the other: whoever finds one finds all before it. */
export async function putPending(table: Table, items: Item[]): Promise<void> {
  for (const Item of items) await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

/**
 * Leaves out what an item holds of a root from a record on, for ever: the store did not take the entity as it is after that record.
 * Before anything else is said of the record, so that nobody counts it who finds it refused.
 */
export async function voidPending(table: Table, appended: Item, root: string, from: string): Promise<void> {
  const { pk, sk } = appended;
  const { asOf, waiting, quarantined } = appended;
  const Item = {
    pk,
    sk: { S: `${textOf(sk)}!${from}` },
    voids: sk,
    root: { S: root },
    from: { S: from },
    asOf,
    waiting,
    quarantined,
  } as Item;
  await table.send(new PutItemCommand({ TableName: table.name, Item }));
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
  const voids = Map.groupBy(
    items.filter(({ voids }) => voids),
    (item) => textOf(item.voids),
  );
  const changes = new Map<string, Change>();
  const marks = new Map<string, Mark>();
  for (const item of items) {
    if (item.voids) continue;
    const seq = seqOf(item);
    const quarantined = Math.max(numberOf(item.quarantined), marks.get(seq)?.quarantined ?? 0);
    marks.set(seq, { seq, asOf: textOf(item.asOf), days: unpackDays(textOf(item.days)), quarantined });
    if (!item.changes?.B) continue;
    const own = voids.get(textOf(item.sk)) ?? [];
    for (const packed of JSON.parse(inflateRawSync(item.changes.B).toString()) as PackedChange[]) {
      const [changeSeq, root] = packed;
      const isVoid = own.some((one) => textOf(one.root) === root && changeSeq >= textOf(one.from));
      if (!isVoid && !changes.has(changeSeq)) changes.set(changeSeq, unpackChange(packed));
    }
  }
  return { changes: [...changes.values()].sort(bySeq), marks: ownOf([...marks.values()].sort(bySeq)) };
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
